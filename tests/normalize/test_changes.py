"""What counts as a change of an entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from feedmaker.model import Entry, Image, Person, StoredEntry
from feedmaker.normalize.changes import Change, content_hash, decide

NOW = datetime(2025, 2, 7, 12, 0, tzinfo=UTC)
ENTRY = Entry(
    id="https://example.org/a",
    url="https://example.org/a",
    title="Harbour reopens",
    summary="After the storm.",
    published=NOW - timedelta(days=1),
    updated=NOW - timedelta(hours=3),
    authors=(Person("Jane Roe"),),
    tags=("harbour", "storm"),
    images=(Image("https://example.org/a.jpg"),),
    provenance={"title": "h1"},
)


def stored(entry: Entry) -> StoredEntry:
    return StoredEntry(entry, NOW, NOW, content_hash(entry))


def test_an_unknown_entry_is_new() -> None:
    assert decide(None, ENTRY, NOW) is Change.NEW


@pytest.mark.parametrize(
    "entry",
    [
        replace(ENTRY, title="Harbour stays closed"),
        replace(ENTRY, summary=None),
        replace(ENTRY, content_html="<p>More.</p>"),
        replace(ENTRY, published=NOW),
        replace(ENTRY, updated=NOW - timedelta(hours=2)),
        replace(ENTRY, authors=(Person("Jane Roe", "https://example.org/roe"),)),
        replace(ENTRY, authors=(Person("Jane Roe"), Person("John Doe"))),
        replace(ENTRY, tags=("harbour storm",)),
        replace(ENTRY, images=()),
        replace(ENTRY, images=(Image("https://example.org/a.jpg", alt="The harbour"),)),
        replace(ENTRY, images=(Image("https://example.org/b.jpg"),)),
    ],
)
def test_what_a_reader_sees_makes_a_change(entry: Entry) -> None:
    assert decide(stored(ENTRY), entry, NOW) is Change.CHANGED


@pytest.mark.parametrize(
    "entry",
    [
        ENTRY,
        replace(ENTRY, provenance={"title": "og:title"}),
        replace(ENTRY, content_html=""),
        replace(ENTRY, published=(NOW - timedelta(days=1)).astimezone(timezone(timedelta(hours=5)))),
    ],
)
def test_what_a_reader_does_not_see_makes_none(entry: Entry) -> None:
    assert decide(stored(ENTRY), entry, NOW) is Change.SAME


@pytest.mark.parametrize("tail", ["?w=640", "?token=9&amp;expires=7", "#top"])
def test_a_picture_with_another_tail_or_from_another_host_is_the_same(tail: str) -> None:
    before = replace(ENTRY, content_html='<p>a</p><img src="https://example.org/b.PNG?token=1">')
    text = f'<p>a</p><img src="https://cdn2.example.org/b.PNG{tail}">'
    after = replace(before, content_html=text, images=(Image(f"https://cdn2.example.org/a.jpg{tail}"),))
    assert decide(stored(before), after, NOW) is Change.SAME


def test_pictures_of_one_script_are_told_apart_by_their_parameters() -> None:
    one, other = (replace(ENTRY, images=(Image(f"https://example.org/get?id={each}"),)) for each in "12")
    assert decide(stored(one), other, NOW) is Change.CHANGED


def test_a_hash_that_an_older_version_stored_makes_no_change() -> None:
    assert decide(replace(stored(ENTRY), content_hash="of another kind"), ENTRY, NOW) is Change.SAME


def test_a_page_that_calls_itself_updated_whenever_it_is_read_has_not_changed() -> None:
    rendered = replace(ENTRY, updated=NOW - timedelta(seconds=3))
    assert decide(stored(ENTRY), rendered, NOW) is Change.SAME
    assert decide(stored(ENTRY), replace(rendered, title="Harbour stays closed"), NOW) is Change.CHANGED


def test_text_that_moves_from_one_field_to_the_next_changes_the_hash() -> None:
    one = replace(ENTRY, title="ab", summary="c")
    assert content_hash(one) != content_hash(replace(ENTRY, title="a", summary="bc"))
