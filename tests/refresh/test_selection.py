"""Filters by field, on what a listing shows and on what the article adds."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from feedmaker.model import Entry, Field, Filters, Image, ListedItem, Person
from feedmaker.refresh.selection import wants, wants_entry

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


def test_a_pattern_that_runs_away_finds_nothing() -> None:
    endless = Entry(id="1", url="https://news.example/", title="a" * 40_000 + "!")
    assert wants_entry(Filters(exclude={Field.TITLE: r"(a|aa)+$(?<!x)(\1)*"}), endless)
