"""The schema and its history."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import OperationalError

from feedmaker.errors import StateError
from feedmaker.model import SiteNote, SourceState, StoredEntry
from feedmaker.store import Store, queries
from feedmaker.store.database import make_engine
from feedmaker.store.migrate import HISTORY, History
from feedmaker.store.opening import bring_up_to_date
from feedmaker.store.schema import metadata

MakeEntry = Callable[..., StoredEntry]

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "r9999"
down_revision = "{head}"

def upgrade():
    with op.batch_alter_table("sources") as table:
        table.add_column(sa.Column("mood", sa.Integer, server_default="5", nullable=False))
    {then}
"""


def next_history(tmp_path: Path, then: str = "") -> History:
    """The history with one revision more, as a later version will have it."""
    folder = tmp_path / "migrations"
    shutil.copytree(HISTORY.folder, folder)
    (folder / "versions" / "r9999_mood.py").write_text(NEXT.format(head=HISTORY.head, then=then))
    return History(folder, "r9999")


def test_the_head_named_in_the_schema_is_the_newest_revision() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(HISTORY.folder))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HISTORY.head]


def test_the_migrations_make_the_tables_that_the_code_uses(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store._reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_schema_is_made_in_postgresqls_words_too() -> None:
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    words = {table.name: str(CreateTable(table).compile(dialect=dialect)) for table in metadata.sorted_tables}
    assert "TIMESTAMP WITH TIME ZONE" in words["sources"]
    assert "ON DELETE CASCADE" in words["entries"]
    assert "BYTEA" in words["site_notes"]


def test_a_state_of_the_first_version_is_brought_up_to_date_with_all_it_holds(
    path: Path, tmp_path: Path, make_entry: MakeEntry, now: datetime
) -> None:
    folder = tmp_path / "migrations"
    shutil.copytree(HISTORY.folder, folder, ignore=lambda _, names: {n for n in names if re.match("r000[2-9]", n)})
    engine = make_engine(path)
    bring_up_to_date(engine, path, History(folder, "r0001"))
    assert "site_notes" not in inspect(engine).get_table_names()
    with engine.begin() as connection:
        queries.put_state(connection, SourceState("americas", failures=3))
        queries.put_entries(connection, "americas", [make_entry("a")])
    engine.dispose()
    with Store.open(path) as store:
        assert (store.state("americas").failures, store.count("americas")) == (3, 1)
        store.keep_note("hold a.test", SiteNote(now))
    assert path.with_name(f"{path.name}.before-upgrade-from-r0001").exists()


def test_an_upgrade_keeps_all_rows_and_a_copy_from_before(
    path: Path, tmp_path: Path, make_entry: MakeEntry, now: datetime
) -> None:
    with Store.open(path) as store:
        store.save(SourceState("americas", failures=3), [make_entry("a")], seen=[], now=now, keep=10)
    engine = make_engine(path)
    bring_up_to_date(engine, path, next_history(tmp_path))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT failures, mood FROM sources").all() == [(3, 5)]
        assert connection.exec_driver_sql("SELECT id FROM entries").all() == [("a",)]
    engine.dispose()
    with Store.open(tmp_path / f"feedmaker.db.before-upgrade-from-{HISTORY.head}", readonly=True) as copy:
        assert copy.count("americas") == 1
    with pytest.raises(StateError, match="newer Feedmaker"):
        Store.open(path)


def test_a_failing_upgrade_changes_nothing(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        store.save_state(SourceState("americas", failures=3))
    engine = make_engine(path)
    with pytest.raises(StateError) as failed:
        bring_up_to_date(engine, path, next_history(tmp_path, then='op.execute("INSERT INTO nowhere VALUES (1)")'))
    engine.dispose()
    assert isinstance(failed.value.__cause__, OperationalError)
    plain = create_engine(f"sqlite:///{path}")
    assert "mood" not in {column["name"] for column in inspect(plain).get_columns("sources")}
    plain.dispose()
    with Store.open(path) as store:
        assert store.state("americas").failures == 3
