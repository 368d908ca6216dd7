"""A source read once, without anything of it being remembered or written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from feedmaker.fetch import Fetcher
from feedmaker.model import Entry, Listing, Source
from feedmaker.normalize.context import Context
from feedmaker.refresh.following import Follower
from feedmaker.refresh.listing_pages import ListingPages
from feedmaker.refresh.selection import selected
from feedmaker.refresh.services import SourceWeb


@dataclass(frozen=True, slots=True)
class Look:
    """The listing of a source, the entries that its feed would have, and what could not be read."""

    listing: Listing
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()


def look_at(source: Source, web: Fetcher, now: datetime, *, limit: int | None = None) -> Look:
    """Read a source as if for the first time; of a long list only the first ``limit`` items. Raises SourceError."""
    context = Context.of(now, source.timezone)
    source_web = SourceWeb(source, web)
    pages = ListingPages(source, source_web, context)
    listing = pages.read(source_web.listing_page(source.url))
    follower = Follower(source, source_web, context)
    found = follower.follow(listing.items[:limit], {}).values()
    entries = tuple(each.entry for each in selected(source.filters, found, context.now))
    return Look(listing, entries, (*pages.warnings, *follower.warnings))
