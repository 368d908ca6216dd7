"""The list of all feeds as OPML 2.0 (http://opml.org/spec2.opml), which every reader imports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lxml import etree

from feedmaker.model import Feed
from feedmaker.write.elements import add
from feedmaker.write.names import RSS, address, document_name

if TYPE_CHECKING:
    from feedmaker.write.elements import Element

TITLE = "News feeds"


def opml(feeds: Sequence[Feed], base_url: str | None) -> bytes:
    """One outline a feed, those of a category in a folder of its name, where its first one stands.

    ``xmlUrl`` is absolute when ``base_url`` is known, and the file's name when it is not.
    """
    root = etree.Element("opml", version="2.0")
    add(add(root, "head"), "title", TITLE)
    body = add(root, "body")
    folders: dict[str, Element] = {}
    for feed in feeds:
        if feed.category and feed.category not in folders:
            folders[feed.category] = add(body, "outline", text=feed.category, title=feed.category)
        add(
            folders[feed.category] if feed.category else body,
            "outline",
            type="rss",
            text=feed.title,
            title=feed.title,
            xmlUrl=address(base_url, document_name(feed.name, RSS)),
            htmlUrl=feed.home_url,
        )
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
