"""Is the file whole? Asked before anything relies on it; a damaged one is moved aside and never deleted."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

CHECKED_ALWAYS = 32 * 1024 * 1024  # bytes; reading that much takes some 15 ms (2.4 GB/s, SQLite 3.40, file in cache)
DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
COMPANIONS = ("", "-wal", "-shm")  # https://www.sqlite.org/tempfiles.html
ASIDE = ".damaged-"


def damage(path: Path, *, was_killed: bool, busy_timeout: timedelta) -> str | None:
    """What is wrong with the file, in SQLite's words; None for nothing, or no file.

    Its every page is looked at when it is small or the last instance was killed, else only its head. Raises
    sqlite3.Error when the file cannot be read at all, which says nothing about what is in it.
    """
    if not path.exists():
        return None
    timeout = busy_timeout.total_seconds()
    is_thorough = was_killed or path.stat().st_size <= CHECKED_ALWAYS
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=rw", timeout, uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema")
            if not is_thorough:
                return None
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        if primary_code(error) in DAMAGE:
            return str(error)
        raise
    return None if found == "ok" else found


def move_aside(path: Path) -> Path:
    """Rename the file, and what SQLite keeps beside it, to a name that is free; the new name."""
    base = f"{path.name}{ASIDE}{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    aside = path.with_name(base)
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{base}-{number}")
    for companion in COMPANIONS:
        file = path.with_name(path.name + companion)
        if file.exists():
            file.rename(aside.with_name(aside.name + companion))
    return aside


def copies(path: Path, kind: str) -> list[Path]:
    """The copies of one kind that stand beside the file, the newest first: their names end in when they were made."""
    beside = (file for file in path.parent.iterdir() if file.name.startswith(path.name + kind))
    return sorted((file for file in beside if not file.name.endswith(COMPANIONS[1:])), reverse=True)


def remove(copy: Path) -> None:
    """Remove a copy, and what SQLite keeps beside it."""
    for companion in COMPANIONS:
        copy.with_name(copy.name + companion).unlink(missing_ok=True)


def primary_code(error: BaseException | None) -> int:
    """SQLite's primary result code (https://www.sqlite.org/rescode.html); 0 for an error of another kind."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF
