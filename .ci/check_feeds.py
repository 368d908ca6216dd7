"""Check the feeds in a folder as a stranger's reader would: feedparser finds no fault, lxml parses them, JSON is whole.

usage: check_feeds.py FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import feedparser
import lxml.etree


def entries_of(path: Path) -> int:
    """The number of entries of a feed; raises or exits where the feed has a fault."""
    content = path.read_bytes()
    if path.suffix == ".json":
        return len(json.loads(content)["items"])
    lxml.etree.fromstring(content)
    parsed = feedparser.parse(content)
    if parsed.bozo:
        sys.exit(f"{path}: feedparser finds a fault: {parsed.bozo_exception}")
    return len(parsed.entries)


def main() -> None:
    """Check all feeds; exit 1 with the reason where one has a fault or the formats disagree."""
    folder = Path(sys.argv[1])
    stories = {path: entries_of(path) for ending in ("rss", "atom", "json") for path in folder.glob(f"*.{ending}")}
    counts = set(stories.values())
    if len(stories) < 3 or len(counts) != 1 or min(counts) < 8:
        sys.exit(f"{folder}: expected three feeds with the same stories, at least 8, but found {stories}")
    for path, count in stories.items():
        sys.stdout.write(f"{path}: {count} entries, no fault\n")


if __name__ == "__main__":
    main()
