"""Pages in, values out: extract, then normalise. The two functions that other programs call first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from feedmaker.extract.article import extract_article
from feedmaker.extract.listing import extract_listing
from feedmaker.model import Candidate, Draft, Entry, ListedItem, Listing, ListingRules, Page, RawImage, RawPerson
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.normalize.entry import normalize_entry
from feedmaker.normalize.listing import normalize_listing


T = TypeVar("T")


def read_article(html: bytes | str, url: str, *, now: datetime | None = None, content: bool = False) -> Entry:
    """Read the metadata of an article's page, and its text as clean HTML if ``content`` is set.

    ``url`` is the absolute address that the page was served from; ``now`` (aware; a naive one is UTC) is the moment
    of reading, which words such as "yesterday" are counted from. A page that offers nothing gives an entry with
    nothing but its address.
    """
    return entry_of(page_of(html, url), Context.of(now), content=content)


def read_listing(
    html: bytes | str, url: str, *, rules: ListingRules | None = None, now: datetime | None = None
) -> Listing:
    """Read the entries that a listing page shows, in the page's order; ``rules`` narrow what is found by itself.

    A page on which no list is found gives a listing without items, whose ``how`` says so. Raises RuleMatchesNothing
    for a rule that selects nothing.
    """
    return listing_of(page_of(html, url), rules or ListingRules(), Context.of(now))


def listing_of(page: Page, rules: ListingRules, context: Context) -> Listing:
    """The same as ``read_listing`` for a page that has been fetched."""
    return normalize_listing(extract_listing(page, rules), context)


def entry_of(page: Page, context: Context, *, content: bool = False, listed: ListedItem | None = None) -> Entry:
    """The same as ``read_article`` for a page that has been fetched; what it leaves open is taken from the listing."""
    draft = extract_article(page, content=content)
    return normalize_entry(with_listed(draft, listed) if listed else draft, context)


def entry_from_listed(listed: ListedItem, context: Context) -> Entry:
    """An entry of the listing alone, for a source that follows no article or an article that cannot be read."""
    return normalize_entry(with_listed(Draft(url=listed.url), listed), context)


def with_listed(draft: Draft, listed: ListedItem) -> Draft:
    """The draft with what the listing shows as its last candidates: the article knows itself better."""

    def where(name: str) -> str:
        return f"listing {listed.provenance[name]}" if name in listed.provenance else "listing"

    added = Draft(
        url=draft.url,
        titles=_one(listed.title, where("title")),
        summaries=_one(listed.summary, where("summary")),
        published=_one(listed.published, where("published")),
        images=_one(
            listed.image and RawImage(listed.image.url, listed.image.width, listed.image.height, listed.image.alt),
            where("image"),
        ),
        authors=_one(tuple(RawPerson(p.name, p.url) for p in listed.authors), where("authors")),
        tags=_one(listed.tags, where("tags")),
    )
    runs = ("titles", "summaries", "published", "images", "authors", "tags")
    return replace(draft, **{run: getattr(draft, run) + getattr(added, run) for run in runs})


def _one(value: T | None, where: str) -> tuple[Candidate[T], ...]:
    return (Candidate(value, where),) if value else ()
