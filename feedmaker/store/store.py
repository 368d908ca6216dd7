"""The store: what every refresh reads before it starts and writes when it is done."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection

from feedmaker.errors import StateDamaged, StateError
from feedmaker.model import Database, Extent, Pace, SiteNote, SourceState, StoredEntry
from feedmaker.store import queries
from feedmaker.store.agenda import StoredAgenda
from feedmaker.store.backend import BUSY_TIMEOUT, Backend
from feedmaker.store.database import writing
from feedmaker.store.health import StoredHealth
from feedmaker.store.sqlite import SqliteFile


def has_state(place: Path | Database) -> bool:
    """Whether there is a file; a database is there, and only opening it tells whether there is a state in it."""
    return isinstance(place, Database) or place.exists()


class Store:
    """Entries and fetch states in one database; all methods may be called from many threads.

    Every method raises StateError when the database cannot be read or written. ``notices`` tell what had to be done to
    open it that a person should know; they are in the log as well. ``agenda`` has when sources are due,
    ``health`` how they are.
    """

    def __init__(self, backend: Backend) -> None:
        self.name = backend.name
        self.notices = backend.notices
        self.agenda = StoredAgenda(self._reading, self._writing)
        self.health = StoredHealth(self._reading, self._writing)
        self._backend = backend
        self._engine = backend.engine
        self._writing_engine = writing(backend.engine)
        self._is_closed = False
        self._is_suspect = False
        # Threads queue here in order; in SQLite's own queue they would sleep and poll.
        self._write_lock = threading.Lock()

    @classmethod
    def open(cls, place: Path | Database, *, readonly: bool = False, busy_timeout: timedelta = BUSY_TIMEOUT) -> Self:
        """Open the state, creating or upgrading it first, and keep other instances away until it is closed.

        With ``readonly`` it is opened as it is, beside an instance that may be writing. Raises AlreadyRunning, or
        StateError when there is no state to read, or one that cannot be used. A damaged file is moved aside, and a
        new one is begun with what could be read of it. ``busy_timeout`` is how long to wait for other programs.
        """
        if isinstance(place, Path):
            return cls(SqliteFile.open(place, readonly=readonly, busy_timeout=busy_timeout))
        from feedmaker.store.postgresql import PostgresqlDatabase

        return cls(PostgresqlDatabase.open(place, readonly=readonly, busy_timeout=busy_timeout))

    def close(self) -> None:
        """Close the file and let other instances have it. Calling it twice does no harm.

        A refresh that is still running then gets a StateError from whatever it asks.
        """
        with self._write_lock:
            if self._is_closed:
                return
            self._is_closed = True
        self._backend.close(in_order=not self._is_suspect)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def state(self, source: str) -> SourceState:
        """What is remembered of the source; an empty state for one that was never refreshed."""
        with self._reading() as connection:
            return queries.state(connection, source)

    def states(self) -> dict[str, SourceState]:
        """The states of all sources that were ever refreshed, by name."""
        with self._reading() as connection:
            return queries.states(connection)

    def settled(self) -> frozenset[str]:
        """The names of the sources whose page was read in full at some time, and that were not damaged since."""
        with self._reading() as connection:
            return queries.settled(connection)

    def entries(self, source: str, *, limit: int | None = None) -> tuple[StoredEntry, ...]:
        """The source's entries in the order of its feed: newest first, those of one moment as the page had them.

        ``limit`` is the largest number to read; None reads all.
        """
        with self._reading() as connection:
            return queries.entries_of(connection, source, limit)

    def count(self, source: str) -> int:
        """How many entries of the source are stored."""
        with self._reading() as connection:
            return queries.count(connection, source)

    def extents(self) -> dict[str, Extent]:
        """How many entries each source has, and from when; sources without any are left out."""
        with self._reading() as connection:
            return queries.extents(connection)

    def save(
        self,
        state: SourceState,
        entries: Iterable[StoredEntry],
        *,
        seen: Iterable[str],
        now: datetime,
        keep: int,
        keep_since: datetime | None = None,
    ) -> None:
        """Store the outcome of one refresh as a whole: all of it or, should the process die, nothing.

        ``entries`` are the new and changed ones. ``seen`` are the ids that stand on the page ``now``; the oldest
        entries beyond ``keep``, and those from before ``keep_since``, are dropped, save those.
        """
        on_page = frozenset(seen)
        with self._writing() as connection:
            queries.put_state(connection, state)
            queries.put_entries(connection, state.source, entries)
            queries.mark_seen(connection, state.source, on_page, now)
            queries.trim(connection, state.source, on_page, keep, keep_since)

    def save_state(self, state: SourceState) -> None:
        """Store the state alone: the refresh failed or found nothing new."""
        with self._writing() as connection:
            queries.put_state(connection, state)

    def pace(self, source: str) -> Pace | None:
        """When the source's entries come, as far as is known."""
        with self._reading() as connection:
            return queries.pace(connection, source)

    def paces(self) -> dict[str, Pace]:
        """When the entries of each source come, as far as is known."""
        with self._reading() as connection:
            return queries.all_paces(connection)

    def save_pace(self, source: str, pace: Pace) -> None:
        """Store the pace of a source that has a state."""
        with self._writing() as connection:
            queries.put_pace(connection, source, pace)

    def archive(self, source: str, numbers: Mapping[str, int]) -> None:
        """Note which archive document of the source's feed its entries, at least one, have moved to, by their ids."""
        with self._writing() as connection:
            queries.archive(connection, source, numbers)

    def note(self, subject: str) -> SiteNote | None:
        """What is noted of a site under this name; it may be out of date."""
        with self._reading() as connection:
            return queries.note(connection, subject)

    def keep_note(self, subject: str, note: SiteNote) -> None:
        """Note something of a site, in place of what was noted under this name before."""
        with self._writing() as connection:
            queries.put_note(connection, subject, note)

    def drop_notes(self, *, before: datetime) -> None:
        """Drop what was noted of sites for a time that is over."""
        with self._writing() as connection:
            queries.drop_notes(connection, before)

    def drop_unused(self, configured: Iterable[str], *, before: datetime) -> tuple[str, ...]:
        """Drop sources that are configured no more, and were not tried since ``before``, with all their entries.

        Gives their names. A source that is taken out of the settings for a while thus keeps its history.
        """
        with self._writing() as connection:
            dropped = queries.drop_sources(connection, frozenset(configured), before)
        if dropped:
            self._give_back()
        return dropped

    def _give_back(self) -> None:
        """Give pages that are no longer needed back to the file system."""
        with self._write_lock, self._border():
            self._backend.shrink()

    def drop_copies(self, keep: int) -> None:
        """Remove all but the newest copies that upgrades and damage have left of the state."""
        with self._write_lock, self._border():
            self._backend.drop_copies(keep)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._border(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._write_lock, self._border():
            self._backend.guard()
            with self._writing_engine.begin() as connection:
                yield connection

    @contextmanager
    def _border(self) -> Iterator[None]:
        if self._is_closed:
            raise StateError(f"{self.name}: the state is closed: Feedmaker is about to end.", path=Path(self.name))
        try:
            with self._backend.border():
                yield
        except StateDamaged:
            self._is_suspect = True
            raise
