"""Draft -> Entry: for each field the first candidate that makes a valid value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from feedmaker.model import Candidate, Draft, Entry, RawDate
from feedmaker.normalize.context import Context
from feedmaker.normalize.dates import parse_date
from feedmaker.normalize.html import clean_html
from feedmaker.normalize.identity import entry_id
from feedmaker.normalize.images import images_of
from feedmaker.normalize.languages import language_tag
from feedmaker.normalize.people import chosen_authors
from feedmaker.normalize.tags import tags
from feedmaker.normalize.text import plain, title_without_site
from feedmaker.normalize.urls import canonical, clean

T = TypeVar("T")
V = TypeVar("V")


def normalize_entry(draft: Draft, context: Context) -> Entry:
    """The entry of a draft; ``provenance`` tells for each field which candidate made it."""
    provenance: dict[str, str] = {}

    def first(field: str, run: Iterable[Candidate[T]], value_of: Callable[[T], V | None]) -> V | None:
        for candidate in run:
            value = value_of(candidate.value)
            if value:
                provenance[field] = candidate.where
                return value
        return None

    page_url = draft.url
    url = first("url", draft.canonicals, lambda raw: canonical(raw, page_url)) or clean(page_url)
    language = first("language", draft.languages, language_tag)
    publisher = first("publisher", draft.publishers, plain)
    sites = tuple({name for candidate in draft.publishers if (name := plain(candidate.value))})
    languages = (language,) if language else ()

    def date(raw: RawDate) -> datetime | None:
        return parse_date(raw, context, languages=languages)

    authors, where = chosen_authors(draft.authors, page_url, sites)
    if where:
        provenance["authors"] = where
    unwanted = (*sites, *(person.name for person in authors))
    images = images_of((candidate.value for candidate in draft.images), page_url, sites)
    return Entry(
        id=entry_id(url),
        url=url,
        title=first("title", draft.titles, lambda raw: title_without_site(plain(raw) or "", sites, page_url)),
        summary=first("summary", draft.summaries, plain),
        content_html=first("content_html", draft.contents, lambda raw: clean_html(raw, page_url)),
        published=first("published", draft.published, date),
        updated=first("updated", draft.updated, date),
        authors=authors,
        tags=first("tags", draft.tags, lambda raw: tags(raw, without=unwanted, page_url=page_url)) or (),
        section=first("section", draft.sections, plain),
        language=language,
        publisher=publisher,
        images=images,
        is_free=_free(draft),
        provenance=provenance,
    )


def _free(draft: Draft) -> bool | None:
    for candidate in draft.free:
        word = str(candidate.value).strip().casefold().rsplit("/", 1)[-1]
        if word in {"true", "false", "1", "0", "yes", "no"}:
            return word in {"true", "1", "yes"}
    return None
