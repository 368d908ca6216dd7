"""RSS 2.0 and Atom (RFC 4287), by feedgen, with its faults mended by an extension of our own.

feedgen writes what is the same in both formats and needs no care: ids, addresses, the frame. What it gets wrong is
written by ``rss`` and ``atom``, which it calls at the end of each channel, feed, item and entry: it drops rel, type
and length of an entry's links, declares HTML as "CDATA", lets a description overwrite the content, knows no hub, stamps
feeds with the time of writing, and formats dates by switching the locale of the whole process.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from feedmaker.model import Feed, FeedEntry
from feedmaker.write.atom import mend_entry, mend_feed
from feedmaker.write.dates import NEVER
from feedmaker.write.elements import DC_NS, HISTORY_NS
from feedmaker.write.media import MEDIA_NS
from feedmaker.write.names import STYLESHEET, feed_id, headline
from feedmaker.write.rss import mend_channel, mend_item

if TYPE_CHECKING:
    from feedmaker.write.elements import Element

_PLAIN_IN_RSS = re.compile(rb"<(?:title|description|category)>[^<]*")
_PLAIN_IN_ATOM = re.compile(rb"<name>[^<]*")
_INSTRUCTION = f'<?xml-stylesheet type="text/css" href="{STYLESHEET}"?>\n'.encode()


def generator_of(feed: Feed) -> Any:
    """feedgen's own form of a feed, for ``rss`` and ``atom``."""
    generator = _generator(feed)
    for shown in feed.entries:
        _add_entry(generator, shown, feed)
    return generator


def rss(generator: Any) -> bytes:
    """The feed as RSS 2.0, in UTF-8."""
    return _finished(generator.rss_str(pretty=True), _PLAIN_IN_RSS)


def atom(generator: Any) -> bytes:
    """The feed as Atom, in UTF-8."""
    return _finished(generator.atom_str(pretty=True), _PLAIN_IN_ATOM)


class FeedExtension:
    """What feedgen calls for a feed; it makes an object itself and takes no arguments, so the feed is set later."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        """The namespaces to declare, by their customary prefixes."""
        namespaces = {"dc": DC_NS, "media": MEDIA_NS}
        return namespaces if self.feed.archive is None else {**namespaces, "fh": HISTORY_NS}

    def extend_atom(self, root: Element) -> Element:
        """Mend an Atom feed."""
        mend_feed(root, self.feed)
        return root

    def extend_rss(self, root: Element) -> Element:
        """Mend the channel of an RSS feed."""
        mend_channel(root[0], self.feed)
        return root


class EntryExtension:
    """What feedgen calls for an entry."""

    shown: FeedEntry
    feed: Feed

    def extend_atom(self, element: Element) -> Element:
        """Mend an Atom entry."""
        mend_entry(element, self.shown, self.feed)
        return element

    def extend_rss(self, element: Element) -> Element:
        """Mend an RSS item."""
        mend_item(element, self.shown, self.feed)
        return element


def _generator(feed: Feed) -> Any:
    from feedgen.feed import FeedGenerator

    generator = FeedGenerator()
    generator.register_extension("mended", FeedExtension, EntryExtension)
    generator.mended.feed = feed
    generator.id(feed_id(feed))
    generator.title(feed.title)
    generator.description(feed.title)
    generator.link(href=feed.home_url, rel="alternate", type="text/html")
    generator.language(feed.language)
    generator.generator("Feedmaker")
    generator.updated(NEVER)
    # By default the time of writing, formatted through the process' locale; there is no public way to unset it.
    generator._FeedGenerator__rss_lastBuildDate = None  # noqa: SLF001
    return generator


def _add_entry(generator: Any, shown: FeedEntry, feed: Feed) -> None:
    entry = generator.add_entry(order="append")
    entry.mended.shown, entry.mended.feed = shown, feed
    entry.guid(shown.entry.id, permalink=shown.entry.id == shown.entry.url)
    entry.title(headline(shown.entry))
    entry.updated(NEVER)
    entry.link(href=shown.entry.url, rel="alternate")


def _finished(xml: bytes, plain: re.Pattern[bytes]) -> bytes:
    """With a link to the style sheet that makes a browser show the feed to people, and safe references in plain texts.

    Elements that cannot declare their type have "&" and "<" as the RSS Profile recommends: readers that decode twice
    leave these alone, and the W3C validator knows by them that they are meant.
    """
    declaration, _, rest = xml.partition(b"\n")
    rest = plain.sub(lambda found: found[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;"), rest)
    return declaration + b"\n" + _INSTRUCTION + rest
