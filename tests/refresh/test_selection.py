"""Filters by field, on what a listing shows and on what the article adds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedmaker.model import Entry, Field, Filters, Image, ListedItem, Person, StoredEntry
from feedmaker.refresh.selection import is_too_old, selected, wants, wants_entry

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ENTRY = Entry(
    id="1",
    url="https://news.example/sport/final",
    title="Podcast: the final",
    summary="Who won",
    published=datetime(2026, 11, 24, tzinfo=UTC),
    authors=(Person("Ada Byron"), Person("Max Roe")),
    tags=("football", "live"),
    images=(Image("https://news.example/final.jpg"),),
)


@pytest.mark.parametrize(
    ("field", "pattern"),
    [
        (Field.URL, "/sport/"),
        (Field.TITLE, "^Podcast:"),
        (Field.SUMMARY, "won$"),
        (Field.AUTHORS, "^Max"),
        (Field.TAGS, "^live$"),
        (Field.PUBLISHED, "^2026-11"),
        (Field.IMAGE, r"\.jpg$"),
    ],
)
def test_each_field_can_be_included_and_excluded(field: Field, pattern: str) -> None:
    assert wants_entry(Filters(include={field: pattern}), ENTRY)
    assert not wants_entry(Filters(exclude={field: pattern}), ENTRY)
    assert not wants_entry(Filters(include={field: "no such thing"}), ENTRY)


def test_a_field_that_the_listing_does_not_show_is_decided_by_the_article() -> None:
    filters = Filters(include={Field.TAGS: "football"})
    assert wants(filters, ListedItem(url="https://news.example/sport/final"))
    assert not wants_entry(filters, Entry(id="1", url="https://news.example/sport/final"))


def test_a_pattern_that_runs_away_finds_nothing_and_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    endless = Entry(id="1", url="https://news.example/", title="a" * 40_000 + "!")
    for _ in range(2):
        assert wants_entry(Filters(exclude={Field.TITLE: r"(a|aa)+$(?<!x)(\1)*"}), endless)
    (record,) = caplog.records
    assert "(a|aa)+$" in record.getMessage()
    assert "counts as not found" in record.getMessage()


def stored(name: str, *, days: int = 0, seen: int = 0, **values: object) -> StoredEntry:
    """An entry published and first seen that many days ago."""
    published = None if days < 0 else NOW - timedelta(days=days)
    entry = Entry(id=name, url=f"https://news.example/{name}", published=published, **values)  # type: ignore[arg-type]
    return StoredEntry(entry, NOW - timedelta(days=seen), NOW, "")


def names(filters: Filters, *entries: StoredEntry) -> str:
    return "".join(each.entry.id for each in selected(filters, entries, NOW))


def test_an_entry_is_too_old_by_its_date_or_else_by_when_it_was_first_seen() -> None:
    filters = Filters(max_age=timedelta(days=7))
    entries = [stored("a", days=7), stored("b", days=8), stored("c", days=-1, seen=6), stored("d", days=-1, seen=8)]
    assert names(filters, *entries) == "ac"
    assert names(Filters(), *entries) == "abcd"


def test_an_item_that_shows_no_date_may_be_new() -> None:
    filters = Filters(max_age=timedelta(days=7))
    assert not is_too_old(filters, None, NOW)
    assert is_too_old(filters, NOW - timedelta(days=8), NOW)


def test_of_entries_with_one_title_the_first_seen_stays() -> None:
    entries = [
        stored("a", seen=1, title="Ferry  LATE again"),
        stored("b", seen=2, title="Ferry late again"),
        stored("c", seen=3, title="Another"),
    ]
    assert names(Filters(unique_by=Field.TITLE), *entries) == "bc"


def test_entries_without_the_field_that_makes_them_unique_all_stay() -> None:
    entries = [stored("a", title="One"), stored("b"), stored("c")]
    assert names(Filters(unique_by=Field.TITLE), *entries) == "abc"


def test_a_story_may_come_again_when_its_first_appearance_is_too_old() -> None:
    entries = [stored("a", title="One"), stored("b", days=9, seen=9, title="One")]
    assert names(Filters(unique_by=Field.TITLE, max_age=timedelta(days=7)), *entries) == "a"


def test_the_limit_counts_what_the_other_filters_leave() -> None:
    entries = [stored("a", title="x"), stored("b", title="y"), stored("c", title="x"), stored("d", title="z")]
    filters = Filters(exclude={Field.TITLE: "y"}, unique_by=Field.TITLE, limit=2)
    assert names(filters, *entries) == "ad"
