"""A state on a server: who may have it, what happens when the server goes away, and what a person is told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from feedmaker.errors import AlreadyRunning, StateError
from feedmaker.model import Database, SourceState, StoredEntry
from feedmaker.store import Store
from feedmaker.store.database import writing
from feedmaker.store.migrate import HISTORY, bring_up_to_date
from feedmaker.store.postgresql import back_up
from feedmaker.store.schema import HEAD
from tests.store.server import Server
from tests.store.test_migrate import LATER, next_history

MakeEntry = Callable[..., StoredEntry]
ONE = SourceState("americas", failures=1)


def as_role(database: Database, role: str) -> Database:
    return Database(database.url.replace("feedmaker@", f"{role}@"))


def test_a_second_instance_is_refused_until_the_first_has_ended(database: Database) -> None:
    with Store.open(database) as first:
        with pytest.raises(AlreadyRunning, match="another Feedmaker works on this state"):
            Store.open(database)
        first.save_state(ONE)
    with Store.open(database) as second:
        assert second.state("americas") == ONE


def test_the_lock_of_a_killed_instance_goes_with_it(database: Database) -> None:
    script = (
        "import os, signal, sys; from feedmaker.model import Database; from feedmaker.store import Store;"
        "store = Store.open(Database(sys.argv[1])); os.kill(os.getpid(), signal.SIGKILL)"
    )
    assert subprocess.run([sys.executable, "-c", script, database.url], check=False).returncode == -9
    Store.open(database).close()


def test_it_can_be_read_beside_an_instance_that_writes_but_not_written(database: Database) -> None:
    with Store.open(database) as writer, Store.open(database, readonly=True) as reader:
        writer.save_state(ONE)
        assert reader.state("americas") == ONE
        with pytest.raises(StateError, match="only reads"):
            reader.save_state(ONE)


def test_there_is_nothing_to_read_before_the_first_build(database: Database) -> None:
    with pytest.raises(StateError, match="feedmaker build"):
        Store.open(database, readonly=True)


def test_a_server_that_restarts_costs_no_more_than_what_ran(server: Server, database: Database) -> None:
    with Store.open(database) as store:
        store.save_state(ONE)
        server.stop()
        try:
            with pytest.raises(StateError, match="nothing that was stored is lost"):
                store.state("americas")
        finally:
            server.start()
        assert store.state("americas") == ONE
        store.save_state(SourceState("americas", failures=2))
        with pytest.raises(AlreadyRunning):
            Store.open(database)


def test_an_instance_whose_lock_was_taken_over_writes_no_more(server: Server, database: Database) -> None:
    with Store.open(database) as first:
        server.stop()
        server.start()
        with Store.open(database) as second:
            with pytest.raises(AlreadyRunning):
                first.save_state(ONE)
            assert second.states() == {}


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(StateError, match="can be reached") as failed:
        Store.open(Database("postgresql://reader:pass%40word@127.0.0.1:9/news"))
    assert "postgresql://127.0.0.1:9/news" in str(failed.value)
    assert "pass" not in str(failed.value).replace("password", "")


def test_a_database_that_does_not_exist_is_to_be_created(database: Database) -> None:
    with pytest.raises(StateError, match="createdb"):
        Store.open(Database(database.url.replace("/state_", "/nowhere_")))


def test_a_user_who_may_not_make_tables_is_told_so(server: Server, database: Database) -> None:
    server.run("psql", "-h", str(server.folder), "-U", "feedmaker", "-d", "postgres", "-c", "CREATE ROLE guest LOGIN")
    with pytest.raises(StateError, match="create and write tables"):
        Store.open(as_role(database, "guest"))


def test_a_database_of_another_program_is_left_alone(server: Server, database: Database) -> None:
    name = database.url.partition("@/")[2].partition("?")[0]
    server.run("psql", "-h", str(server.folder), "-U", "feedmaker", "-d", name, "-c", "CREATE TABLE shop (id int)")
    with pytest.raises(StateError, match=r"another program's database \(with shop\)"):
        Store.open(database)


def test_an_upgrade_keeps_all_rows_and_copies_of_the_tables(
    database: Database, tmp_path: Path, make_entry: MakeEntry, now: datetime
) -> None:
    with Store.open(database) as store:
        store.save(ONE, [make_entry("a")], seen=[], now=now, keep=10)
        bring_up_to_date(writing(store._engine), "state", next_history(tmp_path), back_up)
        with store._reading() as connection:
            assert connection.execute(text("SELECT failures, mood FROM sources")).all() == [(1, 5)]
            assert connection.execute(text(f"SELECT id FROM before_{HEAD}_entries")).all() == [("a",)]
    with pytest.raises(StateError, match=f"newer Feedmaker .*{LATER}"):
        Store.open(database)


def test_a_failing_upgrade_changes_nothing(database: Database, tmp_path: Path) -> None:
    later = next_history(tmp_path, then='op.execute("INSERT INTO nowhere VALUES (1)")')
    with Store.open(database) as store:
        with pytest.raises(Exception, match="nowhere"):
            bring_up_to_date(writing(store._engine), "state", later, back_up)
        with store._reading() as connection:
            assert tables(connection) == {"sources", "entries", "paces", "agenda", "alembic_version"} | tables_since()
            assert "mood" not in {column["name"] for column in inspect(connection).get_columns("sources")}


def test_only_the_copies_of_the_newest_upgrades_are_kept(database: Database) -> None:
    with Store.open(database) as store:
        with store._writing() as connection:
            for revision in ("r0001", "r0002", "r0003"):
                back_up(connection, revision)
        store.drop_copies(keep=2)
        with store._reading() as connection:
            copied = {name.split("_")[1] for name in tables(connection) if name.startswith("before_")}
        assert copied == {"r0002", "r0003"}


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def tables_since() -> set[str]:
    """Tables that later revisions have added, by the metadata that the code uses."""
    from feedmaker.store.schema import metadata

    assert HISTORY.head == HEAD
    return set(metadata.tables)
