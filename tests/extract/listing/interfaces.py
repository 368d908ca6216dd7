"""Addresses of our own that answer with JSON, and how tests read them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from feedmaker.extract.listing import extract_listing
from feedmaker.model import Listing, ListingDraft, ListingRules
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.normalize.listing import normalize_listing

URL = "https://www.mole-post.example/api/stories"
DAY = datetime(2025, 2, 6, 17, 52, tzinfo=UTC)
STORIES = [{"url": f"/{n}", "title": f"Story {n}", "date": "2025-02-06T17:52:00Z"} for n in range(3)]


def drafts(document: object, headers: dict[str, str] | None = None, **rules: object) -> ListingDraft:
    page = page_of(json.dumps(document), URL, headers)
    return extract_listing(page, ListingRules(**rules))  # type: ignore[arg-type]


def listed(document: object, headers: dict[str, str] | None = None, **rules: object) -> Listing:
    return normalize_listing(drafts(document, headers, **rules), Context(datetime(2025, 2, 8, tzinfo=UTC)))
