"""The process is killed, told to end, or loses its power, at any moment."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.disks import mounted
from tests.faults.running import PATIENCE, Clock, Place, Run, needs_clock, needs_root
from tests.town import Answer, Site


def publish(site: Site, number: int) -> None:
    """One story more on top of the list."""
    site.lists(*(f"s{n}" for n in range(number, max(-1, number - 30), -1)))


def kill_and_look(site: Site, place: Place, clock: Clock, rounds: int) -> None:
    """Kill a run at random moments of its work, and look each time; the next run begins with what there is.

    The moments reach as far behind the request for the list as a refresh takes twice, so that half of all entries are
    kept before the kill, however slow the machine is. Each second round has news: the feed has room for all of it.
    """
    moments = random.Random(5)
    publish(site, 1)
    with Run(place.config, environment=clock.environment) as run:
        site.wait_for("/news/", PATIENCE)
        asked = time.monotonic()
        run.refreshed("town", entries=2)
        longest = 2 * (time.monotonic() - asked)
        run.stop()
    before = place.at_rest()
    for done in range(rounds):
        publish(site, newest := 2 + done // 2)
        clock.forward(hours=2)
        site.taken()
        with Run(place.config, environment=clock.environment) as run:
            site.wait_for("/news/", PATIENCE)
            time.sleep(moments.uniform(0, longest))  # the moment of the kill, not a wait for something
            run.kill()
        before = place.after_kill().keep(before)
    clock.forward(hours=2)
    with Run(place.config, environment=clock.environment) as run:
        run.refreshed("town")
        run.stop()
    entries = place.at_rest().keep(before).entries["town"]
    assert list(entries.values()) == [f"{site.url}/news/s{number}" for number in range(newest, -1, -1)]


@needs_clock
@pytest.mark.fault("SIGKILL at 200 random moments")
@pytest.mark.parametrize("rounds", [2, pytest.param(200, marks=pytest.mark.slow)])
def test_a_kill_at_any_moment_costs_nothing(rounds: int, site: Site, place: Place, clock: Clock) -> None:
    kill_and_look(site, place, clock, rounds)


STAGES: dict[str, Callable[[Run, Site], object]] = {
    "starting": lambda run, site: None,
    "fetching the list": lambda run, site: site.wait_for("/news/", PATIENCE),
    "fetching an article": lambda run, site: site.wait_for("/news/b", PATIENCE),
    "reading a page": lambda run, site: site.wait_for("/news/ill", PATIENCE),
    "writing": lambda run, site: site.wait_for("/news/z", PATIENCE),
    "idle": lambda run, site: run.refreshed("town"),
}
LOOPS = """
import re
def entries(page):
    re.match(r'(a+)+$', 'a' * 64 + 'b')
"""


@pytest.mark.parametrize(
    "stage", [pytest.param(stage, marks=pytest.mark.fault(f"SIGTERM while {stage}")) for stage in STAGES]
)
def test_a_run_ends_in_order_at_every_stage(stage: str, site: Site, place: Place) -> None:
    site.lists("a", "b", "z")
    if stage == "fetching the list":
        site.answers["/news/"] = Answer("", hold=site.held)
    if stage == "fetching an article":
        site.answers["/news/b"] = Answer("", hold=site.held)
    if stage == "reading a page":
        (place.folder / "own_town.py").write_text(LOOPS)
        place.sources["plugged"] = {"url": f"{site.url}/news/ill", "site": "own_town:entries"}
        site.answers["/news/ill"] = Answer("<html><title>Ill</title><p>Ill")
        place.write()
    try:
        with Run(place.config) as run:
            if stage == "starting":
                run.wait_for("keeping feeds fresh")
            STAGES[stage](run, site)
            began = time.monotonic()
            run.stop(signal.SIGTERM, seconds=PATIENCE)
            assert time.monotonic() - began < 20, "TimeoutStopSec of the unit file is 30 s"
            assert run.said("every feed on disk is whole")
    finally:
        site.held.set()
    before = place.at_rest()
    place.sources.pop("plugged", None)
    place.write()
    with Run(place.config) as run:
        site.lists("c", "a", "b", "z")
        run.wait_for("keeping feeds fresh")
        if "town" not in before.entries:
            run.refreshed("town", "changed")
        run.stop()
    place.at_rest().keep(before)


@needs_root
@pytest.mark.skipif(not shutil.which("strace"), reason="needs Debian's package strace")
@pytest.mark.fault("power lost at each fsync")
@pytest.mark.parametrize("most", [2, pytest.param(1000, marks=pytest.mark.slow)])
def test_what_is_on_the_disk_at_any_fsync_is_a_whole_state_and_whole_feeds(
    most: int, site: Site, place: Place, tmp_path: Path
) -> None:
    """State and feeds lie on an ext4 of their own, in a file. At each fsync all threads are stopped, and what the
    file system has brought to its disk by then is copied: what it still had in memory is what a power cut takes.
    """
    image, disk = tmp_path / "image", tmp_path / "disk"
    subprocess.run(["truncate", "-s", "24M", image], check=True)
    subprocess.run(["mke2fs", "-q", "-t", "ext4", "-O", "^metadata_csum", image], check=True, timeout=60)
    place.top |= {"output": str(disk / "feeds"), "state": str(disk / "feedmaker.db")}
    place.write()
    with mounted(image, disk):
        publish(site, 5)
        build(place)
        first = place.at_rest()
        subprocess.run(["sync", "-f", disk], check=True)
        publish(site, 12)
        copies = build_with_stops(place, image, tmp_path, most)
        last = place.at_rest().keep(first)
    assert len(copies) >= min(most, 6)
    publish(site, 13)
    for copy in copies:
        with mounted(copy, disk):
            place.after_kill().keep(first)
            build(place)
            after = place.at_rest().keep(first)
            assert len(after.entries["town"]) == len(last.entries["town"]) + 1, copy.name
        copy.unlink()


def build(place: Place) -> None:
    """Refresh all sources once, in order."""
    done = subprocess.run(place.command("build"), capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def build_with_stops(place: Place, image: Path, folder: Path, most: int) -> list[Path]:
    """Build once more, and give a copy of the disk for each fsync up to a number of them."""
    syncs = "fsync,fdatasync"
    through = ["strace", "-f", "-qq", "-e", f"trace={syncs}", "-e", f"inject={syncs}:signal=SIGSTOP"]
    copies: list[Path] = []
    with subprocess.Popen(
        [*through, *place.command("build")], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stderr
        for line in process.stderr:
            if "stopped by SIGSTOP" not in line:
                continue
            if len(copies) < most:
                copies.append(folder / f"copy-{len(copies)}")
                subprocess.run(["cp", "--sparse=always", image, copies[-1]], check=True)
            for pid in children(process.pid):
                signal_quietly(pid)
        assert process.wait(PATIENCE) == 0
    return copies


def children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in listed]


def signal_quietly(pid: int) -> None:
    subprocess.run(["kill", "-CONT", str(pid)], check=False, capture_output=True)
