"""Brings a state to the newest schema. Alembic is only imported when there is something to do."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from feedmaker.errors import StateError
from feedmaker.store.schema import HEAD

REVISION = re.compile(r"r\d{4}")


@dataclass(frozen=True, slots=True)
class History:
    """A folder of Alembic revisions, named r0001, r0002, ..., and the newest of them."""

    folder: Path
    head: str


HISTORY = History(Path(__file__).parent / "migrations", HEAD)


def stored_revision(connection: Connection, path: Path) -> str | None:
    """The revision of the schema in the database; None for an empty one. Raises StateError for another program's."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    revision = None
    if "alembic_version" in tables:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is None or not REVISION.fullmatch(revision):
        raise StateError(
            f"{path}: expected Feedmaker's state, found another program's database (with {', '.join(tables[:3])}). "
            "Name another file; this one is left as it is.",
            path=path,
        )
    return str(revision)


def is_outdated(revision: str | None, path: Path, head: str) -> bool:
    """Whether the schema must be upgraded. Raises StateError for one that is newer than this version knows."""
    if revision is not None and revision > head:
        raise StateError(
            f"{path}: the state was written by a newer Feedmaker (schema {revision}; this version knows {head}). "
            "Update Feedmaker, or give this version a state of its own.",
            path=path,
        )
    return revision != head


def back_up(path: Path, revision: str) -> Path:
    """Copy the state as it is, beside itself: ``feedmaker.db.before-upgrade-from-r0001``."""
    copy = path.with_name(f"{path.name}.before-upgrade-from-{revision}")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def upgrade(connection: Connection, history: History) -> None:
    """Run the missing revisions in the connection's open transaction: all of them happen, or none."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(history.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
