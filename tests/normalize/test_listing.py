"""Drafts of a listing become items: clean addresses, each once, the first value of each field that is one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.extract.listing import extract_listing
from feedmaker.model import Candidate, Draft, How, Listing, ListingDraft, ListingRules, RawImage, RawPerson
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.normalize.listing import normalize_listing

URL = "https://www.example.com/news/"
NOW = datetime(2025, 2, 8, 12, 0, tzinfo=UTC)


Texts = tuple[Candidate[str], ...]


def listing(
    *items: Draft, titles: Texts = (), summaries: Texts = (), languages: Texts = (), nexts: Texts = ()
) -> Listing:
    draft = ListingDraft(URL, How("test", 1.0), items, titles, summaries, languages, nexts)
    return normalize_listing(draft, Context.of(NOW))


def candidates(*values: str) -> Texts:
    return tuple(Candidate(value, f"place {n}") for n, value in enumerate(values))


def dated(*dates: str) -> list[Draft]:
    return [Draft(f"/{n}", published=tuple(Candidate(date, "x") for date in [date])) for n, date in enumerate(dates)]


def test_addresses_become_absolute_and_clean() -> None:
    found = listing(Draft("/a?utm_source=x&id=2#top"), Draft("../b"), Draft("//cdn.example/c"))
    assert [item.url for item in found.items] == [
        "https://www.example.com/a?id=2",
        "https://www.example.com/b",
        "https://cdn.example/c",
    ]


def test_of_items_that_share_an_address_the_first_stays() -> None:
    found = listing(
        Draft("/a?utm_medium=1", titles=candidates("First")), Draft("/b"), Draft("/a", titles=candidates("Second"))
    )
    assert [(item.url, item.title) for item in found.items] == [
        ("https://www.example.com/a", "First"),
        ("https://www.example.com/b", None),
    ]


@pytest.mark.parametrize("url", ["", "#x", "javascript:void(0)", "mailto:a@example.com", "http://[bad/"])
def test_an_item_without_an_address_is_dropped(url: str) -> None:
    assert listing(Draft(url)).items == ()


def test_the_first_candidate_that_makes_a_value_is_taken_and_named() -> None:
    draft = Draft(
        "/a",
        titles=candidates("  ", "A &amp; B"),
        summaries=candidates("<p>Some <b>words</b></p>"),
        published=candidates("no date at all", "2025-02-03T10:00:00Z"),
        images=(Candidate(RawImage("data:,"), "a"), Candidate(RawImage("/p.jpg", alt=" The pier "), "b")),
        authors=(Candidate((RawPerson("Ann Harper"),), "byline"),),
        tags=(Candidate(("Sea", "", "Sea"), "tags"),),
    )
    (item,) = listing(draft).items
    assert item.title == "A & B"
    assert item.summary == "Some words"
    assert item.published == datetime(2025, 2, 3, 10, tzinfo=UTC)
    assert item.image is not None
    assert (item.image.url, item.image.alt) == ("https://www.example.com/p.jpg", "The pier")
    assert [person.name for person in item.authors] == ["Ann Harper"]
    assert item.tags == ("Sea",)
    assert item.provenance == {
        "title": "place 1",
        "summary": "place 0",
        "published": "place 1",
        "image": "b",
        "authors": "byline",
        "tags": "tags",
    }


def test_all_dates_together_decide_the_order_of_day_and_month() -> None:
    months = [
        item.published and item.published.month
        for item in listing(*dated("03/04/2024", "05/06/2024", "25/12/2023")).items
    ]
    assert months == [4, 6, 12]
    months = [
        item.published and item.published.month
        for item in listing(*dated("03/04/2024", "05/06/2024", "12/25/2023")).items
    ]
    assert months == [3, 5, 12]


def test_the_language_decides_what_the_dates_leave_open() -> None:
    german = listing(*dated("03/04/2024"), languages=candidates("de-DE"))
    american = listing(*dated("03/04/2024"), languages=candidates("en-US"))
    assert [found.items[0].published and found.items[0].published.month for found in (german, american)] == [4, 3]


def test_the_list_has_title_summary_language_and_next_page() -> None:
    found = listing(
        titles=candidates("", "World &amp; Sea"),
        summaries=candidates("All about it"),
        languages=candidates("??", "de_AT"),
        nexts=candidates("javascript:x", URL, "?page=2"),
    )
    assert (found.title, found.summary, found.language) == ("World & Sea", "All about it", "de-AT")
    assert found.next_url == "https://www.example.com/news/?page=2"
    assert found.how == How("test", 1.0)


TAGS = (
    "a",
    "div",
    "li",
    "ul",
    "h2",
    "p",
    "td",
    "tr",
    "table",
    "article",
    "nav",
    "span",
    "time",
    "img",
    "script",
    "font",
)
WORDS = st.text("abc äß漢0 .:/…\x00<&", max_size=12)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(("href", "class", "id", "datetime", "src", "style", "rel", "title", "srcset")), WORDS, max_size=3
)
NODES = st.recursive(
    WORDS,
    lambda inner: st.tuples(st.sampled_from(TAGS), ATTRIBUTES, st.lists(inner, max_size=6)),
    max_leaves=40,
)


def rendered(node: object) -> str:
    if not isinstance(node, tuple):
        return str(node)
    tag, attributes, inner = node
    given_attributes = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f"<{tag}{given_attributes}>{''.join(map(rendered, inner))}</{tag}>"


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.lists(NODES, max_size=8), st.integers(1, 6))
def test_any_page_gives_a_listing_with_clean_addresses_each_once(nodes: list[object], times: int) -> None:
    page = page_of("".join(map(rendered, nodes)) * times, URL)
    found = normalize_listing(extract_listing(page, ListingRules()), Context.of(NOW))
    urls = [item.url for item in found.items]
    assert len(urls) == len(set(urls))
    assert all(url.startswith(("http://", "https://")) for url in urls)
    assert 0.0 <= found.how.confidence <= 1.0
    assert found.items or found.how.note
