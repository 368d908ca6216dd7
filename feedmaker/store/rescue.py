"""Carries over what can still be read of a damaged state, so that entries keep their ids and first-seen times."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Table

from feedmaker.store.encoding import decode
from feedmaker.store.schema import HEAD, entries, sources

Row = dict[str, Any]
# What the site says again when it is asked again.
FORGOTTEN = dict.fromkeys(("etag", "last_modified", "body_hash", "fingerprint", "asked_url", "moved_to", "not_before"))


def rescue(damaged: Path, fresh: Path) -> tuple[int, int]:
    """Copy the sound rows of one file into another that has the newest schema; how many sources and entries.

    Each source's page counts as unread afterwards, so that what is missing is read again. A file of an older schema
    gives what it has, one of a newer schema nothing.
    """
    with closing(_connect(damaged, "ro")) as old, closing(_connect(fresh, "rw")) as new:
        revision = _revision(old)
        if revision is None or revision > HEAD:
            return 0, 0
        found_entries = [row for row in _rows(old, entries) if _is_sound(row)]
        found_sources = {row["source"]: row for row in _rows(old, sources) if isinstance(row["failures"], int)}
        for row in found_entries:
            found_sources.setdefault(row["source"], _bare(row["source"]))
        with new:
            _insert(new, sources, [row | FORGOTTEN | {"is_gone": 0} for row in found_sources.values()])
            _insert(new, entries, found_entries)
    return len(found_sources), len(found_entries)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode={mode}", uri=True)
    connection.text_factory = lambda data: data.decode(errors="replace")  # damage may lie within a text
    return connection


def _revision(connection: sqlite3.Connection) -> str | None:
    try:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        return None
    return row[0] if row else None


def _rows(connection: sqlite3.Connection, table: Table) -> Iterator[Row]:
    """The readable rows, each once: from the front up to the damage, then from the back down to it."""
    blank = _blank(table)
    seen: set[int] = set()
    for direction in ("ASC", "DESC"):
        try:
            there = {row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")}
            names = [name for name in blank if name in there]
            query = f"SELECT rowid, {', '.join(names)} FROM {table.name} ORDER BY rowid {direction}"  # noqa: S608
            for rowid, *values in connection.execute(query):
                if rowid not in seen:
                    seen.add(rowid)
                    yield blank | dict(zip(names, values, strict=True))
        except sqlite3.DatabaseError:
            continue
        return


def _is_sound(row: Row) -> bool:
    """Whether an entry's row can be what was written: the damage may as well lie within a value."""
    try:
        for moment in (row["first_seen"], row["last_seen"], *filter(None, (row["read_at"], row["listed_date"]))):
            datetime.fromisoformat(moment)
        return bool(decode(row["entry"]).id == row["id"])
    except (ValueError, TypeError):
        return False


def _bare(source: str) -> Row:
    return _blank(sources) | {"source": source}


def _blank(table: Table) -> Row:
    """A row in which nothing is known: what must be a number is 0."""
    return {column.name: None if column.nullable else 0 for column in table.columns}


def _insert(connection: sqlite3.Connection, table: Table, rows: list[Row]) -> None:
    names = [column.name for column in table.columns]
    values = ", ".join(f":{name}" for name in names)
    statement = f"INSERT OR IGNORE INTO {table.name} ({', '.join(names)}) VALUES ({values})"  # noqa: S608
    connection.executemany(statement, rows)
