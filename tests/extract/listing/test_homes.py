"""A feed, a sitemap or JSON is no page for people; what it belongs to is."""

from __future__ import annotations

import pytest

from feedmaker.model import ListingRules
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.reading import listing_of

URL = "https://api.news.example/v1/world"
ITEM = "<item><title>A</title><link>https://news.example/a</link></item>"
FEED = f"<rss version='2.0'><channel><title>World</title>{{}}{ITEM}</channel></rss>"
JSON_FEED = '{{"version": "https://jsonfeed.org/version/1.1", "title": "World", {} "items": []}}'
SITEMAP = "<urlset><url><loc>https://news.example/a</loc></url></urlset>"
ROOT = "https://api.news.example/"


@pytest.mark.parametrize(
    ("document", "home"),
    [
        (FEED.format("<link>https://news.example/world/</link>"), "https://news.example/world/"),
        (FEED.format("<link>/world/</link>"), f"{ROOT}world/"),
        (FEED.format("<link>javascript:x()</link>"), ROOT),
        (FEED.format(""), ROOT),
        (JSON_FEED.format('"home_page_url": "https://news.example/world/",'), "https://news.example/world/"),
        (JSON_FEED.format(""), ROOT),
        (
            '[{"title": "A", "url": "/a", "date": "2025-02-01"}, {"title": "B", "url": "/b", "date": "2025-02-01"}]',
            ROOT,
        ),
        (SITEMAP, ROOT),
        ("<html><body><p>A page.</p></body></html>", None),
    ],
)
def test_the_home_of_a_listing_is_what_it_names_or_its_sites_root(document: str, home: str | None) -> None:
    assert listing_of(page_of(document, URL), ListingRules(), Context.of(None)).home_url == home
