"""Which states open, which do not, and what a person is told."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feedmaker.errors import AlreadyRunning, StateDamaged, StateError
from feedmaker.model import SourceState, StoredEntry
from feedmaker.store import Store
from feedmaker.store.lock import lock_path

MakeEntry = Callable[..., StoredEntry]
SOON = timedelta(milliseconds=50)
ONE = SourceState("americas", failures=1)


@contextmanager
def unprivileged() -> Iterator[None]:
    """As a user whom file permissions bind: root is not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="feedmaker-test-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_the_folder_of_a_new_state_is_made(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "down" / "feedmaker.db"
    Store.open(path).close()
    assert path.exists()


def test_any_name_of_a_file_will_do(tmp_path: Path) -> None:
    path = tmp_path / "a b?c#d%20é&mode=ro.db"
    with Store.open(path) as store:
        store.save_state(ONE)
    with Store.open(path, readonly=True) as store:
        assert store.state("americas") == ONE
    assert path.exists()


def test_a_second_instance_is_refused_and_told_who_is_first(path: Path) -> None:
    with Store.open(path) as first:
        with pytest.raises(AlreadyRunning, match=rf"process {os.getpid()}") as refused:
            Store.open(path)
        assert refused.value.path == path
        first.save_state(ONE)
    Store.open(path).close()


def test_an_instance_of_another_process_is_refused_too(path: Path) -> None:
    script = "import sys; from pathlib import Path; from feedmaker.store import Store; Store.open(Path(sys.argv[1]))"
    with Store.open(path):
        run = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert "AlreadyRunning" in run.stderr
    run = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert run.returncode == 0


def test_reading_goes_on_beside_an_instance_that_writes(path: Path, make_entry: MakeEntry, now: datetime) -> None:
    with Store.open(path) as writer, Store.open(path, readonly=True) as reader:
        assert reader.count("americas") == 0
        writer.save(ONE, [make_entry("a")], seen=[], now=now, keep=10)
        assert reader.count("americas") == 1
        assert reader.state("americas") == ONE


def test_a_state_opened_for_reading_cannot_be_written(path: Path) -> None:
    Store.open(path).close()
    with Store.open(path, readonly=True) as store, pytest.raises(StateError, match="Let this user write"):
        store.save_state(ONE)


def test_reading_leaves_nothing_beside_the_state(path: Path) -> None:
    Store.open(path).close()
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with Store.open(path, readonly=True) as store:
        store.states()
    left = {file.name for file in path.parent.iterdir()} - before.keys()
    assert left <= {path.name + "-wal", path.name + "-shm"}
    assert path.read_bytes() == before[path.name]


@pytest.mark.parametrize("content", [None, b""])
def test_there_is_nothing_to_read_before_the_first_build(path: Path, content: bytes | None) -> None:
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StateError, match="no state yet"):
        Store.open(path, readonly=True)


def test_an_empty_file_becomes_a_state(path: Path) -> None:
    path.touch()
    with Store.open(path) as store:
        assert store.states() == {}


def test_another_programs_database_is_left_as_it_is(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url)")
    before = path.read_bytes()
    for readonly in (False, True):
        with pytest.raises(StateError, match="another program's database \\(with bookmarks\\)"):
            Store.open(path, readonly=readonly)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("bookmarks",)]
    assert len(path.read_bytes()) == len(before)


def test_a_database_with_foreign_revisions_is_another_programs(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
        connection.execute("INSERT INTO alembic_version VALUES ('1975ea83b712')")
    with pytest.raises(StateError, match="another program's database"):
        Store.open(path)


def test_a_file_that_is_no_database_is_never_touched_unless_it_was_ours(path: Path) -> None:
    path.write_text("My notes, which are not a state.\n" * 100)
    for _ in range(2):
        with pytest.raises(StateError, match="found another file"):
            Store.open(path)
    assert path.read_text().startswith("My notes")
    with pytest.raises(StateDamaged, match="cannot be used"):
        Store.open(path, readonly=True)


def test_a_newer_schema_is_refused_and_left_as_it_is(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'r9999'")
    for readonly in (False, True):
        with pytest.raises(StateError, match="newer Feedmaker \\(schema r9999"):
            Store.open(path, readonly=readonly)


def test_an_older_schema_cannot_be_read_before_it_is_upgraded(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'r0000'")
    with pytest.raises(StateError, match="older Feedmaker"):
        Store.open(path, readonly=True)


def test_a_folder_in_place_of_the_file_is_explained(path: Path) -> None:
    path.mkdir()
    with pytest.raises(StateError, match="See that it is a file"):
        Store.open(path)


def test_a_folder_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StateError, match="needs a folder that this user may write to"):
        Store.open(tmp_path / "file" / "feedmaker.db")


def test_a_read_only_folder_is_explained_before_anything_is_fetched(folder: Path) -> None:
    folder.chmod(0o555)
    with unprivileged(), pytest.raises(StateError, match="needs a folder that this user may write to"):
        Store.open(folder / "feedmaker.db")


def test_a_read_only_file_is_explained_before_anything_is_fetched(folder: Path) -> None:
    path = folder / "feedmaker.db"
    Store.open(path).close()
    folder.chmod(0o777)
    for file in folder.iterdir():
        file.chmod(0o666)
    path.chmod(0o444)
    with unprivileged(), pytest.raises(StateError, match="Let this user write"):
        Store.open(path)


def test_a_state_in_a_read_only_folder_can_be_read(folder: Path) -> None:
    path = folder / "feedmaker.db"
    with Store.open(path) as store:
        store.save_state(ONE)
    path.chmod(0o444)
    folder.chmod(0o555)
    with unprivileged(), Store.open(path, readonly=True) as store:
        assert store.state("americas") == ONE


def test_a_state_that_another_program_holds_is_explained(path: Path) -> None:
    with Store.open(path) as store:
        store.save_state(ONE)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StateError, match="Another program holds a lock"):
            Store.open(path, busy_timeout=SOON)


def test_a_lock_that_comes_in_between_costs_one_save_and_nothing_stored(path: Path) -> None:
    with Store.open(path, busy_timeout=SOON) as store:
        store.save_state(ONE)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StateError, match="Another program holds a lock"):
                store.save_state(SourceState("americas", failures=2))
            assert store.state("americas") == ONE
        store.save_state(SourceState("americas", failures=2))
        assert store.state("americas").failures == 2


def test_a_full_disk_is_explained_and_costs_nothing_stored(path: Path, make_entry: MakeEntry, now: datetime) -> None:
    with Store.open(path) as store:
        store.save(ONE, [make_entry("a")], seen=[], now=now, keep=500)
        pages = 40
        with store._reading() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        big = [make_entry(f"b{n}", title="x" * 4000) for n in range(100)]
        with pytest.raises(StateError, match="Make room on its disk"):
            store.save(SourceState("americas", failures=2), big, seen=[], now=now, keep=500)
        assert store.state("americas") == ONE
        assert [each.entry.id for each in store.entries("americas")] == ["a"]


def test_an_unchanged_state_opens_without_alembic(path: Path) -> None:
    Store.open(path).close()
    script = (
        "import sys; from pathlib import Path; from feedmaker.store import Store;"
        "Store.open(Path(sys.argv[1])).close(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 0


def test_the_lock_stays_as_a_file_and_tells_that_all_ended_in_order(path: Path) -> None:
    with Store.open(path):
        assert lock_path(path).read_text() == str(os.getpid())
    assert lock_path(path).read_text() == "ended in order"


def test_opening_a_whole_state_says_nothing(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "feedmaker")
    for _ in range(2):
        with Store.open(path) as store:
            assert store.notices == ()
    assert caplog.text == ""


def test_a_lock_whose_text_is_lost_counts_as_one_of_a_killed_instance(path: Path, make_entry: MakeEntry) -> None:
    Store.open(path).close()
    lock_path(path).write_bytes(b"\xff\xfe")
    with Store.open(path) as store:
        assert store.notices == ()
    assert lock_path(path).read_text() == "ended in order"
