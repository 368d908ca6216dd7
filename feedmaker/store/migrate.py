"""Brings a state to the newest schema. Alembic is only imported when there is something to do."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from feedmaker.errors import StateError
from feedmaker.store.schema import HEAD

FOLDER = Path(__file__).parent / "migrations"


def stored_revision(connection: Connection) -> str | None:
    """The revision of the schema in the database; None for an empty database."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection) -> None:
    """Run the missing revisions in the connection's open transaction: all of them happen, or none."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def check(revision: str | None, path: Path, *, readonly: bool) -> bool:
    """Whether the schema must be upgraded first. Raises StateError for one that this version cannot use."""
    if revision == HEAD:
        return False
    if revision is not None and revision > HEAD:
        raise StateError(
            f"{path}: the state was written by a newer Feedmaker (schema {revision}; this version knows {HEAD}). "
            "Update Feedmaker, or give this version a state of its own.",
            path=path,
        )
    if readonly:
        raise StateError(
            f"{path}: the state was written by an older Feedmaker (schema {revision}; expected {HEAD}). "
            "Run `feedmaker build` once: it brings the state up to date.",
            path=path,
        )
    return True
