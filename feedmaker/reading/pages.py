"""The two functions that other programs call first, and the same for pages that have been fetched."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from feedmaker.extract.article import extract_article
from feedmaker.extract.listing import extract_listing
from feedmaker.model import Entry, Image, ListedItem, Listing, ListingRules, Page
from feedmaker.normalize import urls
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.normalize.entry import in_order, normalize_entry
from feedmaker.normalize.identity import entry_id
from feedmaker.normalize.listing import normalize_listing


def read_article(html: bytes | str, url: str, *, now: datetime | None = None, content: bool = False) -> Entry:
    """Read the metadata of an article's page, and its text as clean HTML if ``content`` is set.

    ``url`` is the absolute address that the page was served from; ``now`` (aware; a naive one is UTC) is the moment
    of reading, which words such as "yesterday" are counted from. A page that offers nothing gives an entry with
    nothing but its address.
    """
    with _uncollected():
        return entry_of(page_of(html, url), Context.of(now), content=content)


def read_listing(
    html: bytes | str, url: str, *, rules: ListingRules | None = None, now: datetime | None = None
) -> Listing:
    """Read the entries that a listing page shows, in the page's order; ``rules`` narrow what is found by itself.

    A page on which no list is found gives a listing without items, whose ``how`` says so. Raises RuleMatchesNothing
    for a rule that selects nothing.
    """
    with _uncollected():
        return listing_of(page_of(html, url), rules or ListingRules(), Context.of(now))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Put off the search for cycles of garbage until a page has been read and freed.

    It would look several times at thousands of elements that are all in use, which takes a twentieth of the time, and
    find nothing: they make no cycles. Where it is off already, by another reading thread or by the caller, it stays so.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def listing_of(page: Page, rules: ListingRules, context: Context) -> Listing:
    """The same as ``read_listing`` for a page that has been fetched."""
    return normalize_listing(extract_listing(page, rules), context)


def entry_of(page: Page, context: Context, *, content: bool = False, listed: ListedItem | None = None) -> Entry:
    """The same as ``read_article`` for a page that has been fetched; what it leaves open is taken from the listing."""
    entry = normalize_entry(extract_article(page, content=content), context)
    return completed(entry, listed) if listed else entry


def entry_from_listed(listed: ListedItem) -> Entry:
    """An entry of the listing alone, for a source that follows no article or an article that cannot be read."""
    return completed(Entry(id=entry_id(listed.url), url=listed.url), listed)


def completed(entry: Entry, listed: ListedItem) -> Entry:
    """The entry with what only the listing shows; where both have a value, the article knows itself better.

    Only a person that the listing names comes before a publisher that the article names as its author.
    """
    is_unsigned = [person.name for person in entry.authors] in ([], [entry.publisher])
    shown: dict[str, object] = {
        "title": listed.title,
        "summary": listed.summary,
        "published": listed.published,
        "images": (_encoded(listed.image),) if listed.image else (),
        "authors": listed.authors,
        "tags": listed.tags,
    }
    left_open = {name for name in shown if not getattr(entry, name)} | ({"authors"} if is_unsigned else set())
    added = {name: value for name, value in shown.items() if value and name in left_open}
    places = {name: f"listing {listed.provenance.get(name, '')}".rstrip() for name in added}
    unread = None if entry.published or listed.published else entry.unread_date or listed.unread_date
    provenance = {**entry.provenance, **places}
    return in_order(replace(entry, **added, provenance=provenance, unread_date=unread))  # type: ignore[arg-type]


def _encoded(image: Image) -> Image:
    """A listing's picture with its address in ASCII, as entries have them."""
    return image if image.url.isascii() else replace(image, url=urls.absolute(image.url, image.url) or image.url)
