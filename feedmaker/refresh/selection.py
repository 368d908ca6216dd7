"""Which entries a source wants: its ``include`` and ``exclude`` filters."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from feedmaker.model import Entry, Field, Filters, ListedItem

# A pattern is a person's own, but the text is a stranger's: together they must not stall a refresh.
MATCH_SECONDS = 0.1


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


def _shown(patterns: Iterable[tuple[Field, str]], item: ListedItem | Entry) -> Iterable[tuple[str, tuple[str, ...]]]:
    return [(pattern, texts) for field, pattern in patterns if (texts := _texts(item, field))]


def _found(pattern: str, texts: tuple[str, ...]) -> bool:
    try:
        return any(regex.search(pattern, text, timeout=MATCH_SECONDS) for text in texts)
    except TimeoutError:
        return False


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
