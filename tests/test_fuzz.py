"""Any bytes at all give an entry and a listing, perhaps empty ones; nothing raises.

Pages that attack a parser are written out; the rest is made by breaking two whole pages in every way that is cheap.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedmaker import Entry, Listing, read_article, read_listing
from tests.attacks import ARTICLE, URL, attacks, broken
from tests.test_cases import FOLDERS

NOW = datetime(2025, 2, 7, 12, 0, tzinfo=UTC)

LISTING = (
    "<!doctype html><html lang='de'><head><title>Stadt</title></head><body><main>"
    + "".join(
        f"<article class=card><a href='/stadt/2025/meldung-nummer-{number}'><img src='/img/{number}.jpg'>"
        f"<h2>Meldung Nummer {number} aus der Stadt am Meer</h2></a><p>Was am Tag {number} geschah, steht hier.</p>"
        f"<time datetime='2025-02-0{number % 6 + 1}T1{number % 10}:00+01:00'>gestern</time></article>"
        for number in range(12)
    )
    + "<a rel=next href='?page=2'>Weiter</a></main></body></html>"
)

ATTACKS = {
    **attacks(30_000),
    "a hundred thousand nested elements": b"<div>" * 100_000 + b"end",
    "twenty thousand links": b"".join(b"<a href='/x/%d'>link number %d</a> " % (n, n) for n in range(20_000)),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_pages_that_attack_a_parser_give_an_entry_and_a_listing(name: str) -> None:
    entry = read_article(ATTACKS[name], URL, now=NOW)
    assert isinstance(entry, Entry)
    assert entry.id
    assert isinstance(read_listing(ATTACKS[name], URL, now=NOW), Listing)


@pytest.mark.parametrize("name", ATTACKS)
def test_their_text_is_found_or_not_but_never_raises(name: str) -> None:
    content = read_article(ATTACKS[name], URL, now=NOW, content=True).content_html
    assert content is None or content


def test_ten_megabytes_of_one_tag_give_an_entry_and_a_listing() -> None:
    page = b"<p>" * 3_400_000
    entry = read_article(page, URL, now=NOW, content=True)
    assert (entry.title, entry.content_html, entry.images) == (None, None, ())
    assert read_listing(page, URL, now=NOW).items == ()


@pytest.mark.parametrize("text", ["\ud800" * 100, "<title>a\ud83d b</title><p>\udfff</p>", "<p>\ud83d\ude00"])
def test_lone_surrogates_do_not_reach_the_entry(text: str) -> None:
    entry = read_article(text, URL, now=NOW, content=True)
    repr(entry).encode()
    repr(read_listing(text, URL, now=NOW)).encode()


def test_whole_pages_are_read_whole() -> None:
    """The pages that are broken below are worth breaking."""
    entry = read_article(ARTICLE, URL, now=NOW, content=True)
    assert entry.title == "Harbour reopens after the storm"
    assert entry.published == datetime(2025, 2, 6, 18, 52, tzinfo=UTC)
    assert [person.name for person in entry.authors] == ["Jane Roe"]
    assert "<blockquote>" in (entry.content_html or "")
    assert len(read_listing(LISTING, "https://stadt.example/", now=NOW).items) == 12


GOLDEN = [(folder / "page.html").read_bytes() for folder in FOLDERS]

calm = settings(derandomize=True, max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(st.integers(0, 2**32), st.sampled_from(["utf-8", "cp1252", "utf-16", "gb18030"]))
def test_broken_articles_give_an_entry(seed: int, encoding: str) -> None:
    page = broken(ARTICLE.encode(encoding), seed)
    entry = read_article(page, URL, now=NOW, content=seed % 4 == 0)
    assert entry.url.startswith("https://")
    repr(entry).encode()


@calm
@given(st.integers(0, 2**32), st.sampled_from(GOLDEN))
def test_broken_golden_pages_give_an_entry_and_a_listing(seed: int, whole: bytes) -> None:
    page = broken(whole, seed)
    repr(read_article(page, URL, now=NOW, content=seed % 4 == 0)).encode()
    repr(read_listing(page, URL, now=NOW)).encode()


@calm
@given(st.integers(0, 2**32), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_broken_listings_give_a_listing(seed: int, encoding: str) -> None:
    listing = read_listing(broken(LISTING.encode(encoding), seed), "https://stadt.example/", now=NOW)
    assert all(item.url.startswith(("https://", "http://")) for item in listing.items)
    repr(listing).encode()


RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Town</title>
<item><title>A story &amp; more</title><link>/a</link><guid>1</guid><pubDate>Fri, 07 Feb 2025 08:00:00 GMT</pubDate>
<enclosure url="/a.jpg" type="image/jpeg" length="5"/><media:content url="/b.jpg" width="5"/></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Town</title>
<entry><title type="html">A &lt;b&gt;story</title><link href="/a"/><id>urn:1</id><updated>2025-02-07T08:00:00Z</updated>
<author><name>Jo</name></author></entry></feed>"""
SITEMAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>/a</loc><lastmod>2025-02-07</lastmod></url></urlset>"""
JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/a", "title": "A story",
"tags": ["a"], "date_published": "2025-02-07T08:00:00Z", "image": "/a.jpg", "authors": [{"name": "Jo"}]}]}"""
DOCUMENTS = (RSS, ATOM, SITEMAP, JSON_FEED)
REFERENCES = ("&#xD800;", "&#55357;&#56832;", "&#x110000;", "&#0;", "&#99999999999;", 'xmlns="a b"', "\\ud800", "1e999")


@calm
@given(
    st.integers(0, 2**32), st.sampled_from(DOCUMENTS), st.sampled_from(REFERENCES), st.sampled_from(["utf-8", "utf-16"])
)
def test_broken_feeds_sitemaps_and_json_give_a_listing(seed: int, whole: str, reference: str, encoding: str) -> None:
    place = seed % len(whole)
    page = (whole[:place] + reference + whole[place:]).encode(encoding)
    for document in (page, broken(page, seed)):
        repr(read_listing(document, URL, now=NOW)).encode()


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_entry_and_a_listing(page: bytes) -> None:
    assert isinstance(read_article(page, URL, now=NOW), Entry)
    assert isinstance(read_listing(page, URL, now=NOW), Listing)
