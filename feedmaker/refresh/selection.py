"""Which entries a source wants: what its filters say of single ones, and of all of them together."""

from __future__ import annotations

import logging
from collections.abc import Callable, Hashable, Iterable
from datetime import datetime
from functools import lru_cache

import regex

from feedmaker.model import Entry, Field, Filters, ListedItem, StoredEntry

# A pattern is a person's own, but the text is a stranger's: together they must not stall a refresh.
MATCH_SECONDS = 0.1

log = logging.getLogger(__name__)


def wants(filters: Filters, item: ListedItem | Entry) -> bool:
    """Whether an item passes every filter on the fields that it shows.

    A field that is absent passes: on a listing it may still come from the article, which is asked again.
    """
    return all(_found(pattern, texts) for pattern, texts in _shown(filters.include.items(), item)) and not any(
        _found(pattern, texts) for pattern, texts in _shown(filters.exclude.items(), item)
    )


def wants_entry(filters: Filters, entry: Entry) -> bool:
    """Whether a finished entry passes: a field that ``include`` asks for must be there now."""
    return wants(filters, entry) and all(_texts(entry, field) for field in filters.include)


def is_too_old(filters: Filters, published: datetime | None, now: datetime) -> bool:
    """Whether an entry of this date is older than the source wants; one without a date is not."""
    return filters.max_age is not None and published is not None and published < now - filters.max_age


def selected(filters: Filters, stored: Iterable[StoredEntry], now: datetime) -> list[StoredEntry]:
    """The entries that belong into the feed, in the order in which they are given: newest first."""
    entries = [
        each
        for each in stored
        if wants_entry(filters, each.entry) and not is_too_old(filters, each.entry.published or each.first_seen, now)
    ]
    if filters.unique_by:
        entries = first_seen(entries, lambda each: _value_of(each.entry, filters))
    return entries[: filters.limit]


def first_seen(stored: Iterable[StoredEntry], key: Callable[[StoredEntry], Hashable | None]) -> list[StoredEntry]:
    """Of the entries that share a key the first seen, in the order given; those whose key is None are all kept."""
    stored = list(stored)
    first: dict[Hashable | None, StoredEntry] = {}
    for each in stored:
        if (found := key(each)) not in first or each.first_seen < first[found].first_seen:
            first[found] = each
    return [each for each in stored if (found := key(each)) is None or first[found] is each]


def _value_of(entry: Entry, filters: Filters) -> Hashable | None:
    """What is compared of an entry: capitals and spaces make no difference."""
    texts = _texts(entry, filters.unique_by) if filters.unique_by else ()
    return tuple(" ".join(text.casefold().split()) for text in texts) or None


def _shown(patterns: Iterable[tuple[Field, str]], item: ListedItem | Entry) -> Iterable[tuple[str, tuple[str, ...]]]:
    return [(pattern, texts) for field, pattern in patterns if (texts := _texts(item, field))]


def _found(pattern: str, texts: tuple[str, ...]) -> bool:
    try:
        return any(regex.search(pattern, text, timeout=MATCH_SECONDS) for text in texts)
    except TimeoutError:
        _tell(pattern)
        return False


@lru_cache(256)  # once is enough for a pattern, whatever it is tried on
def _tell(pattern: str) -> None:
    log.warning(
        "the filter %r took longer than %s s on a text and counts as not found there; write it without nested "
        "repetitions such as (a+)+",
        pattern,
        MATCH_SECONDS,
    )


def _texts(item: ListedItem | Entry, field: Field) -> tuple[str, ...]:
    """What a filter sees of a field: each author and tag by itself, dates in ISO 8601, pictures by address."""
    if field is Field.AUTHORS:
        return tuple(person.name for person in item.authors)
    if field is Field.TAGS:
        return item.tags
    if field is Field.PUBLISHED:
        return (item.published.isoformat(),) if item.published else ()
    if field is Field.IMAGE:
        images = item.images if isinstance(item, Entry) else (item.image,)
        return tuple(image.url for image in images if image)
    value = {Field.URL: item.url, Field.TITLE: item.title, Field.SUMMARY: item.summary}[field]
    return (value,) if value else ()
