"""What Atom (RFC 4287) needs beyond what feedgen writes of it.

Elements of the feed have no namespace here: feedgen declares Atom's as an attribute of the root.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from feedmaker.model import Feed, FeedEntry
from feedmaker.write.content import content_html
from feedmaker.write.dates import NEVER, rfc3339
from feedmaker.write.elements import DC_NS, XML_LANG, add, drop
from feedmaker.write.links import add_links
from feedmaker.write.markup import typed
from feedmaker.write.media import add_media, media_type
from feedmaker.write.names import ATOM, atom_id, headline

if TYPE_CHECKING:
    from feedmaker.write.elements import Element


def mend_feed(root: Element, feed: Feed) -> None:
    """Dates without offset, links to itself and others, and an author where an entry has none (section 4.1.1)."""
    _set_text(root, "title", feed.title)
    drop(root, "subtitle")
    if feed.description:
        _set_text(root, "subtitle", feed.description)
    drop(root, "updated")
    add(root, "updated", rfc3339(feed.updated or NEVER))
    if feed.icon:  # icons are square (section 4.2.5)
        add(root, "icon" if feed.icon.width == feed.icon.height else "logo", feed.icon.url)
    add_links(root, "link", feed, ATOM)
    if not all(shown.entry.authors for shown in feed.entries) or not feed.entries:
        add(add(root, "author"), "name", _author(feed))


def _author(feed: Feed) -> str:
    """Who stands for entries without authors: the publisher that most of them name, or the section itself."""
    publishers = Counter(shown.entry.publisher for shown in feed.entries if shown.entry.publisher)
    return min(publishers, key=lambda name: (-publishers[name], name)) if publishers else feed.title


def mend_entry(element: Element, shown: FeedEntry, feed: Feed) -> None:
    """All of an entry but the address of its link."""
    entry = shown.entry
    drop(element, "id")
    add(element, "id", atom_id(entry))
    if entry.language and entry.language != feed.language:
        element.set(XML_LANG, entry.language)
    _set_text(element, "title", headline(entry))
    drop(element, "updated")
    add(element, "updated", rfc3339(shown.updated))
    add(element, "published", rfc3339(shown.published))
    for person in entry.authors:
        author = add(element, "author")
        add(author, "name", person.name)
        if person.url:
            add(author, "uri", person.url)
    for tag in entry.tags:
        add(element, "category", term=tag)
    if entry.publisher:
        add(element, f"{{{DC_NS}}}publisher", entry.publisher)
    if entry.summary:
        _set_text(element, "summary", entry.summary)
    add(element, "content", content_html(entry), type="html")
    _mend_links(element, shown)


def _mend_links(element: Element, shown: FeedEntry) -> None:
    """feedgen drops rel, type and length of an entry's links."""
    alternate = element.find("link")
    assert alternate is not None
    alternate.set("rel", "alternate")
    alternate.set("type", "text/html")
    if images := shown.entry.images:
        lead = images[0]
        add(element, "link", href=lead.url, rel="enclosure", type=media_type(lead), length=lead.length or None)
        add_media(element, images)


def _set_text(parent: Element, tag: str, plain: str) -> None:
    """A text construct (section 3.1), declared as HTML only where plain text would be mistaken for it."""
    words, kind = typed(plain)
    element = parent.find(tag)
    if element is None:
        element = add(parent, tag)
    element.text = words
    if kind:
        element.set("type", kind)
