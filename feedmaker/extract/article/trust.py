"""How far each source is trusted for each field, as measured; the order of a draft's candidates follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from feedmaker.model import Candidate

T = TypeVar("T")

OTHERS = 0.45  # a source that is not in the table
LAST_RESORT = 0.4  # sources below are asked only where there is no better one

# Behind each weight stands how often the source was right, and on how many of 131 real pages of 91 publishers it stood
# (for people and tags: the share of the names it gave). Few pages, or several sources that err on the same ones, make
# a weight differ from its figure.
TRUST: Mapping[str, Mapping[str, float]] = {
    "published": {
        "json-ld datePublished": 0.98,  # 1.00 of 119
        "meta article:published_time": 0.95,  # 0.94 of 67: some are local times that say Z
        "meta og:article:published_time": 0.95,  # 1.00 of 1
        "microdata datePublished": 0.93,  # 0.80 of 10
        "rdfa datePublished": 0.92,
        "json-ld page datePublished": 0.9,  # 0.93 of 14
        "meta datepublished": 0.9,  # 1.00 of 6
        "json-ld dateCreated": 0.85,  # 0.93 of 15
        "state": 0.8,  # 0.79 of 28
        "time in opening": 0.8,  # 0.81 of 52
        "meta parsely-pub-date": 0.8,  # 1.00 of 1
        "meta date": 0.7,  # 0.88 of 25
        "meta": 0.6,  # 0.72 of 29
        "date in opening": 0.5,  # 0.48 of 62
        "time in story": 0.5,  # 0.40 of 10
        "json-ld uploadDate": 0.5,  # 0.00 of 2: the video's
        "meta sailthru.date": 0.45,  # 0.40 of 5
        "time in page": 0.45,  # 0.25 of 4
        "date above headline": 0.42,  # 0.25 of 4
        "address": 0.1,  # 0.14 of 21: a day only
    },
    "authors": {
        "json-ld author": 0.92,  # 0.98 of 114
        "microdata author": 0.91,  # 0.75 of 8
        "by-text in opening": 0.9,  # 1.00 of 11
        "meta parsely-author": 0.9,  # 1.00 of 4
        "meta sailthru.author": 0.9,  # 1.00 of 3
        "json-ld creator": 0.88,  # 1.00 of 6
        "state": 0.85,  # 0.94 of 27
        "meta author": 0.84,  # 0.95 of 59
        "byline in opening": 0.8,  # 0.89 of 77
        "author link in opening": 0.78,  # 0.91 of 11
        "meta article:author": 0.75,  # 0.90 of 29
        "meta": 0.7,  # 0.93 of 27
        "signature": 0.6,  # 1.00 of 1
        "script": 0.35,  # 0.93 of 50
        "byline elsewhere": 0.32,  # 0.00 of 3
        "byline in story": 0.31,  # 0.50 of 5
        "author link elsewhere": 0.3,  # 0.00 of 1
        "author link in story": 0.3,
        "by-text elsewhere": 0.2,  # 0.00 of 1
        "by-text in story": 0.2,  # 0.33 of 2
        "microdata page author": 0.1,  # 0.08 of 3
        "json-ld page author": 0.1,  # 0.00 of 1
    },
    "images": {  # of the declared ones; what the page shows decides among them (lead.py)
        "json-ld image": 0.87,  # 0.88 of 112
        "microdata image": 0.86,  # 0.75 of 4
        "rdfa image": 0.86,
        "meta og:image": 0.82,  # 0.83 of 123
        "meta twitter:image": 0.82,  # 0.86 of 84
        "json-ld page primaryImageOfPage": 0.8,  # 0.91 of 11
        "json-ld page image": 0.78,  # 0.82 of 11
        "json-ld thumbnailUrl": 0.75,  # 0.84 of 31
        "state": 0.74,  # 1.00 of 6
    },
    "tags": {
        "microdata articleSection": 0.92,  # a run of items of its own, each written for this story
        "json-ld keywords": 0.9,  # 0.82 of 61
        "microdata keywords": 0.9,  # 1.00 of 1
        "rdfa keywords": 0.9,
        "meta news_keywords": 0.88,  # 0.78 of 28
        "meta keywords": 0.86,  # 0.82 of 58
        "meta article:tag": 0.84,  # 0.88 of 32, with fewer of the tags
        "meta sailthru.tags": 0.82,  # 0.80 of 5
        "state": 0.8,  # 0.75 of 19
        "a rel=tag": 0.76,  # 1.00 of 4
        "meta": 0.65,  # 0.66 of 27
        "topic links": 0.6,  # 0.86 of 50
        "unmentioned": 0.3,  # by the story
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
