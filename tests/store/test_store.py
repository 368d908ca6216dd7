"""What is put into the store comes out again, in the order of the feed and no more than asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import update

from feedmaker.errors import StateError
from feedmaker.model import (
    Database,
    Entry,
    Extent,
    Image,
    Pace,
    SiteNote,
    SourceState,
    Standing,
    StoredEntry,
    Validators,
)
from feedmaker.store import Store
from feedmaker.store.schema import entries, sources

MakeEntry = Callable[..., StoredEntry]
HOUR = timedelta(hours=1)
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def ids(stored: tuple[StoredEntry, ...]) -> list[str]:
    return [each.entry.id for each in stored]


def full_state(now: datetime) -> SourceState:
    return SourceState(
        "americas",
        Validators('W/"5"', "Thu, 06 Feb 2025 18:52:00 GMT"),
        body_hash="b",
        fingerprint="f",
        title="Americas",
        description="Новости",
        language="en",
        last_attempt=now,
        last_success=now - HOUR,
        changed_at=now - 2 * HOUR,
        failures=3,
        last_error="the host is away",
        archives=4,
        home_url="https://example.org/americas/",
        icon=Image("https://example.org/icon-32x32.png", 32, 32),
        standing=Standing("https://example.org/a", "https://example.org/b", is_gone=True, not_before=now + HOUR),
    )


def test_a_source_that_was_never_refreshed_has_an_empty_state(store: Store) -> None:
    assert store.state("americas") == SourceState("americas")
    assert store.entries("americas") == ()
    assert store.count("americas") == 0
    assert store.states() == {}


def test_every_field_of_a_state_comes_back_after_closing(place: Path | Database, now: datetime) -> None:
    state = full_state(now)
    unlike = [field.name for field in fields(state) if getattr(state, field.name) == field.default]
    assert unlike == []
    with Store.open(place) as store:
        store.save_state(state)
    with Store.open(place) as store:
        assert store.state("americas") == state
        assert store.states() == {"americas": state}


def test_the_tables_have_a_column_for_every_field_of_the_model() -> None:
    of_state = {field.name for field in fields(SourceState)} - {"validators", "standing"}
    below = {field.name for of in (Validators, Standing) for field in fields(of)} - {"url"} | {"asked_url"}
    assert {column.name for column in sources.columns} == of_state | below
    assert {field.name for field in fields(StoredEntry)} <= {column.name for column in entries.columns}


def test_a_state_takes_the_place_of_the_one_before(store: Store, now: datetime) -> None:
    store.save_state(full_state(now))
    store.save_state(SourceState("americas", last_attempt=now))
    assert store.state("americas") == SourceState("americas", last_attempt=now)


def test_every_field_of_an_entrys_history_comes_back(store: Store, now: datetime) -> None:
    stored = StoredEntry(Entry("a", "https://example.org/a"), now, now + HOUR, "hash", position=7, failed_reads=2)
    stored = replace(stored, archive=3)
    store.save(SourceState("americas"), [stored], seen=[], now=now, keep=10)
    assert store.entries("americas") == (stored,)


def test_entries_that_have_moved_to_an_archive_say_so(store: Store, make_entry: MakeEntry, now: datetime) -> None:
    made = [make_entry(name, position=place) for place, name in enumerate("abc")]
    store.save(SourceState("americas"), made, seen=[], now=now, keep=10)
    store.archive("americas", {"b": 1, "c": 2, "unknown": 2})
    assert [each.archive for each in store.entries("americas")] == [None, 1, 2]


def test_times_come_back_aware_and_in_utc(store: Store, now: datetime) -> None:
    there = timezone(timedelta(hours=-9))
    store.save_state(SourceState("americas", last_attempt=now.astimezone(there)))
    last_attempt = store.state("americas").last_attempt
    assert last_attempt == now
    assert last_attempt is not None
    assert last_attempt.tzinfo is UTC


def test_a_time_without_zone_is_a_bug_and_is_not_stored(store: Store, now: datetime) -> None:
    with pytest.raises(Exception, match="must be aware"):
        store.save_state(SourceState("americas", last_attempt=now.replace(tzinfo=None)))
    assert store.states() == {}


def test_entries_come_newest_first_by_date_or_else_by_first_sight(
    store: Store, make_entry: MakeEntry, now: datetime
) -> None:
    made = [
        make_entry("undated", first_seen=now - HOUR),
        make_entry("old", published=now - 3 * HOUR),
        make_entry("new", published=now),
        make_entry("older-undated", first_seen=now - 2 * HOUR),
    ]
    store.save(SourceState("americas"), made, seen=[], now=now, keep=10)
    assert ids(store.entries("americas")) == ["new", "undated", "older-undated", "old"]


def test_entries_of_one_moment_stand_as_on_the_page_and_then_by_id(
    store: Store, make_entry: MakeEntry, now: datetime
) -> None:
    made = [make_entry("c", position=1), make_entry("b", position=1), make_entry("a", position=2), make_entry("d")]
    store.save(SourceState("americas"), made, seen=[], now=now, keep=10)
    assert ids(store.entries("americas")) == ["d", "b", "c", "a"]


def test_how_many_entries_each_source_has_and_from_when(store: Store, make_entry: MakeEntry, now: datetime) -> None:
    americas = [make_entry("a", published=now - HOUR), make_entry("b", first_seen=now - 2 * HOUR), make_entry("c")]
    store.save(SourceState("americas"), americas, seen=[], now=now, keep=10)
    store.save(SourceState("africa"), [make_entry("a", published=now - 9 * HOUR)], seen=[], now=now, keep=10)
    store.save_state(SourceState("empty"))
    assert store.extents() == {
        "americas": Extent(3, now - 2 * HOUR, now),
        "africa": Extent(1, now - 9 * HOUR, now - 9 * HOUR),
    }


def test_paces_are_told_of_each_source_and_of_all(store: Store, now: datetime) -> None:
    pace = Pace(now - 28 * 24 * HOUR, now, (0.0, 1.25, *(0.0,) * 166))
    for name in ("americas", "africa"):
        store.save_state(SourceState(name))
    store.save_pace("americas", pace)
    assert (store.pace("americas"), store.pace("africa")) == (pace, None)
    assert store.paces() == {"americas": pace}


def test_no_more_entries_are_read_than_asked_for(store: Store, make_entry: MakeEntry, now: datetime) -> None:
    made = [make_entry(str(n), published=now - n * HOUR) for n in range(5)]
    store.save(SourceState("americas"), made, seen=[], now=now, keep=10)
    assert ids(store.entries("americas", limit=2)) == ["0", "1"]
    assert store.entries("americas", limit=0) == ()
    assert store.count("americas") == 5


def test_a_changed_entry_takes_the_place_of_the_one_before(store: Store, make_entry: MakeEntry, now: datetime) -> None:
    state = SourceState("americas")
    store.save(state, [make_entry("a"), make_entry("b")], seen=["a", "b"], now=now, keep=10)
    changed = make_entry("a", title="New title")
    store.save(state, [changed], seen=["a", "b"], now=now, keep=10)
    assert {each.entry.id: each.entry.title for each in store.entries("americas")} == {"a": "New title", "b": "Story b"}


def test_ids_on_the_page_are_marked_as_seen_now_and_others_are_not(
    store: Store, make_entry: MakeEntry, now: datetime
) -> None:
    state = SourceState("americas")
    store.save(state, [make_entry("a"), make_entry("b")], seen=["a", "b"], now=now, keep=10)
    store.save(state, [], seen=["b", "never stored"], now=now + HOUR, keep=10)
    assert {each.entry.id: each.last_seen for each in store.entries("americas")} == {"a": now, "b": now + HOUR}


def test_the_oldest_entries_beyond_keep_are_dropped(store: Store, make_entry: MakeEntry, now: datetime) -> None:
    made = [make_entry(str(n), published=now - n * HOUR) for n in range(5)]
    store.save(SourceState("americas"), made, seen=[], now=now, keep=3)
    assert ids(store.entries("americas")) == ["0", "1", "2"]


def test_an_entry_on_the_page_is_never_dropped_however_old(store: Store, make_entry: MakeEntry, now: datetime) -> None:
    made = [make_entry(str(n), published=now - n * HOUR) for n in range(5)]
    store.save(SourceState("americas"), made, seen=["4"], now=now, keep=2)
    assert ids(store.entries("americas")) == ["0", "1", "4"]
    store.save(SourceState("americas"), [], seen=[str(n) for n in range(5)], now=now, keep=2)
    assert ids(store.entries("americas")) == ["0", "1", "4"]
    store.save(SourceState("americas"), [], seen=[], now=now, keep=2)
    assert ids(store.entries("americas")) == ["0", "1"]


def test_sources_keep_their_entries_apart(store: Store, make_entry: MakeEntry, now: datetime) -> None:
    store.save(SourceState("americas"), [make_entry("a", title="One")], seen=["a"], now=now, keep=1)
    store.save(SourceState("asia"), [make_entry("a", title="Two"), make_entry("b")], seen=[], now=now, keep=1)
    assert [each.entry.title for each in store.entries("americas")] == ["One"]
    assert [each.entry.title for each in store.entries("asia")] == ["Two"]


def test_a_failing_save_leaves_all_as_it_was(store: Store, make_entry: MakeEntry, now: datetime) -> None:
    store.save(SourceState("americas"), [make_entry("a")], seen=[], now=now, keep=10)
    broken = replace(make_entry("b"), first_seen=now.replace(tzinfo=None))
    with pytest.raises(Exception, match="must be aware"):
        store.save(
            SourceState("americas", failures=9), [make_entry("a", title="New"), broken], seen=[], now=now, keep=1
        )
    assert store.state("americas").failures == 0
    assert [each.entry.title for each in store.entries("americas")] == ["Story a"]


def test_text_that_no_database_holds_is_stored_without_what_is_wrong_with_it(store: Store, now: datetime) -> None:
    store.save_state(SourceState("americas", title="a\ud800b\0c", last_error="\udfff"))
    assert store.state("americas").title == "a?bc"


def test_an_entry_that_was_altered_from_outside_is_passed_over(
    store: Store, make_entry: MakeEntry, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    made = [make_entry(name, position=n) for n, name in enumerate("abcd")]
    store.save(SourceState("americas"), made, seen=[], now=now, keep=10)
    with store._writing() as connection:
        for name, text in [("a", "{"), ("b", "[]"), ("c", '{"id":"c","url":"u","images":[1]}')]:
            connection.execute(update(entries).where(entries.c.id == name).values(entry=text))
    assert ids(store.entries("americas")) == ["d"]
    assert caplog.text.count("passed over") == 3


def test_sources_that_are_configured_no_more_go_after_a_while(
    store: Store, make_entry: MakeEntry, now: datetime
) -> None:
    for name, attempt in [("kept", now - 99 * HOUR), ("old", now - 99 * HOUR), ("lately", now), ("never", None)]:
        store.save(SourceState(name, last_attempt=attempt), [make_entry("a")], seen=[], now=now, keep=1)
    assert store.drop_unused(["kept"], before=now - 24 * HOUR) == ("never", "old")
    assert store.states().keys() == {"kept", "lately"}
    assert [store.count(name) for name in ("kept", "old", "lately", "never")] == [1, 0, 1, 0]
    assert store.drop_unused(["kept"], before=now - 24 * HOUR) == ()


def test_many_threads_save_and_read_at_once(store: Store, make_entry: MakeEntry, now: datetime) -> None:
    failed: list[str] = []

    def work(name: str) -> None:
        for failures in range(10):
            made = [make_entry(str(n)) for n in range(5)]
            store.save(SourceState(name, failures=failures), made, seen=["1"], now=now, keep=5)
            if store.state(name).failures != failures or len(store.entries(name)) != 5 or not store.states():
                failed.append(name)

    threads = [Thread(target=work, args=(f"source-{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len(store.states()) == 8


def test_a_closed_store_refuses_to_work_as_another_instance_may_have_the_state(place: Path | Database) -> None:
    store = Store.open(place)
    store.close()
    store.close()
    with pytest.raises(StateError, match="is closed"):
        store.state("americas")
    with pytest.raises(StateError, match="is closed"):
        store.save_state(SourceState("americas"))


def test_what_is_noted_of_sites_is_kept_and_replaced_and_goes_when_its_time_is_over(store: Store) -> None:
    assert store.note("hold a.test") is None
    for name, hours in (("hold a.test", 1), ("robots.txt http://a.test", 3), ("hold a.test", 2)):
        store.keep_note(name, SiteNote(NOW + timedelta(hours=hours), f"{hours}".encode()))
    assert store.note("hold a.test") == SiteNote(NOW + timedelta(hours=2), b"2")
    store.drop_notes(before=NOW + timedelta(hours=2, minutes=30))
    assert store.note("hold a.test") is None
    assert store.note("robots.txt http://a.test") == SiteNote(NOW + timedelta(hours=3), b"3")
