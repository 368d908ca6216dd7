"""The Dockerfile and compose.yaml: no fault that hadolint or the Compose Specification knows, and few rights.

No engine runs here; the steps of the Dockerfile that need none are run for real (slow).
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import compose_spec
import pytest
from compose_spec.models import Service
from dockerfile_parse import DockerfileParser

from tests.faults.running import Place, Run
from tests.town import Site

ROOT = Path(__file__).parents[2]
MIB = 1024 * 1024
# What `docker images` says of python:3.13-alpine, generously.
BASE_MIB = 50
MOST_MIB = 200


def steps() -> list[tuple[str, str]]:
    """The instructions and their values, of all stages, one after the other."""
    found = DockerfileParser(str(ROOT / "Dockerfile")).structure
    return [(step["instruction"], step["value"]) for step in found if step["instruction"] != "COMMENT"]


def last_stage() -> dict[str, str]:
    """The last of each instruction in the stage that becomes the image."""
    every = steps()
    start = max(number for number, (name, _) in enumerate(every) if name == "FROM")
    return dict(every[start:])


def services() -> dict[str, Service]:
    compose = compose_spec.PyOptions(apply_merge=True).from_yaml((ROOT / "compose.yaml").read_text())
    compose.validate()
    assert compose.services
    return compose.services


def health_command() -> list[str]:
    command: list[str] = json.loads(last_stage()["HEALTHCHECK"].partition("CMD ")[2])
    return command


def test_hadolint_finds_no_fault_in_the_dockerfile() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_is_not_run_by_root_and_what_it_runs_is_a_command_of_this_program() -> None:
    stage = last_stage()
    user, group = stage["USER"].split(":")
    assert int(user) > 0
    assert int(group) > 0
    assert json.loads(stage["ENTRYPOINT"]) == ["feedmaker"]
    command = json.loads(stage["CMD"])
    done = subprocess.run(
        [sys.executable, "-m", "feedmaker", *command, "--help"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_the_last_stage_installs_nothing_and_every_base_has_a_version() -> None:
    stage = last_stage()
    assert "pip" not in stage["RUN"]
    bases = [value.split()[0] for name, value in steps() if name == "FROM"]
    assert len(bases) == 2
    assert all(re.fullmatch(r"python:3\.\d+-alpine", base) for base in bases)


@pytest.mark.parametrize("name", ["feedmaker", "web"])
def test_a_service_of_the_compose_file_has_few_rights(name: str) -> None:
    service = services()[name]
    assert service.read_only is True
    assert set(service.cap_drop or ()) == {"ALL"}
    assert set(service.security_opt or ()) == {"no-new-privileges:true"}
    assert service.privileged is None
    assert service.healthcheck
    assert service.mem_limit
    assert service.pids_limit
    written = [str(volume) for volume in service.volumes or [] if not str(volume).endswith(":ro")]
    assert len(written) == (1 if name == "feedmaker" else 0)


def test_only_loopback_is_published_by_itself() -> None:
    ports = [str(port) for service in services().values() for port in service.ports or []]
    assert ports == ["127.0.0.1:8000:8000"]


def test_the_compose_file_and_the_image_ask_after_health_in_the_same_way() -> None:
    healthcheck = services()["feedmaker"].healthcheck
    assert healthcheck
    assert json.loads(healthcheck.model_dump_json())["test"] == ["CMD", *health_command()]


@pytest.fixture(scope="module")
def image() -> Iterator[Path]:
    """What the first stage of the Dockerfile leaves in /opt/feedmaker: its own line, run in other folders."""
    with TemporaryDirectory(prefix="image-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # a user without rights is to run it
        copy_context(folder / "src")
        line = next(value for name, value in steps() if name == "RUN")
        line = line.replace("/opt/feedmaker", str(folder / "opt")).replace("/src", str(folder / "src"))
        environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
        subprocess.run(["sh", "-euc", line], check=True, timeout=600, env=environment, capture_output=True)
        yield folder / "opt"


def copy_context(target: Path) -> None:
    """What .dockerignore lets through to the builder."""
    target.mkdir()
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if line.startswith("!"):
            source = ROOT / line[1:]
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, target / source.name)


@pytest.mark.slow
def test_what_the_dockerfile_builds_makes_an_image_of_less_than_200_mb(image: Path) -> None:
    files = [path for path in image.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) / MIB
    print(f"\n/opt/feedmaker {size:.0f} MiB, with its base {size + BASE_MIB:.0f} MiB at most")
    assert size + BASE_MIB < MOST_MIB


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")
def test_what_the_dockerfile_builds_keeps_feeds_as_nobody_on_a_read_only_root(image: Path) -> None:
    """As compose.yaml has it: only the data and /tmp are writable, for a user without any rights."""
    with TemporaryDirectory(prefix="data-") as data, TemporaryDirectory(prefix="tmp-") as tmp:
        os.chown(data, 10001, 10001)
        inside = (
            f"mount --make-rprivate / && mount --bind {data} {data} && mount -t tmpfs -o mode=1777 tmpfs {tmp}"
            f" && mount -o remount,bind,ro / && cd {data} && ! touch {image}/written 2>/dev/null"
            f" && TMPDIR={tmp} exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs"
            f" {image}/bin/feedmaker demo"
        )
        done = subprocess.run(["unshare", "-m", "sh", "-euc", inside], capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        assert list(Path(data).rglob("*.rss"))


def test_the_health_check_fails_without_a_run_and_passes_while_its_loop_ticks(site: Site, tmp_path: Path) -> None:
    """The command of the image and that of its health check, at another port."""
    site.lists("a")
    place = Place(tmp_path, site.url, {"town": {"url": f"{site.url}/news/"}})
    command, *options = json.loads(last_stage()["CMD"])
    assert command == "run"
    host, _, port = options[-1].rpartition(":")
    assert host == "0.0.0.0"
    with Run(place.write(), *options[:-1], "127.0.0.1:0") as run:
        line = json.loads(run.wait_for("listening", "healthz"))
        here = urlsplit(line["healthz"]).port
        run.refreshed("town", entries=1)
        check = [sys.executable, *(part.replace(port, str(here)) for part in health_command()[1:])]
        assert check[1:] != health_command()[1:]
        assert subprocess.run(check, capture_output=True, timeout=60).returncode == 0
        run.stop()
    assert subprocess.run(check, capture_output=True, timeout=60).returncode != 0
