"""The list of all feeds as OPML 2.0 (http://opml.org/spec2.opml), which every reader imports."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from feedmaker.model import Feed
from feedmaker.write.names import address

TITLE = "News feeds"


def opml(feeds: Sequence[Feed], base_url: str | None) -> bytes:
    """One outline a feed; ``xmlUrl`` is absolute when ``base_url`` is known and the file's name when it is not."""
    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = TITLE
    body = etree.SubElement(root, "body")
    for feed in feeds:
        outline = {
            "type": "rss",
            "text": feed.title,
            "title": feed.title,
            "xmlUrl": address(base_url, f"{feed.name}.rss"),
            "htmlUrl": feed.home_url,
        }
        etree.SubElement(body, "outline", outline)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
