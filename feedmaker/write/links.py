"""The links of a feed's document to itself, to its hub, and to the documents with its other entries (RFC 5005)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from feedmaker.model import Feed
from feedmaker.write.elements import HISTORY_NS, add
from feedmaker.write.names import MEDIA_TYPES, address, document_name

if TYPE_CHECKING:
    from feedmaker.write.elements import Element


def add_links(parent: Element, tag: str, feed: Feed, extension: str) -> None:
    """Atom links, in either format, and the mark of an archive.

    An archive has no link to the next newer one, which RFC 5005 recommends: that one does not exist yet when an archive
    is written, and an archive does not change afterwards.
    """
    for rel, name in _documents(feed, extension):
        add(parent, tag, href=address(feed.base_url, name), rel=rel, type=MEDIA_TYPES[extension])
    if feed.hub:
        add(parent, tag, href=feed.hub, rel="hub")
    if feed.archive is not None:
        add(parent, f"{{{HISTORY_NS}}}archive")


def _documents(feed: Feed, extension: str) -> Iterator[tuple[str, str]]:
    if feed.base_url:
        yield "self", document_name(feed.name, extension, feed.archive)
    if feed.archive is not None:
        yield "current", document_name(feed.name, extension)
    if feed.previous_archive is not None:
        yield "prev-archive", document_name(feed.name, extension, feed.previous_archive)
