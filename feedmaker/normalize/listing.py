"""A listing's drafts become listed items: clean addresses, one item an address, values that parse."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TypeVar

from feedmaker.model import (
    Candidate,
    Draft,
    Image,
    ListedItem,
    Listing,
    ListingDraft,
    Person,
    RawDate,
    RawImage,
    RawPerson,
)
from feedmaker.normalize import urls
from feedmaker.normalize.context import Context
from feedmaker.normalize.dates import day_first_of, parse_date, unread_date
from feedmaker.normalize.icons import icon_of
from feedmaker.normalize.images import image_of
from feedmaker.normalize.languages import language_tag
from feedmaker.normalize.people import people_of
from feedmaker.normalize.sites import home_zone
from feedmaker.normalize.tags import tags
from feedmaker.normalize.text import plain

T = TypeVar("T")
V = TypeVar("V")

People = Callable[[tuple[RawPerson, ...]], tuple[Person, ...]]
Words = Callable[[tuple[str, ...]], tuple[str, ...]]
_FIELDS = ("title", "summary", "published", "image", "authors", "tags")

Date = Callable[[RawDate], datetime | None]


def normalize_listing(draft: ListingDraft, context: Context) -> Listing:
    """Take the first valid candidate of each field of each item; of items that share an address, the first.

    Whether 03/04 is in March or in April is decided by all dates of the list together, and by its language where
    they leave it open. A time without a zone is in the source's, or else in that of the site's country.
    """
    language = _first(draft.languages, language_tag)[0]
    languages = (language,) if language else ()
    raws = (str(candidate.value) for item in draft.items for candidate in item.published)
    day_first = day_first_of(raws, languages, context.now)

    in_zone = replace(context, timezone=context.timezone or home_zone(draft.url, language))

    def date(raw: RawDate) -> datetime | None:
        return parse_date(raw, in_zone, languages=languages, day_first=day_first)

    people = cache(lambda raw: people_of(raw, draft.url))  # one person writes many entries of a list
    words = cache(tags)
    items: dict[str, ListedItem] = {}
    for each in draft.items:
        item = _item(each, draft.url, date, people, words)
        if item:
            items.setdefault(item.url, item)
    return Listing(
        url=draft.url,
        title=_first(draft.titles, plain)[0],
        language=language,
        items=tuple(items.values()),
        next_url=_first(draft.nexts, lambda raw: _next_url(raw, draft.url))[0],
        how=draft.how,
        summary=_first(draft.summaries, plain)[0],
        alternatives=draft.alternatives,
        icon=icon_of(draft.icons, draft.url),
        home_url=_first(draft.homes, lambda raw: urls.absolute(raw, draft.url))[0],
    )


def _next_url(raw: str, page_url: str) -> str | None:
    url = urls.absolute(raw, page_url)
    return urls.clean(url) if url and url != page_url else None


def _item(draft: Draft, page_url: str, date: Date, people: People, words: Words) -> ListedItem | None:
    url = urls.absolute(draft.url, page_url)
    if not url:
        return None
    title, title_at = _first(draft.titles, plain)
    summary, summary_at = _first(draft.summaries, plain)
    published, published_at = _first(draft.published, date)
    image, image_at = _first(draft.images, lambda raw: _image(raw, page_url))
    authors, authors_at = _first(draft.authors, people)
    words_found, tags_at = _first(draft.tags, words)
    places = (title_at, summary_at, published_at, image_at, authors_at, tags_at)
    return ListedItem(
        url=urls.clean(url),
        title=title,
        summary=summary,
        published=published,
        image=image,
        authors=authors or (),
        tags=words_found or (),
        provenance={name: where for name, where in zip(_FIELDS, places, strict=True) if where},
        unread_date=None if published else unread_date(draft.published),
    )


def _image(raw: RawImage, page_url: str) -> Image | None:
    """The picture; its address stays in the script in which the page writes it, and names its file to people."""
    image = image_of(raw, page_url)
    return replace(image, url=urls.readable(image.url)) if image and not raw.url.isascii() else image


def _first(run: Iterable[Candidate[T]], value_of: Callable[[T], V | None]) -> tuple[V | None, str]:
    """The first valid value of a run, and where it was found."""
    for candidate in run:
        value = value_of(candidate.value)
        if value:
            return value, candidate.where
    return None, ""
