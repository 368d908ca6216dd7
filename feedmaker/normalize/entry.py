"""Draft -> Entry: for each field the first candidate that makes a valid value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta, timezone, tzinfo
from typing import TypeVar

from feedmaker.model import Candidate, Draft, Entry, RawDate
from feedmaker.normalize.context import Context
from feedmaker.normalize.dates import Moment, day_first_of, parse_moment, unread_date
from feedmaker.normalize.html import clean_html
from feedmaker.normalize.identity import entry_id
from feedmaker.normalize.images import images_of
from feedmaker.normalize.languages import language_tag
from feedmaker.normalize.people import chosen_authors
from feedmaker.normalize.sites import home_zone
from feedmaker.normalize.tags import tags
from feedmaker.normalize.text import plain, title_without_site
from feedmaker.normalize.urls import canonical, clean, uncached

T = TypeVar("T")
V = TypeVar("V")

_OFFSET = re.compile(r"\d([+-])(\d\d):?(\d\d)\s*$")
_TITLE = 1_000  # characters of a title
_SAME_DAY = timedelta(hours=36)  # how far a moment may lie from the midnight of a day that is told elsewhere
_YES, _NO = frozenset(("true", "1", "yes", "free")), frozenset(("false", "0", "no", "locked", "metered", "premium"))


def normalize_entry(draft: Draft, context: Context) -> Entry:
    """The entry of a draft; ``provenance`` tells for each field which candidate made it."""
    found = _Found()
    page_url = draft.url
    url = found.first("url", draft.canonicals, lambda raw: canonical(raw, page_url)) or clean(uncached(page_url))
    publisher = found.first("publisher", draft.publishers, plain)
    sites = tuple(dict.fromkeys(name for candidate in draft.publishers if (name := plain(candidate.value))))
    language = found.first("language", draft.languages, language_tag)
    title = found.first(
        "title", draft.titles, lambda raw: title_without_site(plain(raw[:_TITLE]) or "", sites, page_url)
    )
    dates = _Dates(draft, context, (language,) if language else ())
    authors, where = chosen_authors(draft.authors, page_url, sites)
    found.note("authors", where)
    unwanted = (*sites, *(person.name for person in authors), *((title,) if title else ()))
    published = found.noted("published", dates.first(draft.published))
    images = images_of((candidate.value for candidate in draft.images), page_url, sites)
    found.note("images", draft.images[0].where if images else None)
    return Entry(
        id=entry_id(url),
        url=url,
        title=title,
        summary=found.first("summary", draft.summaries, plain),
        content_html=found.first("content_html", draft.contents, lambda raw: clean_html(raw, page_url)),
        published=published,
        updated=found.noted("updated", dates.first(draft.updated, not_before=published)),
        authors=authors,
        tags=found.first("tags", draft.tags, lambda raw: tags(raw, without=unwanted, page_url=page_url)) or (),
        section=found.first("section", draft.sections, plain),
        language=language,
        publisher=publisher,
        images=images,
        is_free=found.noted("is_free", _free(draft.free)),
        provenance=found.provenance,
        unread_date=None if published else unread_date(draft.published),
    )


def in_order(entry: Entry) -> Entry:
    """The entry without an update from before its publication, which readers never saw: a draft was saved then."""
    if not entry.published or not entry.updated or entry.updated >= entry.published:
        return entry
    provenance = {name: where for name, where in entry.provenance.items() if name != "updated"}
    return replace(entry, updated=None, provenance=provenance)


class _Found:
    """The first valid values, and where they were found."""

    def __init__(self) -> None:
        self.provenance: dict[str, str] = {}

    def first(self, field: str, run: Iterable[Candidate[T]], value_of: Callable[[T], V | None]) -> V | None:
        for candidate in run:
            if value := value_of(candidate.value):
                self.note(field, candidate.where)
                return value
        return None

    def noted(self, field: str, found: Candidate[V] | None) -> V | None:
        self.note(field, found.where if found else None)
        return found.value if found else None

    def note(self, field: str, where: str | None) -> None:
        if where:
            self.provenance[field] = where


class _Dates:
    """Reads the dates of a page with what they tell of one another: their zone, and the order of day and month."""

    def __init__(self, draft: Draft, context: Context, languages: tuple[str, ...]) -> None:
        texts = [c.value for c in (*draft.published, *draft.updated) if isinstance(c.value, str)]
        zone = _page_zone(texts) or context.timezone or home_zone(draft.url, next(iter(languages), None))
        self._context = replace(context, timezone=zone)
        self._languages = languages
        self._day_first = day_first_of(texts, languages)

    def first(
        self, run: Iterable[Candidate[RawDate]], *, not_before: datetime | None = None
    ) -> Candidate[datetime] | None:
        """The first valid date; one that is a mere day gives way to a moment of that day from further down."""
        day: Candidate[Moment] | None = None
        for candidate in run:
            moment = parse_moment(candidate.value, self._context, languages=self._languages, day_first=self._day_first)
            if moment is None or (not_before and moment.at < not_before):
                continue
            if moment.has_time and (day is None or abs(moment.at - day.value.at) < _SAME_DAY):
                return Candidate(moment.at, candidate.where)
            day = day or Candidate(moment, candidate.where)
        return Candidate(day.value.at, day.where) if day else None


def _page_zone(texts: Iterable[str]) -> tzinfo | None:
    """The zone that other dates of a page are written in; UTC tells nothing of where the page is."""
    for text in texts:
        if match := _OFFSET.search(text):
            offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
            if timedelta() < offset < timedelta(hours=15):
                return timezone(-offset if match[1] == "-" else offset)
    return None


def _free(run: Iterable[Candidate[str | bool]]) -> Candidate[bool] | None:
    """Whether a page says that it costs nothing to read (https://schema.org/isAccessibleForFree)."""
    for candidate in run:
        word = str(candidate.value).strip().casefold().rpartition("/")[2]
        if word in _YES or word in _NO:
            return Candidate(word in _YES, candidate.where)
    return None
