"""Any bytes at all give an entry and a listing, perhaps empty ones; nothing raises.

Pages that attack a parser are written out; the rest is made by breaking two whole pages in every way that is cheap.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedmaker import Entry, Listing, read_article, read_listing

URL = "https://town.example/news/2025/02/06/harbour-reopens-after-storm"
NOW = datetime(2025, 2, 7, 12, 0, tzinfo=UTC)

ARTICLE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harbour reopens | Town</title>
<link rel="canonical" href="https://town.example/news/2025/02/06/harbour-reopens-after-storm">
<meta property="og:title" content="Harbour reopens after the storm">
<meta property="og:image" content="/img/harbour.jpg">
<meta name="description" content="Ships may leave again after three days of closure, the master says.">
<meta name="keywords" content="harbour, storm, shipping">
<meta property="article:published_time" content="2025-02-06T18:52+0000">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "NewsArticle", "headline":
"Harbour reopens after the storm", "datePublished": "2025-02-06T18:52:00Z", "author": [{"@type": "Person", "name": "Jane
Roe"}], "image": {"url": "https://town.example/img/harbour.jpg", "width": 1200, "height": "800"}, "keywords": "a, b"}]}
</script></head><body><nav><a href="/">Home</a><a href="/sport">Sport</a></nav><article itemscope
itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Harbour reopens after the storm</h1>
<p class="byline">By <a rel="author" href="/roe">Jane Roe</a>,
<time datetime="2025-02-06T18:52Z">6 February 2025</time></p>
<figure><img data-src="/img/harbour.jpg" src="data:," alt="The harbour">
<figcaption>The harbour. Photo: J. Doe</figcaption>
</figure><p>Ships may leave the harbour again after three days of closure, its master said on Thursday afternoon.</p>
<p>The storm had sunk two boats &amp; damaged the northern mole, which will be repaired until the end of next month.</p>
<ul><li>First the ferries</li><li>Then the freighters</li></ul><blockquote>We were lucky, said the master.</blockquote>
</article><aside><h2>Read also</h2><a href="/news/other">Another story altogether</a></aside></body></html>"""

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
    "empty": b"",
    "white space": b" \r\n\t" * 1000,
    "binary": bytes(range(256)) * 400,
    "NULs": ARTICLE.replace("e", "e\0").encode(),
    "UTF-16 without a mark": ARTICLE.encode("utf-16-le"),
    "truncated": ARTICLE.encode()[:700],
    "truncated in JSON-LD": ARTICLE.encode()[:1400],
    "an XML declaration that lies": b"<?xml version='1.0' encoding='utf-16'?>" + ARTICLE.encode(),
    "frames only": b"<html><frameset cols='20%,80%'><frame src=a.html><frame src=b.html></frameset></html>",
    "nested elements": b"<div>" * 100_000 + b"end",
    "nested cards": b"<article><h2><a href=/x>" * 5_000,
    "attributes": b"<p " + b" ".join(b"a%d=1" % number for number in range(50_000)) + b">end",
    "links": b"".join(b"<a href='/x/%d'>link number %d</a> " % (number, number) for number in range(50_000)),
    "less-than signs": b"<" * 300_000,
    "entities": b"&amp;" * 60_000,
    "comments": b"<!--" * 60_000,
    "JSON nested": b"<script type=application/ld+json>" + b'{"@graph":[' * 20_000,
    "JSON authors": b'<script type=application/ld+json>{"@type":"NewsArticle","author":[' + b'{"name":"A B"},' * 9_000,
    "keywords": b"<meta name=keywords content='" + b"a," * 100_000 + b"'>",
    "a title of dashes": b"<title>" + b"a - " * 60_000 + b"</title>",
    "times": b"<h1>x</h1>" + b"".join(b"<time>foo %d bar</time>" % number for number in range(2_000)),
    "microdata nested": b"<div itemscope itemtype=http://schema.org/NewsArticle itemprop=author>" * 4_000,
    "headlines": b"<h1>a headline</h1>" * 10_000,
    "pictures": b"<img src=/a.jpg width=9e99 height=-1>" * 10_000,
    "addresses": b"<a href='http://[::'>a</a><a href='//'>b</a><a href='http://x:y'>c</a><link rel=canonical href='http://['>",
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


JUNK = [b"\0", b"\xff\xfe", b"<", b">", b'"', b"'", b"&#xD800;", b"<!--", b"]]>", b"</script>", b"<script>", b"{", b"]"]
JUNK += [
    b"\xed\xa0\x80",
    b"<svg>",
    b"<table><p>",
    b"<noscript>",
    b"<base href='javascript:x'>",
    b"\\ud800",
    b"%00",
    b"=" * 50,
]


def broken(page: bytes, seed: int) -> bytes:
    """A page with a few of its parts cut out, repeated, moved, or filled with junk."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(page) + 1)
        end = min(len(page), start + chance.choice([1, 5, 40, 400]))
        part = page[start:end]
        page = chance.choice(
            [
                page[:start] + page[end:],
                page[:end] + part * chance.randint(1, 30) + page[end:],
                page[:start] + chance.choice(JUNK) * chance.randint(1, 20) + page[end:],
                page[:start] + chance.randbytes(end - start) + page[end:],
                page[end:] + part + page[:start],
                page[:end] if end > 200 else page,
            ]
        )
    return page


calm = settings(derandomize=True, max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@calm
@given(st.integers(0, 2**32), st.sampled_from(["utf-8", "cp1252", "utf-16", "gb18030"]))
def test_broken_articles_give_an_entry(seed: int, encoding: str) -> None:
    page = broken(ARTICLE.encode(encoding), seed)
    entry = read_article(page, URL, now=NOW, content=seed % 4 == 0)
    assert entry.url.startswith("https://")
    repr(entry).encode()


@calm
@given(st.integers(0, 2**32), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_broken_listings_give_a_listing(seed: int, encoding: str) -> None:
    listing = read_listing(broken(LISTING.encode(encoding), seed), "https://stadt.example/", now=NOW)
    assert all(item.url.startswith(("https://", "http://")) for item in listing.items)
    repr(listing).encode()


@settings(derandomize=True, max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_entry_and_a_listing(page: bytes) -> None:
    assert isinstance(read_article(page, URL, now=NOW), Entry)
    assert isinstance(read_listing(page, URL, now=NOW), Listing)
