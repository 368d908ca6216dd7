"""Feeds that were written, read again: what is in them is all that is left when the state is lost.

Only documents of ours are read here, in the form in which ``jsonfeed`` and ``atom`` write them; those of others are
read by ``feedmaker.extract``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from lxml import etree

from feedmaker.model import Entry, FeedEntry, Image, Person
from feedmaker.write.content import content_html, figure, without_direction
from feedmaker.write.elements import DC_NS
from feedmaker.write.media import MEDIA_NS

if TYPE_CHECKING:
    from feedmaker.write.elements import Element

ATOM_NS = "http://www.w3.org/2005/Atom"
_NAMESPACES = {"a": ATOM_NS, "dc": DC_NS, "media": MEDIA_NS}
_PREVIOUS = re.compile(rb'<link(?=[^>]*rel="prev-archive")[^>]*\.archive\.(\d+)\.atom')
_DATES = ("published", "updated")
_IMAGE = ("url", "width", "height", "alt", "caption", "credit", "type", "length")


@dataclass(frozen=True, slots=True)
class WrittenFeed:
    """What a JSON Feed of ours says of itself, the address that it was made from, and its entries in order."""

    source_url: str
    title: str
    description: str | None
    language: str | None
    entries: tuple[FeedEntry, ...]


def written_feed(content: bytes) -> WrittenFeed:
    """The feed in a JSON file. Raises ValueError for what we cannot have written."""
    try:
        head = json.loads(content)
        entries = tuple(_entry_of_json(item) for item in head["items"])
        source_url = head.get("_feedmaker", {}).get("source_url", head["home_page_url"])
        return WrittenFeed(source_url, head["title"], head.get("description"), head.get("language"), entries)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no JSON Feed of Feedmaker's: {error!r}") from error


def newest_archive(content: bytes) -> int | None:
    """The number of the archive that an Atom feed links as the one before itself."""
    found = _PREVIOUS.search(content)
    return int(found[1]) if found else None


def archived_entries(content: bytes, archive: int) -> tuple[FeedEntry, ...]:
    """The entries of an archive, by its Atom document. Raises ValueError for what we cannot have written."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
        entries = root.findall("a:entry", _NAMESPACES)
        return tuple(replace(_entry_of_atom(element), archive=archive) for element in entries)
    except (etree.XMLSyntaxError, AttributeError, TypeError) as error:
        raise ValueError(f"no Atom document of Feedmaker's: {error!r}") from error


def _entry_of_json(item: Mapping[str, Any]) -> FeedEntry:
    more = item.get("_feedmaker", {})
    entry = Entry(
        id=item["id"],
        url=item["url"],
        title=item.get("title"),
        summary=item.get("summary"),
        authors=tuple(Person(each["name"], each.get("url")) for each in item.get("authors", ())),
        tags=tuple(item.get("tags", ())),
        section=more.get("section"),
        language=item.get("language"),
        publisher=more.get("publisher"),
        images=tuple(Image(**{name: each.get(name) for name in _IMAGE}) for each in more.get("images", ())),
        is_free=more.get("is_free"),
    )
    published, updated = (datetime.fromisoformat(item[name]) for name in ("date_published", "date_modified"))
    is_seen = bool(more.get("is_date_first_seen"))
    return _dated(_with_content(entry, item["content_html"]), published, updated, is_date_first_seen=is_seen)


def _entry_of_atom(element: Element) -> FeedEntry:
    link = element.find("a:link[@rel='alternate']", _NAMESPACES)
    assert link is not None
    entry = Entry(
        id=_text(element, "a:id") or "",
        url=link.get("href", ""),
        title=_text(element, "a:title"),
        summary=_text(element, "a:summary"),
        authors=tuple(
            Person(_text(each, "a:name") or "", _text(each, "a:uri"))
            for each in element.findall("a:author", _NAMESPACES)
        ),
        tags=tuple(each.get("term", "") for each in element.findall("a:category", _NAMESPACES)),
        language=element.get("{http://www.w3.org/XML/1998/namespace}lang"),
        publisher=_text(element, "dc:publisher"),
        images=tuple(_images(element)),
    )
    published, updated = (
        datetime.fromisoformat(_text(element, f"a:{name}") or "") for name in ("published", "updated")
    )
    return _dated(_with_content(entry, element.findtext("a:content", "", _NAMESPACES)), published, updated)


def _dated(entry: Entry, published: datetime, updated: datetime, *, is_date_first_seen: bool = False) -> FeedEntry:
    """With the dates of a feed, where the date of an update is that of the publication if there is no other."""
    entry = replace(
        entry, published=None if is_date_first_seen else published, updated=updated if updated > published else None
    )
    return FeedEntry(entry, published, updated, is_date_first_seen)


def _with_content(entry: Entry, shown: str) -> Entry:
    """With the text of its own, if what is shown is more than its picture and its summary."""
    if shown == content_html(entry):
        return entry
    lead = figure(entry.images[0]) if entry.images else ""
    own = replace(entry, content_html=without_direction(shown).removeprefix(lead))
    return own if content_html(own) == shown else replace(entry, content_html=shown)


def _images(element: Element) -> Iterator[Image]:
    for content in element.iterfind(".//media:content", _NAMESPACES):
        yield Image(
            content.get("url", ""),
            width=_number(content.get("width")),
            height=_number(content.get("height")),
            credit=_text(content, "media:credit"),
            caption=_text(content, "media:description"),
            type=content.get("type"),
            length=_number(content.get("fileSize")),
        )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _text(element: Element, path: str) -> str | None:
    """The plain text of a text construct, which may be declared as HTML."""
    found = element.find(path, _NAMESPACES)
    if found is None or not found.text:
        return None
    return unescape(found.text) if found.get("type") == "html" else str(found.text)
