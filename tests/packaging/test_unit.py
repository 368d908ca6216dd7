"""The unit file: systemd takes it, it gives away few rights, and what it starts is a command of this program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parents[2] / "packaging"
UNIT = PACKAGING / "feedmaker.service"

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs Debian's package systemd")


def service() -> dict[str, str]:
    parser = ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(UNIT)
    return dict(parser["Service"])


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The unit as it is installed, with a program that is there: systemd looks for it."""
    unit = tmp_path / UNIT.name
    program = Path(sys.executable).with_name("feedmaker")
    unit.write_text(UNIT.read_text().replace("/opt/feedmaker/bin/feedmaker", str(program)))
    return unit


@pytest.fixture
def with_browser(installed: Path) -> Path:
    folder = installed.with_name(f"{installed.name}.d")
    folder.mkdir()
    shutil.copy(PACKAGING / "browser.conf", folder)
    return installed


def analyze(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60)


@needs_systemd
@pytest.mark.parametrize("fixture", ["installed", "with_browser"])
def test_systemd_finds_no_fault_in_the_unit(fixture: str, request: pytest.FixtureRequest) -> None:
    done = analyze("verify", "--man=no", str(request.getfixturevalue(fixture)))
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
def test_systemd_would_find_a_fault(installed: Path) -> None:
    installed.write_text(installed.read_text().replace("Type=notify", "Type=notifyy"))
    assert "notifyy" in analyze("verify", "--man=no", str(installed)).stderr


@needs_systemd
@pytest.mark.parametrize(("fixture", "most"), [("installed", 1.5), ("with_browser", 2.5)])
def test_the_service_has_few_rights(fixture: str, most: float, request: pytest.FixtureRequest) -> None:
    unit = request.getfixturevalue(fixture)
    done = analyze("security", "--offline=yes", "--no-pager", f"--threshold={most * 10:.0f}", str(unit))
    assert done.returncode == 0, done.stdout


def test_what_the_unit_starts_is_a_command_of_this_program(tmp_path: Path) -> None:
    program, *arguments = service()["ExecStart"].split()
    assert Path(program).name == "feedmaker"
    done = subprocess.run(
        [sys.executable, "-m", "feedmaker", *arguments, "--help"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert "Keep every feed fresh" in done.stdout


def test_the_settings_that_the_unit_names_write_where_the_unit_lets_them(tmp_path: Path) -> None:
    """With ProtectSystem=strict nothing else can be written than the folder of StateDirectory."""
    place = f"/var/lib/{service()['StateDirectory']}/"
    shipped = (PACKAGING / "sources.yaml").read_text()
    config = tmp_path / "sources.yaml"
    config.write_text(shipped)
    done = subprocess.run(
        [sys.executable, "-m", "feedmaker", "--config", str(config), "check", "--json"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    written = [line.split(": ")[1] for line in shipped.splitlines() if line.startswith(("output:", "state:"))]
    assert len(written) == 2
    assert all(path.startswith(place) for path in written)
