"""SQLite as Feedmaker uses it: how connections are made, and what its errors mean to a person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from feedmaker.errors import StateError

BUSY_TIMEOUT = 10.0  # seconds that a statement waits for a lock of another process


def make_engine(path: Path, *, readonly: bool) -> Engine:
    """An engine over the file, with a pool of connections for many threads. Nothing is opened yet."""
    mode = "ro" if readonly else "rwc"
    engine = create_engine(
        f"sqlite:///file:{quote(str(path))}?mode={mode}&uri=true",
        connect_args={"timeout": BUSY_TIMEOUT, "isolation_level": None},
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
        raise StateError(f"{path}: {explain(error)}", path=path) from error


def explain(error: DatabaseError) -> str:
    """What went wrong and what to do next, in a sentence each."""
    found = str(error.orig)
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF  # the primary result code (sqlite.org/rescode.html)
    advice = _ADVICE.get(code, "See that the file belongs to Feedmaker and that its disk is well.")
    return f"the state cannot be used ({found}). {advice}"


_ADVICE = {
    sqlite3.SQLITE_BUSY: "Another program holds a lock on it: close what has it open and run again.",
    sqlite3.SQLITE_LOCKED: "Another program holds a lock on it: close what has it open and run again.",
    sqlite3.SQLITE_READONLY: "Let this user write to the file and to its folder.",
    sqlite3.SQLITE_CANTOPEN: "See that its folder exists and that this user may write to it.",
    sqlite3.SQLITE_PERM: "Let this user write to the file and to its folder.",
    sqlite3.SQLITE_FULL: "Make room on its disk; nothing that was stored is lost.",
    sqlite3.SQLITE_IOERR: "See that its disk is well and has room.",
    sqlite3.SQLITE_CORRUPT: "Move the file away and run again: the feeds are then read anew.",
    sqlite3.SQLITE_NOTADB: "It is no Feedmaker state: move it away, or name another file.",
}
