"""Feeds of our own, and how tests read them."""

from __future__ import annotations

from datetime import UTC, datetime

from feedmaker.extract.listing import extract_listing
from feedmaker.model import Draft, FieldRule, ListedItem, Listing, ListingDraft, ListingRules
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.normalize.listing import normalize_listing
from feedmaker.settings.selectors import split_selector

URL = "https://www.mole-post.example/feed"
NOW = Context(datetime(2025, 2, 8, 12, tzinfo=UTC))
DAY = datetime(2025, 2, 6, 17, 52, tzinfo=UTC)
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def drafts(text: str | bytes, **rules: object) -> ListingDraft:
    return extract_listing(page_of(text, URL), ListingRules(**rules))  # type: ignore[arg-type]


def listed(text: str | bytes, **rules: object) -> Listing:
    return normalize_listing(drafts(text, **rules), NOW)


def rss(items: str, head: str = "") -> str:
    return f'<rss version="2.0" {MEDIA} {DC}><channel><title>Mole Post</title>{head}{items}</channel></rss>'


def item(inner: str = "", link: str = "<link>/1</link>") -> ListedItem:
    (only,) = listed(rss(f"<item>{link}<title>The bell returns</title>{inner}</item>")).items
    return only


def entry(inner: str) -> Draft:
    (only,) = drafts(rss(f"<item><link>/1</link>{inner}</item>")).items
    return only


def rule(select: str = "", **options: str) -> FieldRule:
    return FieldRule((split_selector(select),) if select else (), **options)
