"""Any bytes at all give an entry."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.model import Entry
from tests.extract.article.reading import TEXT, entry_of, ld, page, story

STATE = {"headline": "The harbour bell returns", "authors": [{"name": "Ida"}], "tags": ["a"] * 9}
PAGE = page(
    ld(
        {
            "@type": "NewsArticle",
            "headline": "The harbour bell returns",
            "author": ["Ida Brandt"],
            "image": {"url": "/p/b.jpg"},
        }
    )
    + '<meta property="og:title" content="The harbour bell returns"><meta name="keywords" content="Bells, Divers">',
    story(
        '<p class="byline">By <a href="/authors/ida">Ida Brandt</a></p><time datetime="2025-02-06T18:52+01:00">x</time>'
        '<figure><img srcset="/p/a.jpg 1x"><figcaption>A bell. © N. Holm</figcaption></figure>',
        '<ul class="tags"><li><a href="/tag/1">Bells</a></li></ul>'
        f"<script>state = {json.dumps(STATE)}"
        '</script><div itemscope itemtype="http://schema.org/Article"><b itemprop="author">Ida</b></div>',
    ),
).encode()
OPEN = b"<html><body><article><h1>The harbour bell returns</h1>"
LD = OPEN + b'<script type="application/ld+json">'
HOSTILE = {
    "nothing": b"",
    "NULs": b"\0" * 300_000,
    "noise": random.Random(4).randbytes(300_000),
    "one tag ten million bytes long": b"<p>" * 3_500_000,
    "a hundred thousand nested elements": OPEN + b"<div>" * 100_000,
    "nested headlines": OPEN + b"<h1>x" * 60_000,
    "fifty thousand links": OPEN + b'<a href="/tag/x">tag x</a> ' * 50_000,
    "pictures deep down": OPEN + b'<div class="a b c">' * 250 + b"<img src=/abc.jpg><a>t</a><p>" * 8_000,
    "properties deep down": OPEN + b"<div itemscope>" * 250 + b"<a itemprop=author>x</a>" * 10_000,
    "bylines everywhere": OPEN + b"<div class=author>By A B</div>" * 10_000,
    "quotes": LD + b'"' * 300_000 + b"</script>",
    "comments that never end": LD + b"{" + b"/*" * 150_000 + b"</script>",
    "backslashes": LD + b'{"a":"' + b"\\" * 300_001 + b"</script>",
    "brackets": LD + b"[" * 300_000 + b"</script>",
    "commas": LD + b"[" + b", " * 150_000 + b"</script>",
    "graphs in graphs": LD + b'{"@graph":[' * 30_000 + b"</script>",
    "many blocks": OPEN + b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"x"}</script>' * 3_500,
    "assignments": OPEN + b"<script>" + b'a={"uthor":' * 30_000 + b"</script>",
    "a long author": b'<meta name=author content="' + b"von a and b, " * 25_000 + b'">',
    "long keywords": b'<meta name=keywords content="' + b"a b, " * 60_000 + b'">',
    "a long title": b"<title>" + b"a | b - " * 40_000 + b"</title><h1>x</h1>",
    "a long class": OPEN + b'<div class="' + b"a " * 150_000 + b'"><img src=/x.jpg></div>',
    "a long srcset": OPEN + b'<img srcset="' + b"," * 300_000 + b'">',
    "a long address": b'<link rel=canonical href="'
    + b"a/" * 150_000
    + b'"><meta property=og:image content="'
    + b"/a1" * 9_999
    + b'">',
    "frames only": b"<frameset><frame src=a></frameset>" * 5_000,
    "an XML declaration that lies": b'<?xml version="1.0" encoding="utf-16"?><html><h1>The bell</h1>',
    "surrogates": "<h1>\ud800 x</h1>".encode("utf-8", "surrogatepass") * 10_000,
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_give_an_entry(html: bytes) -> None:
    """Each takes 0.2 seconds at most; a rule that costs the square of a page's size would stand out by minutes."""
    assert isinstance(entry_of(html), Entry)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(
    st.integers(0, len(PAGE)),
    st.integers(0, 200),
    st.binary(max_size=40) | st.sampled_from([b"<", b'"', b"\\", b"[]", b"{}"]),
)
def test_a_page_with_a_hole_or_something_foreign_in_it_gives_an_entry(at: int, length: int, foreign: bytes) -> None:
    assert entry_of(PAGE[:at] + foreign + PAGE[at + length :]).id


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=8), lambda values: st.lists(values, max_size=3)
    )
)
def test_json_ld_of_any_shape_gives_an_entry(value: object) -> None:
    keys = (
        "headline",
        "author",
        "image",
        "datePublished",
        "keywords",
        "articleSection",
        "mainEntityOfPage",
        "publisher",
        "@id",
    )
    node = {"@type": "NewsArticle", **dict.fromkeys(keys, value), "url": {"url": value}}
    assert entry_of(page(ld(node, {"@type": value, "@graph": value, "name": {"@value": value}}))).id


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_may_stand_anywhere(one: str, other: str) -> None:
    head = f'<meta name="author" content="{one}"><meta property="og:image" content="{other}"><title>{other}</title>'
    body = f'<h1>{one}</h1><p class="byline">{other}</p><time datetime="{one}">{other}</time><img src="{one}">'
    assert entry_of(page(head, f"{body}<p>{TEXT}{other}</p>")).id
