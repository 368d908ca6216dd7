"""Candidates from meta and link elements: Open Graph, article:*, Twitter, Dublin Core, parsely, sailthru and plain."""

from __future__ import annotations

from feedmaker.extract.article.survey import Survey
from feedmaker.model import Candidate, Draft, RawDate, RawImage, RawPerson

TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "title")
SUMMARIES = ("og:description", "description", "twitter:description", "dc.description", "sailthru.description")
PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "sailthru.date",
    "date",
    "pubdate",
    "publish-date",
    "publication_date",
)
UPDATED = ("article:modified_time", "og:updated_time", "dcterms.modified", "last-modified", "lastmod")
AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator")
TAGS = ("news_keywords", "keywords", "article:tag", "parsely-tags", "sailthru.tags")
SECTIONS = ("article:section", "parsely-section")
LANGUAGES = ("og:locale", "content-language", "dc.language")
PUBLISHERS = ("og:site_name", "application-name", "dc.publisher")


def extract(survey: Survey) -> Draft:
    """Read a page's metas."""
    return Draft(
        url=survey.page.url,
        canonicals=_canonicals(survey),
        titles=_first(survey, TITLES),
        summaries=_first(survey, SUMMARIES),
        published=_dates(survey, PUBLISHED),
        updated=_dates(survey, UPDATED),
        images=_images(survey),
        authors=tuple(
            Candidate(tuple(RawPerson(text) for text in survey.metas[name]), f"meta {name}")
            for name in AUTHORS
            if name in survey.metas
        ),
        tags=tuple(Candidate(tuple(survey.metas[name]), f"meta {name}") for name in TAGS if name in survey.metas),
        sections=_first(survey, SECTIONS),
        languages=_html_language(survey) + _first(survey, LANGUAGES),
        publishers=_first(survey, PUBLISHERS),
    )


def _first(survey: Survey, names: tuple[str, ...]) -> tuple[Candidate[str], ...]:
    return tuple(Candidate(survey.metas[name][0], f"meta {name}") for name in names if name in survey.metas)


def _dates(survey: Survey, names: tuple[str, ...]) -> tuple[Candidate[RawDate], ...]:
    return tuple(Candidate(survey.metas[name][0], f"meta {name}") for name in names if name in survey.metas)


def _images(survey: Survey) -> tuple[Candidate[RawImage], ...]:
    size = (survey.meta("og:image:width"), survey.meta("og:image:height"), survey.meta("og:image:alt"))
    names = ("og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src")
    return tuple(Candidate(RawImage(url, *size), f"meta {name}") for name in names if (url := survey.meta(name)))


def _canonicals(survey: Survey) -> tuple[Candidate[str], ...]:
    links = tuple(
        Candidate(link.get("href", ""), "link canonical")
        for link in survey.links
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href")
    )
    return links + _first(survey, ("og:url",))


def _html_language(survey: Survey) -> tuple[Candidate[str], ...]:
    language = survey.page.tree.get("lang") or survey.page.tree.get("xml:lang")
    return (Candidate(language, "html lang"),) if language else ()
