"""The public functions: from bytes and an address to an entry or a listing."""

from __future__ import annotations

import gc
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import feedmaker
from feedmaker.errors import RuleMatchesNothing
from feedmaker.model import Image, ListedItem, ListingRules, Person, Selector
from feedmaker.reading import completed, entry_from_listed, read_article, read_listing

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ITEM = ListedItem(
    url="https://news.example/story",
    title="What the card says",
    summary="The card's summary",
    published=NOW,
    image=Image("https://news.example/small.jpg"),
    authors=(Person("Ada Byron"),),
    tags=("harbour",),
    provenance={"title": "h2 a"},
)


@pytest.mark.parametrize(
    "url", ["http://[bad", "nonsense", "", "mailto:someone@news.example", "https://news.example:x/"]
)
def test_a_page_is_read_whatever_its_address(url: str) -> None:
    assert feedmaker.read_article("<h1>A headline of some words</h1>", url).title == "A headline of some words"
    assert feedmaker.read_listing("<h1>A headline of some words</h1>", url).items == ()


def test_an_entry_takes_from_its_listing_what_its_article_leaves_open() -> None:
    article = feedmaker.Entry(id="1", url=ITEM.url, title="What the article says", provenance={"title": "h1"})
    entry = completed(article, ITEM)
    assert (entry.title, entry.summary, entry.published) == ("What the article says", ITEM.summary, NOW)
    assert (entry.images, entry.authors, entry.tags) == ((ITEM.image,), ITEM.authors, ITEM.tags)
    assert entry.provenance["title"] == "h1"
    assert entry.provenance["summary"] == "listing"


def test_an_update_from_before_the_date_on_the_listing_is_none() -> None:
    article = feedmaker.Entry(id="1", url=ITEM.url, updated=NOW - timedelta(hours=1), provenance={"updated": "meta"})
    entry = completed(article, ITEM)
    assert (entry.published, entry.updated, "updated" in entry.provenance) == (NOW, None, False)
    later = replace(article, updated=NOW + timedelta(hours=1))
    assert completed(later, ITEM).updated == later.updated


def test_a_person_of_the_listing_comes_before_the_publisher_as_author() -> None:
    signed_by_the_house = feedmaker.Entry(
        id="1", url=ITEM.url, authors=(Person("The News"),), publisher="The News", provenance={"authors": "meta author"}
    )
    entry = completed(signed_by_the_house, ITEM)
    assert (entry.authors, entry.provenance["authors"]) == (ITEM.authors, "listing")
    signed = feedmaker.Entry(id="1", url=ITEM.url, authors=(Person("Eva Ek"),), publisher="The News")
    assert completed(signed, ITEM).authors == (Person("Eva Ek"),)


def test_an_entry_of_the_listing_alone_says_where_its_values_stood() -> None:
    entry = entry_from_listed(ITEM)
    assert (entry.url, entry.title, entry.provenance["title"]) == (ITEM.url, ITEM.title, "listing h2 a")


@pytest.mark.parametrize("is_on", [True, False])
def test_the_collector_of_garbage_is_as_it_was_once_a_page_has_been_read(is_on: bool) -> None:
    was_on = gc.isenabled()
    (gc.enable if is_on else gc.disable)()
    try:
        read_listing("<html>", "https://news.example/")
        with pytest.raises(RuleMatchesNothing):
            read_listing("<html>", "https://news.example/", rules=ListingRules(items=Selector(".card")))
        read_article("<html>", "https://news.example/1")
        assert gc.isenabled() == is_on
    finally:
        (gc.enable if was_on else gc.disable)()


def test_a_naive_now_is_utc() -> None:
    page = '<meta property="og:type" content="article"><h1>A headline of some words</h1><p class="date">2 hours ago</p>'
    aware, naive = (feedmaker.read_article(page, ITEM.url, now=now) for now in (NOW, NOW.replace(tzinfo=None)))
    assert aware.published == naive.published == datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def test_a_date_that_no_form_fits_is_kept_as_it_stands() -> None:
    head = '<meta property="og:type" content="article"><meta property="article:published_time" content="{}">'
    entry = feedmaker.read_article(head.format(" the 45th  of Mist "), ITEM.url, now=NOW)
    assert (entry.published, entry.unread_date) == (None, "the 45th of Mist")
    assert feedmaker.read_article(head.format("2026-11-20"), ITEM.url, now=NOW).unread_date is None
    assert completed(entry, ITEM).unread_date is None
    assert completed(entry, replace(ITEM, published=None)).unread_date == "the 45th of Mist"


def test_reading_pages_needs_no_store_and_no_settings() -> None:
    """What only a refresh needs takes four times as long to import as all the rest."""
    script = "import sys, feedmaker; feedmaker.read_listing('<ul></ul>', 'https://news.example/'); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert {"sqlalchemy", "pydantic", "requests", "feedgen"}.isdisjoint(run.stdout.split())


def test_names_of_the_public_contract_are_there_when_asked_for() -> None:
    assert all(hasattr(feedmaker, name) for name in feedmaker.__all__)
    assert callable(feedmaker.refresh)
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = feedmaker.no_such_name  # type: ignore[attr-defined]
