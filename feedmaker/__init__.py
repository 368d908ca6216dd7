"""Clean RSS, Atom and JSON feeds of news sections that have none.

>>> import feedmaker
>>> entry = feedmaker.read_article(html, "https://news.example/story")
>>> listing = feedmaker.read_listing(html, "https://news.example/section/")
>>> outcomes = feedmaker.refresh(feedmaker.load_settings(Path("sources.yaml")))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedmaker.errors import FeedmakerError, FetchError, SettingsError, SourceError
from feedmaker.model import (
    Entry,
    Feed,
    Field,
    FieldRule,
    How,
    Image,
    ListedItem,
    Listing,
    ListingRules,
    Outcome,
    Page,
    Person,
    Result,
    Selector,
    Source,
)
from feedmaker.reading import read_article, read_listing
from feedmaker.refresh import refresh

if TYPE_CHECKING:
    from feedmaker.settings import Settings, load_settings

__all__ = [
    "Entry",
    "Feed",
    "FeedmakerError",
    "FetchError",
    "Field",
    "FieldRule",
    "How",
    "Image",
    "ListedItem",
    "Listing",
    "ListingRules",
    "Outcome",
    "Page",
    "Person",
    "Result",
    "Selector",
    "Settings",
    "SettingsError",
    "Source",
    "SourceError",
    "load_settings",
    "read_article",
    "read_listing",
    "refresh",
]


if not TYPE_CHECKING:  # to which every name would be one

    def __getattr__(name: str) -> object:
        """The settings' names, imported when they are asked for first: a program that only reads pages needs none."""
        if name not in ("Settings", "load_settings"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from feedmaker import settings

        return getattr(settings, name)
