"""An entry as JSON and back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.model import Entry, Image, Person
from feedmaker.store.encoding import decode, encode

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)  # lone surrogates included
NUMBER = st.none() | st.integers(-(2**63), 2**63)
OFFSETS = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENT = st.none() | st.datetimes(timezones=st.just(UTC) | OFFSETS)
MAYBE = st.none() | TEXT
IMAGES = st.builds(
    Image, TEXT, width=NUMBER, height=NUMBER, alt=MAYBE, caption=MAYBE, credit=MAYBE, type=MAYBE, length=NUMBER
)
ENTRIES = st.builds(
    Entry,
    id=TEXT,
    url=TEXT,
    title=MAYBE,
    summary=MAYBE,
    content_html=MAYBE,
    published=MOMENT,
    updated=MOMENT,
    authors=st.lists(st.builds(Person, TEXT, MAYBE), max_size=3).map(tuple),
    tags=st.lists(TEXT, max_size=3).map(tuple),
    section=MAYBE,
    language=MAYBE,
    publisher=MAYBE,
    images=st.lists(IMAGES, max_size=3).map(tuple),
    is_free=st.none() | st.booleans(),
    provenance=st.dictionaries(TEXT, TEXT, max_size=3),
)


def offsets(entry: Entry) -> list[timedelta | None]:
    return [moment.utcoffset() for moment in (entry.published, entry.updated) if moment]


@settings(derandomize=True, max_examples=300, deadline=None)
@given(ENTRIES)
def test_every_entry_comes_back_as_it_was(entry: Entry) -> None:
    text = encode(entry)
    text.encode()  # what a database can hold
    assert decode(text) == entry
    assert offsets(decode(text)) == offsets(entry)


def test_the_least_and_the_most_an_entry_can_have_come_back() -> None:
    least = Entry("a", "https://example.org/a")
    assert encode(least) == '{"id":"a","url":"https://example.org/a"}'
    assert decode(encode(least)) == least
    provenance = MappingProxyType({"title": "h1"})
    assert decode(encode(Entry("a", "u", provenance=provenance))).provenance == {"title": "h1"}


def test_text_of_other_scripts_takes_the_room_it_takes() -> None:
    assert "Новости" in encode(Entry("a", "u", title="Новости"))


def test_what_an_older_version_wrote_loads_with_defaults() -> None:
    entry = decode('{"id":"a","url":"u","images":[{"url":"i"}],"authors":[{"name":"n"}]}')
    assert entry == Entry("a", "u", images=(Image("i"),), authors=(Person("n"),))


def test_what_a_newer_version_wrote_loads_without_what_is_new() -> None:
    values = {"id": "a", "url": "u", "mood": 1, "images": [{"url": "i", "mood": 1}], "authors": [{"name": "n", "m": 1}]}
    assert decode(json.dumps(values)) == Entry("a", "u", images=(Image("i"),), authors=(Person("n"),))


def test_a_value_that_no_entry_can_have_is_a_bug() -> None:
    with pytest.raises(TypeError, match="cannot hold"):
        encode(Entry("a", "u", title=object()))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "1", '{"id":"a"}', '{"id":"a","url":"u","published":"x"}', '{"id":"a","url":"u","images":[1]}'],
)
def test_what_cannot_have_been_written_is_refused_by_named_errors(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        decode(text)


def test_dates_before_and_beyond_every_calendar_of_ours_come_back() -> None:
    entry = Entry("a", "u", published=datetime.min.replace(tzinfo=UTC), updated=datetime.max.replace(tzinfo=UTC))
    assert decode(encode(entry)) == entry
