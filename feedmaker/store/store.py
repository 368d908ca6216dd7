"""The store: what every refresh reads before it starts and writes when it is done."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine

from feedmaker.errors import StateError
from feedmaker.model import SourceState, StoredEntry
from feedmaker.store import lock, migrate, queries
from feedmaker.store.database import errors_of, make_engine, writing

if TYPE_CHECKING:
    from filelock import BaseFileLock


class Store:
    """Entries and fetch states in one SQLite file; all methods may be called from many threads.

    Every method raises StateError when the file cannot be read or written.
    """

    def __init__(self, path: Path, engine: Engine, instance_lock: BaseFileLock | None) -> None:
        self.path = path
        self._engine = engine
        self._writing_engine = writing(engine)
        self._instance_lock = instance_lock
        # Threads queue here in order; in SQLite's own queue they would sleep and poll.
        self._write_lock = threading.Lock()

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False) -> Self:
        """Open the state, creating or upgrading it first, and keep other instances away until it is closed.

        With ``readonly`` it is opened as it is, beside an instance that may be writing. Raises AlreadyRunning, or
        StateError when there is no state to read, or one that cannot be used.
        """
        path = path.absolute()
        if readonly and not path.exists():
            raise StateError(f"{path}: there is no state yet. Run `feedmaker build` first; it makes one.", path=path)
        instance_lock = None if readonly else lock.acquire(path)
        store = cls(path, make_engine(path, readonly=readonly), instance_lock)
        try:
            store._bring_up_to_date(readonly=readonly)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Close the file and let other instances have it. Calling it twice does no harm."""
        self._engine.dispose()
        if self._instance_lock:
            self._instance_lock.release()

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

    def save(
        self,
        state: SourceState,
        entries: Iterable[StoredEntry],
        *,
        seen: Iterable[str],
        now: datetime,
        keep: int,
    ) -> None:
        """Store the outcome of one refresh as a whole: all of it or, should the process die, nothing.

        ``entries`` are the new and changed ones. ``seen`` are the ids that stand on the page ``now``; the oldest
        entries beyond ``keep`` are dropped, save those.
        """
        on_page = frozenset(seen)
        with self._writing() as connection:
            queries.put_state(connection, state)
            queries.put_entries(connection, state.source, entries)
            queries.mark_seen(connection, state.source, on_page, now)
            queries.trim(connection, state.source, on_page, keep)

    def save_state(self, state: SourceState) -> None:
        """Store the state alone: the refresh failed or found nothing new."""
        with self._writing() as connection:
            queries.put_state(connection, state)

    def _bring_up_to_date(self, *, readonly: bool) -> None:
        with self._reading() as connection:
            revision = migrate.stored_revision(connection)
        if migrate.check(revision, self.path, readonly=readonly):
            with self._writing() as connection:
                migrate.upgrade(connection)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with errors_of(self.path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._write_lock, errors_of(self.path), self._writing_engine.begin() as connection:
            yield connection
