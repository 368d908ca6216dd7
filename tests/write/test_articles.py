"""Feeds of articles as they are read from pages are valid, whatever the pages hold."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from feedmaker.model import Entry, Feed, FeedEntry
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.reading import entry_of
from tests.write.samples import BASE
from tests.write.test_valid import faults

CASES = Path(__file__).parents[1] / "cases"
FOLDERS = sorted(
    file.parent for file in CASES.glob("*/*/meta.json") if json.loads(file.read_text("utf-8"))["kind"] == "article"
)


def read(folder: Path, *, full: bool) -> tuple[Entry, datetime]:
    """The entry of a saved page, and the time at which it was read."""
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    page = page_of((folder / "page.html").read_bytes(), meta["url"], meta.get("headers", {}))
    now = datetime.fromisoformat(meta["now"])
    return entry_of(page, Context.of(now, None), content=full), now


@pytest.mark.parametrize("full", [False, True], ids=["summary", "text"])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_an_article_is_written_as_valid_feeds(folder: Path, full: bool) -> None:
    entry, now = read(folder, full=full)
    published = min(entry.published or now, now)
    shown = FeedEntry(entry, published, max(published, min(entry.updated or published, now)))
    feed = Feed("harbour-americas", "Articles", "https://example.org/", (shown,), base_url=BASE)
    assert faults(feed, now=now) == []
