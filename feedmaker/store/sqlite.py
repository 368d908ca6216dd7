"""A state in a file of SQLite: is it whole, is it ours, is it up to date. What can be put right is."""

from __future__ import annotations

import logging
import os
import sqlite3
from contextlib import AbstractContextManager, closing
from datetime import timedelta
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, Engine

from feedmaker.errors import StateError
from feedmaker.store import integrity, migrate
from feedmaker.store.database import errors_of, make_engine, shrink, writing
from feedmaker.store.lock import InstanceLock, lock_path
from feedmaker.store.rescue import rescue

log = logging.getLogger(__name__)


class SqliteFile:
    """An open state in a file; fills ``Backend``."""

    def __init__(self, path: Path, engine: Engine, lock: InstanceLock | None, notices: tuple[str, ...] = ()) -> None:
        self.name = str(path)
        self.engine = engine
        self.notices = notices
        self._path = path
        self._lock = lock

    @classmethod
    def open(cls, path: Path, *, readonly: bool, busy_timeout: timedelta) -> Self:
        """Open a file, for writing with the lock beside it. Raises StateError or AlreadyRunning."""
        path = path.absolute()
        if readonly:
            return cls(path, _open_for_reading(path, busy_timeout), None)
        lock = InstanceLock.acquire(path)
        try:
            engine, notices = _open_for_writing(path, lock, busy_timeout)
        except BaseException:
            lock.give_up()
            raise
        return cls(path, engine, lock, notices)

    def border(self) -> AbstractContextManager[None]:
        """Where errors of SQLite become StateError."""
        return errors_of(self._path)

    def guard(self) -> None:
        """Nothing: the lock is the operating system's, and is held as long as the process lives."""

    def shrink(self) -> None:
        """Give pages that are no longer needed back to the file system."""
        with self.border(), self.engine.connect() as connection:
            shrink(connection)

    def drop_copies(self, keep: int) -> None:
        """Remove all but the newest copies beside the file, of each kind. Raises StateError."""
        try:
            for kind in (migrate.COPY, integrity.ASIDE):
                for copy in integrity.copies(self._path, kind)[keep:]:
                    integrity.remove(copy)
        except OSError as error:
            message = f"{self.name}: old copies beside the state cannot be removed ({error.strerror}); remove them"
            raise StateError(message, path=self._path) from error

    def close(self, *, in_order: bool) -> None:
        """Close all connections and release the lock."""
        self.engine.dispose()
        if self._lock:
            self._lock.release(in_order=in_order)


def back_up(path: Path, revision: str) -> Path:
    """Copy the state as it is, beside itself: ``feedmaker.db.before-upgrade-from-r0001``."""
    copy = path.with_name(f"{path.name}{migrate.COPY}{revision}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def bring_up_to_date(engine: Engine, path: Path, history: migrate.History) -> None:
    """Create the schema or run the revisions it lacks, after a copy of what is there. Raises StateError."""

    def copied(_connection: Connection, revision: str) -> Path:
        return back_up(path, revision)

    with errors_of(path):
        migrate.bring_up_to_date(writing(engine), str(path), history, copied)


def remove_state(path: Path) -> None:
    """Remove a file with its copies and what SQLite keeps beside it, but not the lock's. Raises AlreadyRunning."""
    lock = InstanceLock.acquire(path)
    try:
        for file in path.parent.glob(f"{path.name}*"):
            if file != lock_path(path):
                file.unlink()
    finally:
        lock.release()


def _open_for_reading(path: Path, busy_timeout: timedelta) -> Engine:
    """An engine that only reads, beside an instance that may be writing. Changes nothing."""
    if not path.exists():
        raise migrate.no_state(str(path))
    engine = make_engine(path, readonly=True, immutable=_is_immutable(path), busy_timeout=busy_timeout)
    with errors_of(path), engine.connect() as connection:
        migrate.check_readable(connection, str(path))
    return engine


def _is_immutable(path: Path) -> bool:
    """Whether nobody can be writing: no write-ahead log, and a folder that we could not make one in either.

    SQLite needs such files for every other way of reading (https://www.sqlite.org/wal.html#readonly).
    """
    has_log = path.with_name(path.name + "-wal").exists()
    as_effective_user = os.access in os.supports_effective_ids
    return not has_log and not os.access(path.parent, os.W_OK, effective_ids=as_effective_user)


def _open_for_writing(path: Path, lock: InstanceLock, busy_timeout: timedelta) -> tuple[Engine, tuple[str, ...]]:
    """An engine over a whole state of the newest schema, and what had to be done for it that a person should know."""
    with errors_of(path):
        found = integrity.damage(path, was_killed=lock.was_killed, busy_timeout=busy_timeout)
        if found is None:
            return _up_to_date(path, busy_timeout), ()
        if not lock.was_used:
            raise StateError(
                f"{path}: expected Feedmaker's state, found another file ({found}). "
                "Name another file; this one is left as it is.",
                path=path,
            )
        return _begun_anew(path, found, busy_timeout)


def _up_to_date(path: Path, busy_timeout: timedelta) -> Engine:
    engine = make_engine(path, busy_timeout=busy_timeout)
    try:
        bring_up_to_date(engine, path, migrate.HISTORY)
        with errors_of(path), writing(engine).begin():
            pass  # a file that cannot be written to is better found now than after the first fetch
    except BaseException:
        engine.dispose()
        raise
    return engine


def _begun_anew(path: Path, found: str, busy_timeout: timedelta) -> tuple[Engine, tuple[str, ...]]:
    aside = integrity.move_aside(path)
    engine = _up_to_date(path, busy_timeout)
    sources, entries = rescue(aside, path)
    notice = (
        f"{path}: the state was damaged ({found}) and is now {aside.name}. A new one was begun with the "
        f"{entries} entries of {sources} sources that could still be read; the rest is taken from the feeds in the "
        "output, and read from the sites again."
    )
    log.warning("%s", notice)
    return engine, (notice,)
