"""Disks that are full, read-only or gone, for each of what is written: the store, a feed, the log."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.conftest import Town
from tests.faults.disks import fill, mount, small
from tests.faults.running import PATIENCE, Clock, Feeds, Place, Run, needs_clock, needs_root
from tests.town import Site

pytestmark = [needs_root, needs_clock]
IMPATIENT = str(Path(__file__).parents[1] / "impatient.py")


def has_one_line(run: Run, mark: int) -> bool:
    """Whether the loop told of its trouble once, however often it met it."""
    return len(run.said("Everything waits", after=mark)) <= 1


@pytest.mark.fault("disk full while writing a feed")
def test_a_feed_that_finds_no_room_stays_as_it_was_and_is_written_when_there_is_some(
    town: Town, place: Place, tmp_path: Path
) -> None:
    with small(tmp_path / "out", "256k") as disk:
        place.top["output"] = str(disk / "feeds")
        place.write()
        with town.run(program=[IMPATIENT]) as run:
            filler = fill(disk)
            mark = town.news(run)
            run.wait_for("No space left on device", after=mark)
            assert town.kept() == 2
            filler.unlink()
            town.clock.forward(hours=1)
            run.refreshed("town", "changed", entries=3, after=mark)
            run.stop()
            assert has_one_line(run, mark)
        assert town.kept_at_rest() == 3


@pytest.mark.fault("disk full while writing the store")
def test_a_store_that_finds_no_room_loses_nothing(town: Town, place: Place, tmp_path: Path) -> None:
    with small(tmp_path / "state", "1m") as disk:
        place.top["state"] = str(disk / "feedmaker.db")
        place.write()
        with town.run(program=[IMPATIENT]) as run:
            filler = fill(disk)
            mark = town.news(run, *(f"new-{n}" for n in range(40)), "a", "b")
            run.wait_for("full", after=mark)
            assert town.kept() == 2
            filler.unlink()
            town.clock.forward(hours=1)
            run.refreshed("town", entries=42, after=mark)
            run.stop()
        assert town.kept_at_rest() == 42


@pytest.mark.fault("disk full while writing a log")
def test_a_log_that_finds_no_room_costs_its_lines_alone(site: Site, place: Place, clock: Clock, tmp_path: Path) -> None:
    with small(tmp_path / "log", "64k") as disk, (disk / "log").open("wb") as log:
        fill(disk)
        command = [sys.executable, "-m", "feedmaker", "--config", str(place.config), "run"]
        with subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **clock.environment}) as process:
            try:
                site.wait_for("/news/b", PATIENCE)
                site.lists("c", "a", "b")
                clock.forward(minutes=2)
                site.wait_for("/news/c", PATIENCE)
                site.taken()
                clock.forward(minutes=2)
                site.wait_for("/news/", PATIENCE)  # and so the refresh before is done
                process.terminate()
                assert process.wait(PATIENCE) == 0
            finally:
                process.kill()
    assert len(place.at_rest().entries["town"]) == 3


@pytest.mark.fault("output folder read-only")
def test_an_output_folder_that_becomes_read_only_is_told_and_its_feeds_stay(
    town: Town, place: Place, tmp_path: Path
) -> None:
    with small(tmp_path / "out", "1m") as disk:
        place.top["output"] = str(disk / "feeds")
        place.write()
        with town.run(program=[IMPATIENT]) as run:
            mount("-o", "remount,ro", disk)
            mark = town.news(run)
            run.wait_for("Read-only file system", after=mark)
            assert town.kept() == 2
            mount("-o", "remount,rw", disk)
            town.clock.forward(hours=1)
            run.refreshed("town", "changed", entries=3, after=mark)
            run.stop()
            assert has_one_line(run, mark)
        assert town.kept_at_rest() == 3


@pytest.mark.fault("output folder vanished")
def test_an_output_folder_that_vanishes_is_filled_again_with_the_same_ids(town: Town, place: Place) -> None:
    with town.run() as run:
        shutil.rmtree(place.output)
        mark = town.news(run)
        run.refreshed("town", "changed", entries=3, after=mark)
        run.stop()
    assert town.kept_at_rest() == 3
    assert Feeds.on_disk(place.output).entries.keys() == {"town"}
