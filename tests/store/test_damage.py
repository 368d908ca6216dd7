"""A damaged state costs no more than what was damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from feedmaker.errors import StateDamaged
from feedmaker.model import SourceState, StoredEntry, Validators
from feedmaker.store import Store
from feedmaker.store.integrity import CHECKED_ALWAYS, damage
from feedmaker.store.lock import lock_path

MakeEntry = Callable[..., StoredEntry]
SOURCES = 5
ENTRIES = 60
PAGE = 4096
NO_TIME = timedelta()


@pytest.fixture
def filled(path: Path, make_entry: MakeEntry, now: datetime) -> Path:
    """A state of five sources with sixty entries each, some 100 pages."""
    with Store.open(path) as store:
        for source in range(SOURCES):
            state = SourceState(f"s{source}", Validators("etag"), body_hash="b", title="Title", last_success=now)
            made = [make_entry(f"{source}-{n}", title="x" * 900, position=n) for n in range(ENTRIES)]
            store.save(state, made, seen=[], now=now, keep=ENTRIES)
    return path


def overwrite(path: Path, offset: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def kept(store: Store) -> int:
    return sum(store.count(source) for source in store.states())


@pytest.mark.parametrize("page", [0, 2, 5, 20, 50, -1])
def test_a_damaged_state_is_moved_aside_and_the_readable_part_is_kept(filled: Path, page: int) -> None:
    pages = filled.stat().st_size // PAGE
    damaged = b"\x5a" * PAGE
    overwrite(filled, (page % pages) * PAGE, damaged)
    with Store.open(filled) as store:
        (notice,) = store.notices
        aside = next(filled.parent.glob("feedmaker.db.damaged-*[Z0-9]"))
        assert aside.name in notice
        assert damaged in aside.read_bytes()
        assert f"{kept(store)} entries of {len(store.states())} sources" in notice
        if page not in {0, 2}:  # the first pages hold what leads to all others
            assert kept(store) > SOURCES * ENTRIES * 0.8
        store.save_state(SourceState("s0", failures=1))
    with Store.open(filled) as store:
        assert store.notices == ()
        assert store.state("s0").failures == 1


def test_what_is_kept_keeps_its_history_and_its_page_is_read_again(filled: Path, now: datetime) -> None:
    overwrite(filled, 50 * PAGE, b"\x5a" * PAGE)
    with Store.open(filled) as store:
        state = store.state("s0")
        assert (state.title, state.last_success) == ("Title", now)
        assert (state.validators, state.body_hash) == (Validators(), None)
        entries = store.entries("s0")
        assert entries
        assert all(each.first_seen == now and each.entry.title == "x" * 900 for each in entries)


def test_an_entry_whose_text_was_damaged_is_not_kept(filled: Path) -> None:
    content = filled.read_bytes()
    place = content.index(b'{"id":"2-7"')
    overwrite(filled, place, b"\xff\xff")
    overwrite(filled, len(content) - PAGE, b"\x5a" * PAGE)  # for the damage to be noticed
    with Store.open(filled) as store:
        assert "2-7" not in {each.entry.id for each in store.entries("s2")}
        assert store.count("s2") > ENTRIES // 2


def test_entries_whose_source_is_lost_are_kept(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'sources'").fetchone()
    overwrite(filled, (root - 1) * PAGE, b"\x5a" * PAGE)
    with Store.open(filled) as store:
        assert store.count("s0") == ENTRIES
        assert store.state("s0") == SourceState("s0")


@pytest.mark.parametrize("size", [100, PAGE, 20 * PAGE + 17])
def test_a_state_that_was_cut_off_is_moved_aside(filled: Path, size: int) -> None:
    with filled.open("r+b") as file:
        file.truncate(size)
    with Store.open(filled) as store:
        assert len(store.notices) == 1
        store.save_state(SourceState("s0"))


def test_two_damaged_states_of_one_second_both_stay(filled: Path) -> None:
    for _ in range(2):
        overwrite(filled, 0, b"\x5a" * PAGE)
        with Store.open(filled) as store:
            assert len(store.notices) == 1
    assert len(list(filled.parent.glob("feedmaker.db.damaged-*[Z0-9]"))) == 2


def test_a_deleted_log_after_a_kill_leaves_a_whole_state(filled: Path, now: datetime) -> None:
    store = Store.open(filled)
    store.save_state(SourceState("s0", failures=7))
    killed = filled.parent / "killed"
    killed.mkdir()
    for file in filled.parent.glob("feedmaker.db*"):
        if not file.name.endswith(("-wal", "-shm")):
            (killed / file.name).write_bytes(file.read_bytes())
    store.close()
    with Store.open(killed / "feedmaker.db") as store:
        assert store.notices == ()
        assert kept(store) == SOURCES * ENTRIES
        assert store.state("s0").last_success == now  # the last that reached the file itself


def test_damage_that_is_met_at_work_is_looked_for_at_the_next_start(filled: Path) -> None:
    with Store.open(filled) as store:
        overwrite(filled, 0, b"\x5a" * 5000)
        for wal in filled.parent.glob("*-wal"):
            wal.write_bytes(b"")
        store._engine.dispose()
        with pytest.raises(StateDamaged, match="feedmaker build"):
            store.entries("s0")
    assert lock_path(filled).read_text().isdecimal()
    with Store.open(filled) as store:
        assert len(store.notices) == 1


def test_a_large_state_is_looked_at_in_full_only_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "large.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE large (data)")
        connection.execute("INSERT INTO large VALUES (zeroblob(?))", (CHECKED_ALWAYS + 1,))
        connection.execute("CREATE TABLE small (data)")
        connection.execute("INSERT INTO small VALUES (1)")
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'small'").fetchone()
    overwrite(path, (root - 1) * PAGE, b"\x5a" * PAGE)
    assert damage(path, was_killed=False, busy_timeout=NO_TIME) is None
    assert damage(path, was_killed=True, busy_timeout=NO_TIME) is not None


def test_a_damaged_state_of_a_newer_schema_gives_nothing_and_is_kept(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'r9999'")
    overwrite(filled, 50 * PAGE, b"\x5a" * PAGE)
    with Store.open(filled) as store:
        assert store.states() == {}
        assert "0 entries of 0 sources" in store.notices[0]


def test_a_damaged_state_of_an_older_version_gives_what_it_has(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(Path(__file__).with_name("released").joinpath("r0001.sql").read_text())
        connection.execute("CREATE TABLE broken (data)")
        connection.commit()
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'broken'").fetchone()
    overwrite(path, (root - 1) * PAGE, b"\x5a" * PAGE)
    lock_path(path).write_text("ended in order")
    with Store.open(path) as store:
        assert "6 entries of 3 sources" in store.notices[0]
        assert [each.edits for each in store.entries("harbour")] == [0, 0, 1, 0, 0, 0]
        assert store.state("quay").failures == 3
