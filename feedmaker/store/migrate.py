"""Brings a state to the newest schema. Alembic is only imported when there is something to do."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from feedmaker.errors import StateError
from feedmaker.store.schema import HEAD

log = logging.getLogger(__name__)

REVISION = re.compile(r"r\d{4}")
COPY = ".before-upgrade-from-"


@dataclass(frozen=True, slots=True)
class History:
    """A folder of Alembic revisions, named r0001, r0002, ..., and the newest of them."""

    folder: Path
    head: str


HISTORY = History(Path(__file__).parent / "migrations", HEAD)


def stored_revision(connection: Connection, name: str) -> str | None:
    """The revision of the schema in the database; None for an empty one. Raises StateError for another program's."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    revision = None
    if "alembic_version" in tables:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision is None or not REVISION.fullmatch(revision):
        raise StateError(
            f"{name}: expected Feedmaker's state, found another program's database (with {', '.join(tables[:3])}). "
            "Name another one; this one is left as it is.",
            path=Path(name),
        )
    return str(revision)


def is_outdated(revision: str | None, name: str, head: str) -> bool:
    """Whether the schema must be upgraded. Raises StateError for one that is newer than this version knows."""
    if revision is not None and revision > head:
        raise StateError(
            f"{name}: the state was written by a newer Feedmaker (schema {revision}; this version knows {head}). "
            "Update Feedmaker, or give this version a state of its own.",
            path=Path(name),
        )
    return revision != head


def check_readable(connection: Connection, name: str) -> None:
    """Raise StateError for a state that this version can only read after an upgrade, and for none."""
    revision = stored_revision(connection, name)
    if revision is None:
        raise no_state(name)
    if is_outdated(revision, name, HISTORY.head):
        raise StateError(
            f"{name}: the state was written by an older Feedmaker (schema {revision}; "
            f"expected {HISTORY.head}). Run `feedmaker build` once: it brings the state up to date.",
            path=Path(name),
        )


def no_state(name: str) -> StateError:
    """What to raise where there is nothing to read."""
    return StateError(f"{name}: there is no state yet. Run `feedmaker build` first; it makes one.", path=Path(name))


def bring_up_to_date(engine: Engine, name: str, history: History, back_up: Callable[[Connection, str], object]) -> None:
    """Create the schema or run the revisions it lacks, after ``back_up`` has made a copy. Raises StateError.

    ``engine`` is one whose transactions write. ``back_up`` is told the revision, and gives what the copy is called.
    """
    with engine.connect() as connection:
        revision = stored_revision(connection, name)
    if not is_outdated(revision, name, history.head):
        return
    with engine.begin() as connection:
        if revision is not None:
            copy = back_up(connection, revision)
            log.info("%s: upgrading from %s to %s; a copy is in %s", name, revision, history.head, copy)
        upgrade(connection, history)


def upgrade(connection: Connection, history: History) -> None:
    """Run the missing revisions in the connection's open transaction: all of them happen, or none."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(history.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")
