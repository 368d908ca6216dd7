"""SQLite as Feedmaker uses it: how connections are made, and what its errors mean to a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from feedmaker.errors import StateDamaged, StateError
from feedmaker.store.backend import BUSY_TIMEOUT
from feedmaker.store.integrity import DAMAGE, primary_code


def make_engine(
    path: Path, *, readonly: bool = False, immutable: bool = False, busy_timeout: timedelta = BUSY_TIMEOUT
) -> Engine:
    """An engine over the file, with a pool of connections for many threads. Nothing is opened yet.

    ``immutable`` promises that nobody writes to the file, which is then read without locks or files beside it.
    ``busy_timeout`` is how long a statement waits for the lock of another process.
    """
    mode = "ro" if readonly else "rwc"
    query = {"mode": mode, "immutable": str(int(immutable)), "uri": "true"}
    engine = create_engine(
        URL.create("sqlite", database=f"file:{quote(str(path))}", query=query),
        connect_args={"timeout": busy_timeout.total_seconds(), "isolation_level": None},
        pool_size=8,
        max_overflow=-1,
    )
    event.listen(engine, "connect", _prepare_readonly if readonly else _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """The same engine, whose transactions take the write lock at their start.

    A transaction that reads first and asks for the lock later fails at once when another has written in between
    (SQLITE_BUSY_SNAPSHOT), however long the busy timeout is.
    """
    return engine.execution_options(writes=True)


def shrink(connection: Connection) -> None:
    """Give the pages that hold nothing back to the file system."""
    driver: Any = connection.connection.driver_connection
    driver.executescript("PRAGMA incremental_vacuum")  # `execute` takes one step of it, which is one page


def _begin(connection: Connection) -> None:
    # The driver runs in autocommit: a single SELECT needs no transaction around it.
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in (
        "auto_vacuum=INCREMENTAL",  # before the first table and before WAL, or it has no effect
        "journal_mode=WAL",
        "synchronous=NORMAL",  # in WAL mode nothing is torn by it; a power cut may cost the last refreshes
        "foreign_keys=ON",
        "journal_size_limit=16777216",  # bytes that the WAL keeps after a checkpoint
    ):
        connection.execute(f"PRAGMA {pragma}")


def _prepare_readonly(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA query_only=ON")


@contextmanager
def errors_of(path: Path) -> Iterator[None]:
    """The border: what SQLite says about the file or its disk becomes a StateError. Errors of ours pass as bugs."""
    try:
        yield
    except DatabaseError as error:
        if type(error) not in {DatabaseError, OperationalError}:
            raise
        raise _state_error(path, error.orig) from error
    except sqlite3.DatabaseError as error:
        raise _state_error(path, error) from error


def _state_error(path: Path, error: BaseException | None) -> StateError:
    """What went wrong and what to do next, in a sentence each."""
    code = primary_code(error)
    kind = StateDamaged if code in DAMAGE else StateError
    advice = _ADVICE.get(code, "See that the file belongs to Feedmaker and that its disk is well.")
    return kind(f"{path}: the state cannot be used ({error}). {advice}", path=path)


_LOCKED = "Another program holds a lock on it: close what has it open and run again."
_READONLY = "Let this user write to the file and to its folder."
_DAMAGED = "Run `feedmaker build`: it moves a damaged state aside, keeps what can be read of it and goes on."
_ADVICE = {
    sqlite3.SQLITE_BUSY: _LOCKED,
    sqlite3.SQLITE_LOCKED: _LOCKED,
    sqlite3.SQLITE_READONLY: _READONLY,
    sqlite3.SQLITE_PERM: _READONLY,
    sqlite3.SQLITE_CANTOPEN: "See that it is a file, or none yet, in a folder that this user may write to.",
    sqlite3.SQLITE_FULL: "Make room on its disk; nothing that was stored is lost.",
    sqlite3.SQLITE_IOERR: "See that its disk is well and has room.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
}
