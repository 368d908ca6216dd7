"""What writing a feed costs: milliseconds and bytes a format, beside feedgen alone, and whether it reads back the same.

    python -m benchmarks.writing [ENTRIES] [CORPUS]

Times are processor time, the best of five runs. "feedgen alone" is the same feed through feedgen's own calls, without
the extension that mends its faults, so with them and without Media RSS. Reading back is done by feedparser and json.
The articles of CORPUS (``pages/<id>.html.gz`` and ``truth.jsonl``) are then written as one feed and held to every rule.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from feedgen.feed import FeedGenerator

from benchmarks.reading_back import differences
from benchmarks.written_corpus import CORPUS, report_corpus
from feedmaker.model import Entry, Feed, FeedEntry, Image, Person
from feedmaker.write import render_feed
from feedmaker.write.content import content_html
from feedmaker.write.jsonfeed import json_feed
from feedmaker.write.printable import printable
from feedmaker.write.syndication import atom, generator_of, rss

T = TypeVar("T")

NEWEST = datetime(2025, 2, 6, 18, 52, tzinfo=UTC)
SUMMARY = "The northern ports stayed open through January, for the first time since records began & were believed."
TEXT = f"<p>{SUMMARY.replace('&', '&amp;')}</p>" * 12


def sample(count: int, *, full: bool) -> Feed:
    """A feed of ``count`` entries as a news section has them; ``full`` ones with a text of 1.3 kB."""
    return Feed(
        name="harbour-americas",
        title="Harbour Post: Americas",
        home_url="https://harbour.example/americas/",
        description="News of the ports",
        language="en",
        entries=tuple(_entry(number, full=full) for number in range(count)),
        base_url="https://feeds.example.org/",
        ttl=timedelta(minutes=15),
    )


def _entry(number: int, *, full: bool) -> FeedEntry:
    address = f"https://harbour.example/20250206/harbour-towns-count-the-cost-{number}.html"
    picture = f"https://img.harbour.example/{number}/pier-1920x1080.jpg"
    entry = Entry(
        id=address,
        url=address,
        title=f"Harbour towns count the cost of winter {number}",
        summary=SUMMARY,
        content_html=TEXT if full else None,
        authors=(Person("Ingrid Solheim", "https://harbour.example/people/solheim"), Person("Marek Dvořák")),
        tags=("harbours", "climate & ice", "fishing", "Northland"),
        language="en",
        publisher="Harbour Post",
        images=(Image(picture, 1920, 1080, "The pier at dusk", None, "© Northlight / J. Aune", "image/jpeg"),),
    )
    moment = NEWEST - timedelta(minutes=7 * number)
    return FeedEntry(entry, moment, moment)


def feedgen_alone(feed: Feed) -> Any:
    """The same feed through feedgen's own calls."""
    generator = FeedGenerator()
    generator.load_extension("dc")
    generator.id(feed.home_url)
    generator.title(feed.title)
    generator.description(feed.description)
    generator.link(href=feed.home_url, rel="alternate")
    generator.language(feed.language)
    for shown in feed.entries:
        entry = generator.add_entry(order="append")
        entry.guid(shown.entry.id, permalink=True)
        entry.title(shown.entry.title)
        entry.link(href=shown.entry.url, rel="alternate")
        entry.published(shown.published)
        entry.updated(shown.updated)
        entry.summary(shown.entry.summary)
        entry.content(content_html(shown.entry), type="html")
        entry.author([{"name": person.name} for person in shown.entry.authors])
        entry.dc.dc_creator([person.name for person in shown.entry.authors])
        entry.category([{"term": tag} for tag in shown.entry.tags])
        entry.enclosure(shown.entry.images[0].url, 0, "image/jpeg")
    return generator


def best(action: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds of processor time of the fastest of five runs, and what it gave."""
    times = []
    for _ in range(5):
        start = time.process_time()
        result = action()
        times.append(time.process_time() - start)
    return min(times) * 1000, result


def report(count: int, *, full: bool) -> None:
    """Print the figures for one kind of feed."""
    feed = sample(count, full=full)
    render_feed(sample(3, full=full))  # imports and templates
    all_ms, files = best(lambda: render_feed(feed))
    clean_ms, clean = best(lambda: printable(feed))
    build_ms, generator = best(lambda: generator_of(clean))
    print(
        f"\n{count} entries, {'with their text' if full else 'with a summary'}: {all_ms:.0f} ms for all three formats"
    )
    print(f"  made printable {clean_ms:.1f} ms, handed to feedgen {build_ms:.1f} ms")
    for name, (ms, content) in {
        "RSS": best(lambda: rss(generator)),
        "Atom": best(lambda: atom(generator)),
        "JSON": best(lambda: json_feed(clean)),
    }.items():
        print(f"  {name:<5} {ms:7.1f} ms {len(content):>11,} bytes")
    alone_ms, alone = best(lambda: feedgen_alone(feed))
    rss_ms, rss_alone = best(lambda: alone.rss_str(pretty=True))
    atom_ms, atom_alone = best(lambda: alone.atom_str(pretty=True))
    print(f"  feedgen alone: filled {alone_ms:.1f} ms")
    print(f"  RSS   {rss_ms:7.1f} ms {len(rss_alone):>11,} bytes")
    print(f"  Atom  {atom_ms:7.1f} ms {len(atom_alone):>11,} bytes")
    ours = clean_ms + build_ms + best(lambda: rss(generator))[0] + best(lambda: atom(generator))[0]
    print(f"  both XML formats, ours to feedgen alone: {ours / (alone_ms + rss_ms + atom_ms):.2f}")
    different = differences(feed, files)
    print(f"  read back by feedparser and json: {'the same values' if not different else different[:5]}")


if __name__ == "__main__":
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    corpus = Path(sys.argv[2]) if len(sys.argv) > 2 else CORPUS
    for is_full in (False, True):
        report(entries, full=is_full)
    for is_full in (False, True):
        if corpus.is_dir():
            report_corpus(corpus, full=is_full)
