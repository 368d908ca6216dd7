"""The extension that feedgen calls while it writes, and that mends or adds what feedgen gets wrong."""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

from lxml import etree

from feedmaker.model import Feed, FeedEntry
from feedmaker.write.content import content_html
from feedmaker.write.dates import EPOCH, rfc822, rfc3339
from feedmaker.write.names import address

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"


def add(parent: Element, tag: str, value: str | None = None, **attributes: str | int | None) -> Element:
    """A new last child; attributes that are None are left out."""
    kept = {name: str(item) for name, item in attributes.items() if item is not None}
    child = etree.SubElement(parent, tag, kept)
    child.text = value
    return child


@cache
def mended_classes() -> tuple[type, type]:
    """The classes to register with feedgen, which is imported only when a feed is written."""
    from feedgen.ext.base import BaseEntryExtension, BaseExtension

    class Mended(BaseExtension):  # type: ignore[misc]
        feed: Feed

        def extend_ns(self) -> dict[str, str]:
            return {"dc": DC[1:-1], "media": MEDIA[1:-1]}

        def extend_atom(self, root: Element) -> Element:
            mend_atom_feed(root, self.feed)
            return root

        def extend_rss(self, root: Element) -> Element:
            mend_channel(root[0], self.feed)
            return root

    class MendedEntry(BaseEntryExtension):  # type: ignore[misc]
        shown: FeedEntry

        def extend_atom(self, element: Element) -> Element:
            mend_atom_entry(element, self.shown)
            return element

        def extend_rss(self, element: Element) -> Element:
            mend_item(element, self.shown)
            return element

    return Mended, MendedEntry


def mend_atom_feed(root: Element, feed: Feed) -> None:
    if feed.base_url:
        own = address(feed.base_url, f"{feed.name}.atom")
        add(root, f"{ATOM}link", href=own, rel="self", type="application/atom+xml")


def mend_channel(channel: Element, feed: Feed) -> None:
    if feed.base_url:
        own = address(feed.base_url, f"{feed.name}.rss")
        add(channel, f"{ATOM}link", href=own, rel="self", type="application/rss+xml")
    if feed.ttl:
        add(channel, "ttl", str(max(1, round(feed.ttl.total_seconds() / 60))))
    add(channel, "lastBuildDate", rfc822(feed.updated or EPOCH))


def mend_atom_entry(element: Element, shown: FeedEntry) -> None:
    element.find("updated").text = rfc3339(shown.updated)  # type: ignore[union-attr]
    add(element, "published", rfc3339(shown.published))


def mend_item(element: Element, shown: FeedEntry) -> None:
    entry = shown.entry
    if entry.summary:
        add(element, "description", escape(entry.summary, quote=False))
    add(element, f"{CONTENT}encoded", content_html(entry))
    add(element, "pubDate", rfc822(shown.published))
    for person in entry.authors:
        add(element, f"{DC}creator", person.name)
    for tag in entry.tags:
        add(element, "category", tag)
