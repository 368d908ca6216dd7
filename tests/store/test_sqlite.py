"""What SQLite is told, and what becomes of the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feedmaker.model import SourceState, StoredEntry
from feedmaker.store import Store

MakeEntry = Callable[..., StoredEntry]
HOUR = timedelta(hours=1)


def pragma(store: Store, name: str) -> object:
    with store._reading() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("busy_timeout", 30_000), ("foreign_keys", 1), ("auto_vacuum", 2), ("synchronous", 1)],
)
def test_every_connection_is_made_as_it_should_be(path: Path, name: str, value: object) -> None:
    with Store.open(path) as store, store._reading(), store._reading():  # the third comes from the pool as well
        assert pragma(store, name) == value


def test_the_room_of_what_was_dropped_is_given_back(path: Path, make_entry: MakeEntry, now: datetime) -> None:
    made = [make_entry(str(n), title="x" * 5000) for n in range(200)]
    with Store.open(path) as store:
        store.save(SourceState("old", last_attempt=now), made, seen=[], now=now, keep=200)
        before = pragma(store, "page_count")
        store.drop_unused([], before=now + HOUR)
        after = pragma(store, "page_count")
        assert pragma(store, "freelist_count") == 0
    assert isinstance(before, int)
    assert isinstance(after, int)
    assert before > 200
    assert after < 25


def test_only_the_newest_copies_are_kept(path: Path) -> None:
    kinds = (".before-upgrade-from-r000", ".damaged-20260101T00000")
    for kind in kinds:
        for number in range(1, 5):
            copy = path.with_name(f"{path.name}{kind}{number}")
            copy.touch()
            copy.with_name(copy.name + "-wal").touch()
    other = path.with_name("other.db.damaged-20250101T000000Z")
    other.touch()
    with Store.open(path) as store:
        store.drop_copies(keep=2)
    left = sorted(file.name for file in path.parent.iterdir() if ".d" in file.name or ".before" in file.name)
    kept = [f"{path.name}{kind}{number}{end}" for kind in kinds for number in (3, 4) for end in ("", "-wal")]
    assert [name for name in left if name in kept] == sorted(kept)
    assert not any(f"{path.name}{kind}{number}" in left for kind in kinds for number in (1, 2))
    assert other.exists()
