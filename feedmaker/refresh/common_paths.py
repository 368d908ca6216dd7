"""Where feeds lie that no page announces."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urljoin

from feedmaker.model import Page

_BESIDE = ("feed/", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json")
_AT_THE_ROOT = ("/feed/", "/feed.xml", "/rss.xml", "/atom.xml", "/index.xml", "/rss")


def feed_addresses(page: Page) -> Iterator[str]:
    """Addresses at which a feed may lie, beside a section and then at its site's root; none for what is no page."""
    if page.tree.find("body") is not None:
        yield from dict.fromkeys(urljoin(page.url, path) for path in (*_BESIDE, *_AT_THE_ROOT))
