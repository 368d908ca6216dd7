"""What a page announces: its feeds, and the posts of its WordPress."""

from __future__ import annotations

import pytest

from feedmaker.extract.listing.announced import announced
from feedmaker.model import Alternative, Kind
from feedmaker.normalize.encoding import page_of

URL = "https://www.mole-post.example/city/"


def found(*links: str) -> tuple[Alternative, ...]:
    return announced(page_of(f"<html><head>{''.join(links)}</head><body><p>Hello</p></body></html>", URL))


@pytest.mark.parametrize(
    "kind",
    [
        *("application/rss+xml", "application/atom+xml; charset=utf-8", "APPLICATION/FEED+JSON", "application/rdf+xml"),
        *("text/xml", "application/xml"),
    ],
)
def test_feeds_are_announced_by_their_type(kind: str) -> None:
    link = f'<link rel="Alternate" type="{kind}" href="feed" title="City">'
    assert found(link, link) == (Alternative(Kind.FEED, URL + "feed", "City"),)


@pytest.mark.parametrize(
    ("href", "title"),
    [("/commentisfree/rss", "Opinion"), ("/comment/", "Comment"), ("/commentary.xml", "Commentary and analysis")],
)
def test_a_section_of_commentary_announces_its_feed(href: str, title: str) -> None:
    link = f'<link rel="alternate" type="application/rss+xml" href="{href}" title="{title}">'
    assert found(link) == (Alternative(Kind.FEED, f"https://www.mole-post.example{href}", title),)


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed">',
        '<link rel="alternate" type="application/rss+xml" href="/?feed=comments-rss2">',
        '<link rel="alternate" type="application/rss+xml" href="/f" title="Mole Post » Comments Feed">',
        '<link rel="alternate" type="application/rss+xml" href="/f" title="Mole Post » Flux des commentaires">',
        '<link rel="alternate" type="application/rss+xml" href="/f" title="Mole Post: Kommentare">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:feed()">',
        '<link rel="alternate" type="text/html" href="/de">',
        '<link rel="stylesheet" type="application/rss+xml" href="/f">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/5">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/tags/five">',
        '<link rel="alternate" type="application/json" href="/data.json">',
    ],
)
def test_what_gives_no_entries_is_not_announced(link: str) -> None:
    assert found(link) == ()


@pytest.mark.parametrize(
    ("term", "query"), [("categories/5", "categories=5"), ("tags/7/", "tags=7"), ("users/2", "author=2")]
)
def test_the_posts_of_a_wordpress_come_by_what_the_page_shows(term: str, query: str) -> None:
    assert found(
        f'<link rel="alternate" type="application/json" href="/wp-json/wp/v2/{term}">',
        '<link rel="https://api.w.org/" href="https://www.mole-post.example/wp-json/">',
    ) == (
        Alternative(Kind.WORDPRESS, f"https://www.mole-post.example/wp-json/wp/v2/posts?{query}&_embed=1"),
        Alternative(Kind.WORDPRESS, "https://www.mole-post.example/wp-json/wp/v2/posts?_embed=1"),
    )


def test_a_wordpress_without_pretty_addresses_is_asked_by_its_route() -> None:
    (alternative,) = found('<link rel="https://api.w.org/" href="/index.php?rest_route=/">')
    assert alternative.url == "https://www.mole-post.example/index.php?rest_route=/wp/v2/posts&_embed=1"
