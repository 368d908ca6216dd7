"""Clean RSS, Atom and JSON feeds of news sections that have none.

>>> import feedmaker
>>> entry = feedmaker.read_article(html, "https://news.example/story")
>>> listing = feedmaker.read_listing(html, "https://news.example/section/")
>>> outcomes = feedmaker.refresh(feedmaker.load_settings(Path("sources.yaml")))
"""

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
