"""How far each source is trusted for each field, as measured; the order of a draft's candidates follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from feedmaker.model import Candidate

T = TypeVar("T")

OTHERS = 0.45  # a source that is not in the table
LAST_RESORT = 0.4  # sources below are asked only where there is no better one

TRUST: Mapping[str, Mapping[str, float]] = {
    "published": {
        "json-ld datePublished": 0.98,
        "meta article:published_time": 0.95,
        "meta og:article:published_time": 0.95,
        "microdata datePublished": 0.93,
        "rdfa datePublished": 0.92,
        "json-ld page datePublished": 0.9,
        "meta datepublished": 0.9,
        "json-ld dateCreated": 0.85,
        "time in opening": 0.8,
        "date in opening": 0.5,
        "meta parsely-pub-date": 0.8,
        "meta date": 0.7,
        "meta": 0.6,
        "state": 0.6,
        "time in story": 0.5,
        "json-ld uploadDate": 0.5,
        "meta sailthru.date": 0.45,
        "time in page": 0.45,
        "date above headline": 0.42,
        "address": 0.1,
    },
    "authors": {
        "json-ld author": 0.92,
        "microdata author": 0.91,
        "meta parsely-author": 0.9,
        "meta sailthru.author": 0.9,
        "by-text in opening": 0.9,
        "author link in opening": 0.78,
        "json-ld creator": 0.88,
        "meta author": 0.84,
        "byline in opening": 0.8,
        "meta article:author": 0.75,
        "meta": 0.7,
        "state": 0.6,
        "script": 0.35,
        "meta dc.creator": 0.6,
        "byline elsewhere": 0.32,
        "byline in story": 0.31,
        "author link elsewhere": 0.3,
        "author link in story": 0.3,
        "by-text elsewhere": 0.2,
        "by-text in story": 0.2,
        "microdata page author": 0.1,
        "json-ld page author": 0.1,
    },
    "images": {
        "json-ld image": 0.87,
        "microdata image": 0.86,
        "rdfa image": 0.86,
        "meta og:image": 0.82,
        "meta twitter:image": 0.82,
        "json-ld page primaryImageOfPage": 0.8,
        "json-ld page image": 0.78,
        "json-ld thumbnailUrl": 0.75,
        "state": 0.74,
    },
    "tags": {
        "microdata articleSection": 0.92,  # a run of items of its own, each written for this story
        "microdata keywords": 0.9,
        "rdfa keywords": 0.9,
        "json-ld keywords": 0.9,
        "meta news_keywords": 0.88,
        "meta keywords": 0.86,
        "meta article:tag": 0.84,
        "meta sailthru.tags": 0.82,
        "state": 0.8,
        "a rel=tag": 0.76,
        "meta": 0.65,
        "topic links": 0.6,
        "script": 0.35,
    },
}


def by_trust(run: str, candidates: tuple[Candidate[T], ...]) -> tuple[Candidate[T], ...]:
    """The candidates of a run, the most trusted first; equals stay in their order.

    What is only trusted as a last resort goes if there is anything better.
    """
    weighed = sorted(((trust(run, c.where), c) for c in candidates), key=lambda pair: -pair[0])
    floor = LAST_RESORT if weighed and weighed[0][0] > LAST_RESORT else 0.0
    return tuple(candidate for weight, candidate in weighed if weight >= floor)


def trust(run: str, where: str) -> float:
    """How far a place is trusted for a field, from 0 to 1."""
    own = kind(where)
    table = TRUST[run]
    return table.get(own) or table.get(own.partition(" ")[0], OTHERS)


def kind(where: str) -> str:
    """The kind of source that a place belongs to: ``json-ld NewsArticle.headline`` is a ``json-ld headline``."""
    syntax, _, rest = where.partition(" ")
    if syntax not in ("json-ld", "microdata", "rdfa"):
        return where
    type_, _, name = rest.rpartition(".")
    return f"{syntax} page {name}" if type_.endswith("Page") else f"{syntax} {name}"
