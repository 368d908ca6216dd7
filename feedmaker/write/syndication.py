"""RSS 2.0 and Atom (RFC 4287), by feedgen, with its faults mended by an extension of our own.

feedgen writes what is the same in both formats and needs no care: titles, ids, the address of the article. What it gets
wrong is written by ``extension`` instead, which it calls at the end of each channel, feed, item and entry.
"""

from __future__ import annotations

from feedmaker.model import Feed
from feedmaker.write.dates import EPOCH
from feedmaker.write.extension import mended_classes
from feedmaker.write.names import feed_id, headline


def atom_and_rss(feed: Feed) -> tuple[bytes, bytes]:
    """The feed in both formats, as UTF-8 XML."""
    from feedgen.entry import FeedEntry as GeneratedEntry
    from feedgen.feed import FeedGenerator

    generator = FeedGenerator()
    generator.register_extension("mended", *mended_classes())
    generator.mended.feed = feed
    generator.id(feed_id(feed))
    generator.title(feed.title)
    generator.link(href=feed.home_url, rel="alternate")
    generator.description(feed.description or feed.title)
    generator.language(feed.language)
    generator.generator("Feedmaker")
    generator.updated(feed.updated or EPOCH)
    # feedgen would format this date by switching the locale of the whole process, under the feet of other threads.
    generator._FeedGenerator__rss_lastBuildDate = None  # noqa: SLF001
    for shown in feed.entries:
        generated = generator.add_entry(GeneratedEntry(), order="append")
        generated.mended.shown = shown
        generated.id(shown.entry.id)
        generated.title(headline(shown.entry))
        generated.updated(shown.updated)
        generated.link(href=shown.entry.url, rel="alternate")
    return generator.atom_str(pretty=True) + b"\n", generator.rss_str(pretty=True) + b"\n"
