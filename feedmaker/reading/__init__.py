"""Pages in, values out: extract, then normalise; here, or in processes apart that a page cannot hold up."""

from __future__ import annotations

from feedmaker.reading.apart import Apart
from feedmaker.reading.pages import (
    completed,
    entry_from_listed,
    entry_of,
    listing_of,
    read_article,
    read_listing,
)
from feedmaker.reading.readers import Reader, here

__all__ = [
    "Apart",
    "Reader",
    "completed",
    "entry_from_listed",
    "entry_of",
    "here",
    "listing_of",
    "read_article",
    "read_listing",
]
