"""Candidates from meta and link elements: Open Graph, article:*, Twitter, Dublin Core, parsely, sailthru and plain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from feedmaker.extract.article.survey import Survey
from feedmaker.model import Candidate, Draft, RawDate, RawImage, RawPerson

TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title")
SUMMARIES = (
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "dcterms.description",
    "sailthru.description",
)
PUBLISHED = ("article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date")
UPDATED = ("article:modified_time", "og:article:modified_time", "datemodified", "og:updated_time")
AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
TAGS = ("keywords", "article:tag", "news_keywords", "parsely-tags", "sailthru.tags")
SECTIONS = ("article:section", "og:article:section", "parsely-section", "section", "category")
LANGUAGES = ("og:locale", "content-language", "dc.language", "language")
PUBLISHERS = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher")

_LISTED = frozenset((*PUBLISHED, *UPDATED, *AUTHORS, *TAGS))

# Names that publishers and their services make up themselves, by how they end.
_OTHERS = {
    "authors": re.compile(r"(?:^|[.:_ -]|article|page|content)(?:authors?|byline|writers?|autor\w*)(?:[_-]?names?)?$"),
    "tags": re.compile(r"(?:^|[.:_ -])(?:[a-z]*keywords?|(?:content|main)?tags?|subject)$"),
    "published": re.compile(
        r"(?:^|[.:_ -]|article)(?:(?:first[_-]?)?publi(?:shed|sh|cation)[_.:-]?(?:time|date|on|at)?|pub[_-]?date"
        r"|date(?:[_.:-]?(?:issued|created|published))?|created?|issued)$"
    ),
    "updated": re.compile(
        r"(?:^|[.:_ -])(?:last[_-]?)?(?:modified|updated?|modification|revised)(?:[_.:-]?(?:time|date|on|at))?$"
        r"|^date[_.:-]?modified$|^lastmod$"
    ),
}
_NEVER = re.compile(
    r"smartbanner|twitter:|copyright|theme-color|expir|build|iab|unavailable|:id\b|^ids?|verif|etag$|^og:image"
)
_MANY = 20  # names of one run that are read
_WRITTEN_BY = re.compile(
    r"written by|verfasst von|geschrieben von|écrit par|escrito por|scritto da|geschreven door|skrevet av"
    r"|napisane przez|skriven av|kirjoittanut|yazar|author|autor|auteur",
    re.IGNORECASE,
)


def extract(survey: Survey) -> Draft:
    """Read a page's metas."""
    others: dict[str, list[str]] = {run: [] for run in _OTHERS}
    for name in survey.metas:
        if (run := _run_of(name)) and len(others[run]) < _MANY:
            others[run].append(name)
    return Draft(
        url=survey.page.url,
        canonicals=_canonicals(survey),
        titles=_texts(survey, TITLES),
        summaries=_texts(survey, SUMMARIES),
        published=_dates(survey, (*PUBLISHED, *others["published"])),
        updated=_dates(survey, (*UPDATED, *others["updated"])),
        images=_images(survey),
        authors=tuple(_people(survey, (*AUTHORS, *others["authors"]))) + _labelled_author(survey),
        tags=tuple(
            Candidate(tuple(survey.metas[name]), f"meta {name}")
            for name in (*TAGS, *others["tags"])
            if name in survey.metas
        ),
        sections=_texts(survey, SECTIONS),
        languages=_html_language(survey) + _texts(survey, LANGUAGES),
        publishers=_texts(survey, PUBLISHERS),
    )


@lru_cache(4096)  # a few hundred names are all that publishers use
def _run_of(name: str) -> str | None:
    """Which run a meta element belongs to by its name alone; None for those that are listed, or of no use."""
    if name in _LISTED or _NEVER.search(name):
        return None
    return next((run for run, pattern in _OTHERS.items() if pattern.search(name)), None)


def _texts(survey: Survey, names: Iterable[str]) -> tuple[Candidate[str], ...]:
    return tuple(Candidate(survey.metas[name][0], f"meta {name}") for name in names if name in survey.metas)


def _dates(survey: Survey, names: Iterable[str]) -> tuple[Candidate[RawDate], ...]:
    return tuple(Candidate(survey.metas[name][0], f"meta {name}") for name in names if name in survey.metas)


def _people(survey: Survey, names: Iterable[str]) -> Iterator[Candidate[tuple[RawPerson, ...]]]:
    for name in names:
        if name in survey.metas:
            yield Candidate(tuple(RawPerson(text) for text in survey.metas[name]), f"meta {name}")


def _labelled_author(survey: Survey) -> tuple[Candidate[tuple[RawPerson, ...]], ...]:
    """The author of a Twitter card: ``twitter:label1`` says what ``twitter:data1`` is, in the page's language."""
    for number in "12":
        label, value = survey.meta(f"twitter:label{number}"), survey.meta(f"twitter:data{number}")
        if label and value and _WRITTEN_BY.search(label):
            return (Candidate((RawPerson(value),), f"meta twitter:data{number}"),)
    return ()


def _images(survey: Survey) -> tuple[Candidate[RawImage], ...]:
    size = (survey.meta("og:image:width"), survey.meta("og:image:height"), survey.meta("og:image:alt"))
    found = []
    for name in ("og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src"):
        if url := survey.meta(name):
            own = size if name.startswith("og:") else (None, None, survey.meta("twitter:image:alt"))
            found.append(Candidate(RawImage(url, *own), f"meta {name}"))
    return tuple(found)


def _canonicals(survey: Survey) -> tuple[Candidate[str], ...]:
    links = tuple(
        Candidate(link.get("href", ""), "link canonical")
        for link in survey.links
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href")
    )
    return links + _texts(survey, ("og:url",))


def _html_language(survey: Survey) -> tuple[Candidate[str], ...]:
    language = survey.page.tree.get("lang") or survey.page.tree.get("xml:lang")
    return (Candidate(language, "html lang"),) if language else ()
