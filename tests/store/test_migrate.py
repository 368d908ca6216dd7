"""The schema and its history."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.exc import OperationalError

from feedmaker.errors import StateError
from feedmaker.model import SourceState, StoredEntry
from feedmaker.normalize.changes import Change, decide
from feedmaker.store import Store
from feedmaker.store.database import make_engine
from feedmaker.store.migrate import HISTORY, History
from feedmaker.store.schema import HEAD, metadata
from feedmaker.store.sqlite import bring_up_to_date

MakeEntry = Callable[..., StoredEntry]

NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{head}"

def upgrade():
    with op.batch_alter_table("sources") as table:
        table.add_column(sa.Column("mood", sa.Integer, server_default="5", nullable=False))
    {then}
"""


LATER = f"r{int(HEAD[1:]) + 1:04}"
RELEASED = sorted(Path(__file__).with_name("released").glob("r*.sql"))


def next_history(tmp_path: Path, then: str = "") -> History:
    """The history with one revision more, as a later version will have it."""
    folder = tmp_path / "migrations"
    shutil.copytree(HISTORY.folder, folder)
    text = NEXT.format(then=then, revision=LATER, head=HEAD)
    (folder / "versions" / f"{LATER}_mood.py").write_text(text)
    return History(folder, LATER)


@pytest.mark.parametrize("released", RELEASED, ids=lambda file: file.stem)
def test_a_state_of_every_released_version_is_brought_up_to_date(path: Path, released: Path, now: datetime) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(released.read_text())
    with Store.open(path) as store:
        entries = store.entries("harbour")
        assert [each.position for each in entries] == [0, 1, 2, 3, 4, 5]
        assert [each.edits for each in entries] == [0, 0, 1, 0, 0, 0]
        assert [each.archive for each in entries] == [None] * 5 + [1]
        assert entries[0].entry.id == "https://harbour.example/news/0"
        assert all(decide(each, each.entry, now) is Change.SAME for each in entries)
        assert store.state("harbour").validators.etag == 'W/"5"'
        assert store.state("quay").failures == 3
        assert store.state("pier").standing.is_gone
        assert store.pace("harbour") is None
        with store._reading() as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    copy = path.with_name(f"{path.name}.before-upgrade-from-{released.stem}")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM entries").fetchone() == (6,)


def test_the_head_named_in_the_schema_is_the_newest_revision() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(HISTORY.folder))
    config.set_main_option("path_separator", "os")
    assert ScriptDirectory.from_config(config).get_heads() == [HISTORY.head]


def test_the_migrations_make_the_tables_that_the_code_uses(store: Store) -> None:
    with store._reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


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
    with Store.open(tmp_path / f"feedmaker.db.before-upgrade-from-{HEAD}", readonly=True) as copy:
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
