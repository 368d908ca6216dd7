"""Disks that are full, read-only or gone, for each of what is written: the store, a feed, the log."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.disks import fill, mount, small
from tests.faults.running import PATIENCE, Clock, Feeds, Place, Run, needs_clock, needs_root
from tests.town import Site

pytestmark = [needs_root, needs_clock]


def again(run: Run, site: Site, clock: Clock, *slugs: str) -> int:
    """Let the site list these stories, and their source be due; how much the run had said before."""
    site.lists(*slugs)
    mark = run.mark
    clock.forward(minutes=2)
    return mark


def has_one_line(run: Run, mark: int) -> bool:
    """Whether the loop told of its trouble once, however often it met it."""
    return len(run.said("Everything waits", after=mark)) <= 1


@pytest.mark.fault("disk full while writing a feed")
def test_a_feed_that_finds_no_room_stays_as_it_was_and_is_written_when_there_is_some(
    site: Site, place: Place, clock: Clock, tmp_path: Path
) -> None:
    with small(tmp_path / "out", "256k") as disk:
        place.top["output"] = str(disk / "feeds")
        place.write()
        with Run(place.config, environment=clock.environment) as run:
            run.refreshed("town", entries=2)
            before = place.feeds()
            filler = fill(disk)
            mark = again(run, site, clock, "c", "a", "b")
            run.wait_for("No space left on device", after=mark)
            assert place.feeds().keep(before).entries.keys() == {"town"}
            filler.unlink()
            clock.forward(hours=1)
            run.refreshed("town", "changed", entries=3, after=mark)
            run.stop()
            assert has_one_line(run, mark)
        assert len(place.at_rest().keep(before).entries["town"]) == 3


@pytest.mark.fault("disk full while writing the store")
def test_a_store_that_finds_no_room_loses_nothing(site: Site, place: Place, clock: Clock, tmp_path: Path) -> None:
    with small(tmp_path / "state", "1m") as disk:
        place.top["state"] = str(disk / "feedmaker.db")
        place.write()
        with Run(place.config, environment=clock.environment) as run:
            run.refreshed("town", entries=2)
            before = place.feeds()
            filler = fill(disk)
            mark = again(run, site, clock, *(f"new-{n}" for n in range(40)), "a", "b")
            run.wait_for("full", after=mark)
            place.feeds().keep(before)
            filler.unlink()
            clock.forward(hours=1)
            run.refreshed("town", entries=42, after=mark)
            run.stop()
        assert len(place.at_rest().keep(before).entries["town"]) == 42


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
    site: Site, place: Place, clock: Clock, tmp_path: Path
) -> None:
    with small(tmp_path / "out", "1m") as disk:
        place.top["output"] = str(disk / "feeds")
        place.write()
        with Run(place.config, environment=clock.environment) as run:
            run.refreshed("town", entries=2)
            before = place.feeds()
            mount("-o", "remount,ro", disk)
            mark = again(run, site, clock, "c", "a", "b")
            run.wait_for("Read-only file system", after=mark)
            place.feeds().keep(before)
            mount("-o", "remount,rw", disk)
            clock.forward(hours=1)
            run.refreshed("town", "changed", entries=3, after=mark)
            run.stop()
            assert has_one_line(run, mark)
        assert len(place.at_rest().keep(before).entries["town"]) == 3


@pytest.mark.fault("output folder vanished")
def test_an_output_folder_that_vanishes_is_filled_again_with_the_same_ids(
    site: Site, place: Place, clock: Clock
) -> None:
    with Run(place.config, environment=clock.environment) as run:
        run.refreshed("town", entries=2)
        before = place.feeds()
        shutil.rmtree(place.output)
        mark = again(run, site, clock, "c", "a", "b")
        run.refreshed("town", "changed", entries=3, after=mark)
        run.stop()
    assert len(place.at_rest().keep(before).entries["town"]) == 3
    assert Feeds.on_disk(place.output).entries.keys() == {"town"}
