"""Check the feeds in a folder as a stranger's reader would: feedparser finds no fault, lxml parses them, JSON is whole.

usage: check_feeds.py FOLDER
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import feedparser
import lxml.etree

ENDINGS = ("rss", "atom", "json")
FEWEST = 8  # entries that each of the demo's feeds has


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
    """Check all feeds; exit 1 with the reason where one has a fault or the three formats of a feed disagree."""
    folder = Path(sys.argv[1])
    found = [path for ending in ENDINGS for path in folder.glob(f"*.{ending}")]
    names = sorted({path.stem for path in found})
    if not names:
        sys.exit(f"{folder}: expected feeds, found none")
    for name in names:
        counts = {path.suffix: entries_of(path) for path in found if path.stem == name}
        if len(counts) != len(ENDINGS) or len(set(counts.values())) != 1 or min(counts.values()) < FEWEST:
            sys.exit(
                f"{folder}: expected {name} in three formats with the same {FEWEST} or more entries, found {counts}"
            )
        sys.stdout.write(f"{name}: {min(counts.values())} entries in each of {', '.join(counts)}, no fault\n")


if __name__ == "__main__":
    main()
