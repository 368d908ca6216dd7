"""Opens a state: is it whole, is it ours, is it up to date. What can be put right is; the rest is a StateError."""

from __future__ import annotations

import logging
import os
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine

from feedmaker.errors import StateError
from feedmaker.store import integrity, migrate
from feedmaker.store.database import errors_of, make_engine, writing
from feedmaker.store.lock import InstanceLock
from feedmaker.store.rescue import rescue

log = logging.getLogger(__name__)


def open_for_reading(path: Path, busy_timeout: timedelta) -> Engine:
    """An engine that only reads, beside an instance that may be writing. Changes nothing."""
    if not path.exists():
        raise _no_state(path)
    engine = make_engine(path, readonly=True, immutable=_is_immutable(path), busy_timeout=busy_timeout)
    with errors_of(path), engine.connect() as connection:
        revision = migrate.stored_revision(connection, path)
    if revision is None:
        raise _no_state(path)
    if migrate.is_outdated(revision, path, migrate.HISTORY.head):
        raise StateError(
            f"{path}: the state was written by an older Feedmaker (schema {revision}; "
            f"expected {migrate.HISTORY.head}). Run `feedmaker build` once: it brings the state up to date.",
            path=path,
        )
    return engine


def _no_state(path: Path) -> StateError:
    return StateError(f"{path}: there is no state yet. Run `feedmaker build` first; it makes one.", path=path)


def _is_immutable(path: Path) -> bool:
    """Whether nobody can be writing: no write-ahead log, and a folder that we could not make one in either.

    SQLite needs such files for every other way of reading (https://www.sqlite.org/wal.html#readonly).
    """
    has_log = path.with_name(path.name + "-wal").exists()
    as_effective_user = os.access in os.supports_effective_ids
    return not has_log and not os.access(path.parent, os.W_OK, effective_ids=as_effective_user)


def open_for_writing(path: Path, lock: InstanceLock, busy_timeout: timedelta) -> tuple[Engine, tuple[str, ...]]:
    """An engine over a whole state of the newest schema, and what had to be done for it that a person should know."""
    with errors_of(path):
        found = integrity.damage(path, was_killed=lock.was_killed, busy_timeout=busy_timeout)
        if found is None:
            return _up_to_date(path, busy_timeout), ()
        if not lock.was_used:
            raise StateError(
                f"{path}: expected Feedmaker's state, found a file that is none ({found}). "
                "Name another file; this one is left as it is.",
                path=path,
            )
        return _begun_anew(path, found, busy_timeout)


def bring_up_to_date(engine: Engine, path: Path, history: migrate.History) -> None:
    """Create the schema or run the revisions it lacks, after a copy of what is there. Raises StateError."""
    with errors_of(path):
        with engine.connect() as connection:
            revision = migrate.stored_revision(connection, path)
        if not migrate.is_outdated(revision, path, history.head):
            return
        if revision is not None:
            copy = migrate.back_up(path, revision)
            log.info("%s: upgraded from %s to %s; a copy is in %s", path, revision, history.head, copy)
        with writing(engine).begin() as connection:
            migrate.upgrade(connection, history)


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
        f"{entries} entries of {sources} sources that could still be read; the rest is read from the sites again."
    )
    log.warning("%s", notice)
    return engine, (notice,)
