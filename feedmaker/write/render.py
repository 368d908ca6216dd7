"""What stands in the output folder: the names of its files and the bytes that belong in them."""

from __future__ import annotations

from collections.abc import Sequence

from feedmaker.model import Feed
from feedmaker.write.jsonfeed import json_feed
from feedmaker.write.names import ATOM, JSON, RSS, address, document_name
from feedmaker.write.opml import opml
from feedmaker.write.page import companions, page
from feedmaker.write.printable import printable, uri
from feedmaker.write.syndication import atom, generator_of, rss


def file_names(name: str) -> tuple[str, ...]:
    """The names of the files that belong to the feed of a source."""
    return tuple(document_name(name, extension) for extension in (RSS, ATOM, JSON))


def archive_names(name: str, archive: int) -> tuple[str, ...]:
    """The names of the files of an archive of a feed, which RFC 5005 gives a form for RSS and Atom."""
    return tuple(document_name(name, extension, archive) for extension in (RSS, ATOM))


def file_address(base_url: str, name: str) -> str:
    """Where readers find a file of the output, in the very form in which feeds name themselves."""
    return address(uri(base_url), name)


def render_feed(feed: Feed) -> dict[str, bytes]:
    """The files of one feed by their names: ``<name>.rss``, ``<name>.atom`` and ``<name>.json``.

    The same feed gives the same bytes: there is no clock in them but that of its entries and ``changed_at``.
    """
    feed = printable(feed)
    generator = generator_of(feed)
    return dict(zip(file_names(feed.name), (rss(generator), atom(generator), json_feed(feed)), strict=True))


def render_archive(feed: Feed) -> dict[str, bytes]:
    """The files of one archive document by their names, ``<name>.archive.<number>.rss`` and ``.atom``."""
    assert feed.archive is not None
    names = archive_names(feed.name, feed.archive)
    generator = generator_of(printable(feed))
    return dict(zip(names, (rss(generator), atom(generator)), strict=True))


def render_overview(feeds: Sequence[Feed], *, base_url: str | None) -> dict[str, bytes]:
    """The files about all feeds, in the order given: ``feeds.opml``, ``index.html``, a style sheet and an icon."""
    feeds = [printable(feed) for feed in feeds]
    return {"feeds.opml": opml(feeds, base_url), "index.html": page(feeds), **companions()}
