"""Stored entries to a feed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feedmaker.model import Entry, Source, SourceState, StoredEntry
from feedmaker.refresh.assembly import feed_of

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SOURCE = Source("town", "https://news.example/town/")


def stored(url: str, *, first_seen: datetime = NOW, **values: object) -> StoredEntry:
    entry = Entry(id=url, url=url, **values)  # type: ignore[arg-type]
    return StoredEntry(entry, first_seen, NOW, "")


def test_an_entry_without_a_date_carries_the_time_it_was_first_seen() -> None:
    (entry,) = feed_of(SOURCE, SourceState("town"), [stored("https://news.example/a")], None, now=NOW).entries
    assert (entry.published, entry.updated, entry.is_date_first_seen) == (NOW, NOW, True)


def test_an_update_before_the_publication_is_not_believed() -> None:
    dates = {"published": NOW, "updated": NOW - timedelta(days=1)}
    (entry,) = feed_of(SOURCE, SourceState("town"), [stored("https://news.example/a", **dates)], None, now=NOW).entries
    assert entry.updated == NOW


def test_edits_that_make_a_new_entry_give_it_an_id_of_its_own() -> None:
    entry = replace(stored("https://news.example/a"), edits=2)
    (shown,) = feed_of(SOURCE, SourceState("town"), [entry], None, now=NOW).entries
    assert (shown.entry.id, shown.entry.url) == ("https://news.example/a#edit-2", "https://news.example/a")


def test_the_title_is_the_settings_then_the_pages_then_the_address() -> None:
    state = SourceState("town", title="Town news")
    named = Source("town", "https://news.example/town/", title="Mine")
    assert feed_of(named, state, [], None, now=NOW).title == "Mine"
    assert feed_of(SOURCE, state, [], None, now=NOW).title == "Town news"
    assert feed_of(SOURCE, SourceState("town"), [], None, now=NOW).title == "news.example/town"


def test_the_language_is_the_pages_or_that_of_most_entries() -> None:
    entries = [stored(f"https://news.example/{i}", language=tag) for i, tag in enumerate(("de", "fr", "de", None))]
    assert feed_of(SOURCE, SourceState("town"), entries, None, now=NOW).language == "de"
    assert feed_of(SOURCE, SourceState("town", language="en"), entries, None, now=NOW).language == "en"
    assert feed_of(SOURCE, SourceState("town"), [], None, now=NOW).language is None


def test_the_first_seen_of_two_addresses_of_one_story_stands_for_it() -> None:
    late = stored("https://news.example/a", title="One")
    early = StoredEntry(Entry("early", "https://news.example/a", "One"), NOW - timedelta(hours=1), NOW, "")
    other = stored("https://news.example/a", title="Another title under the same careless canonical address")
    feed = feed_of(SOURCE, SourceState("town"), [late, early, other], None, now=NOW)
    assert [each.entry.id for each in feed.entries] == ["early", other.entry.id]


def test_a_story_whose_link_got_another_tail_and_then_another_title_stays_one() -> None:
    canonical = "https://news.example/2026/harbour"
    early, late = (
        StoredEntry(Entry(f"{canonical}?from={place}", canonical, title), NOW - timedelta(hours=hours), NOW, "")
        for place, title, hours in (("front", "One", 2), ("list", "Corrected", 1))
    )
    elsewhere = StoredEntry(Entry("https://news.example/other", canonical, "Another"), NOW, NOW, "")
    feed = feed_of(SOURCE, SourceState("town"), [elsewhere, late, early], None, now=NOW)
    assert [each.entry.id for each in feed.entries] == [elsewhere.entry.id, early.entry.id]
