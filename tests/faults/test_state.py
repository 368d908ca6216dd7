"""The database is locked, damaged, or loses its log; two instances want it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.conftest import Town
from tests.faults.running import PATIENCE, Place, Run, needs_clock
from tests.town import Answer, Site, article

pytestmark = needs_clock


@pytest.mark.fault("database locked")
def test_a_database_that_another_program_locks_makes_the_run_wait(site: Site, place: Place, town: Town) -> None:
    with town.run() as run:
        site.answers["/news/c"] = Answer(article("c"), hold=site.held)
        mark = town.news(run)
        site.wait_for("/news/c", PATIENCE)
        with closing(sqlite3.connect(place.state, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            site.held.set()
            town.clock.forward(minutes=2)  # now the loop wants to write as well
            assert not run.said('"refresh"', after=mark)
            assert town.kept() == 2
            assert run.process.poll() is None
            other.execute("ROLLBACK")
        run.refreshed("town", "changed", entries=3, after=mark)
        run.stop()
    assert town.kept_at_rest() == 3


@pytest.mark.fault("database corrupted while it is used")
def test_a_database_that_is_damaged_under_a_run_is_moved_aside_and_begun_anew(place: Place, town: Town) -> None:
    with town.run() as run:
        with closing(sqlite3.connect(place.state)) as other:
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        spoil(place.state)
        mark = town.news(run)
        run.wait_for("damaged", after=mark)
        town.clock.forward(hours=1)
        run.refreshed("town", entries=3, after=mark)
        run.stop()
    assert town.kept_at_rest() == 3
    assert list(place.folder.glob("feedmaker.db.damaged-*")), "the damaged file is kept"


@pytest.mark.fault("database corrupted while nothing runs")
def test_a_damaged_database_is_moved_aside_and_the_feeds_stay_with_their_ids(site: Site, place: Place) -> None:
    with Run(place.config) as run:
        run.refreshed("town", entries=2)
        run.stop()
    before = place.at_rest()
    spoil(place.state)
    site.lists("c", "a", "b")
    with Run(place.config) as run:
        run.wait_for("the state was damaged")
        run.refreshed("town", entries=3)
        run.stop()
    place.at_rest().keep(before)


@pytest.mark.fault("WAL deleted")
def test_a_write_ahead_log_that_is_deleted_costs_at_most_what_it_held(site: Site, place: Place) -> None:
    with Run(place.config) as run:
        run.refreshed("town", entries=2)
        before = place.feeds()
        run.kill()
    for ending in ("-wal", "-shm"):
        place.state.with_name(place.state.name + ending).unlink()
    site.lists("c", "a", "b")
    with Run(place.config) as run:
        run.refreshed("town", entries=3)
        run.stop()
    assert len(place.at_rest().keep(before).entries["town"]) == 3


@pytest.mark.fault("two instances")
def test_a_second_instance_says_who_works_and_disturbs_nobody(place: Place, town: Town) -> None:
    with town.run() as first:
        with Run(place.config, environment=town.clock.environment) as second:
            assert second.process.wait(PATIENCE) == 4
            assert len(second.said(f"process {first.process.pid}")) == 1
        mark = town.news(first)
        first.refreshed("town", "changed", entries=3, after=mark)
        first.stop()
    assert town.kept_at_rest() == 3


def spoil(path: Path) -> None:
    """Write over all pages but the first, as a dying disk does."""
    with path.open("r+b") as file:
        size = os.fstat(file.fileno()).st_size
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))
