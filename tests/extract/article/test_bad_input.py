"""Whatever stands in an article's page, it gives an entry; tests/test_fuzz.py has the pages that attack."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

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
