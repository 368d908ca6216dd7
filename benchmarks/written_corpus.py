"""Whether feeds made of the articles of a corpus are valid to every rule, and read back to the same values.

A part of ``benchmarks.writing``. A corpus holds ``pages/<id>.html.gz`` and ``truth.jsonl``, of which the ids and
addresses are used. The rules are those of ``tests/write``: the W3C validator's messages, the schema of RFC 4287, that
of JSON Feed, and feedparser.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.reading_back import differences
from feedmaker import read_article
from feedmaker.errors import UnreadableArticle
from feedmaker.model import Entry, Feed, FeedEntry
from feedmaker.write import render_feed
from feedmaker.write.printable import printable
from tests.write.samples import BASE
from tests.write.test_valid import faults

CORPUS = Path(__file__).parents[2] / "shared/corpus/articles"
NOW = datetime.now(UTC).replace(microsecond=0)


def articles(corpus: Path, *, full: bool) -> Iterator[Entry]:
    """The entries of all pages that can be read."""
    for line in (corpus / "truth.jsonl").read_text("utf-8").splitlines():
        about = json.loads(line)
        page = gzip.decompress((corpus / "pages" / f"{about['id']}.html.gz").read_bytes())
        try:
            yield read_article(page, about["url"], now=NOW, content=full)
        except UnreadableArticle as error:
            print(f"  {about['id']}: {error}")


def feed_of(entries: list[Entry]) -> Feed:
    """One feed of these entries, newest first."""
    shown = [FeedEntry(entry, entry.published or NOW, entry.updated or entry.published or NOW) for entry in entries]
    shown.sort(key=lambda each: each.published, reverse=True)
    return Feed(
        "harbour-americas", "Articles", "https://example.org/", tuple(shown), base_url=BASE, ttl=timedelta(minutes=30)
    )


def report_corpus(corpus: Path, *, full: bool) -> None:
    """Print what is wrong with the feed of a corpus: nothing is right."""
    feed = feed_of(list(articles(corpus, full=full)))
    files = render_feed(feed)
    found = faults(feed, now=NOW)
    different = differences(replace(printable(feed), name=feed.name), files)
    sizes = ", ".join(f"{name.rpartition('.')[2]} {len(content):,} bytes" for name, content in files.items())
    print(f"{len(feed.entries)} articles, {'with their text' if full else 'with a summary'}: {sizes}")
    print(f"  faults: {len(found)}, not the same after reading back: {len(different)}")
    for kind, count in Counter(fault.partition(":")[0] for fault in found).most_common():
        print(f"    {count} {kind}, such as {next(fault for fault in found if fault.startswith(kind))[:200]}")
    for each in different[:10]:
        print(f"    {each}")
