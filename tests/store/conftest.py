"""A store in a folder of its own, and entries to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feedmaker.model import Database, Entry, StoredEntry
from feedmaker.store import Store

NOW = datetime(2025, 2, 6, 18, 52, tzinfo=UTC)

MakeEntry = Callable[..., StoredEntry]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "feedmaker.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest) -> Path | Database:
    """Where a state is kept: tests that ask for it run on both databases."""
    found: Path | Database = request.getfixturevalue("path" if request.param == "sqlite" else "database")
    return found


@pytest.fixture
def store(place: Path | Database) -> Iterator[Store]:
    with Store.open(place) as store:
        yield store


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def make_entry() -> MakeEntry:
    def make(
        name: str,
        *,
        first_seen: datetime = NOW,
        published: datetime | None = None,
        position: int = 0,
        title: str | None = None,
    ) -> StoredEntry:
        url = f"https://example.org/{name}"
        entry = Entry(id=name, url=url, title=title or f"Story {name}", published=published)
        return StoredEntry(entry, first_seen, first_seen, content_hash=f"hash of {title}", position=position)

    return make
