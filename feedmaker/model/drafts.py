"""Drafts: candidates as they stand on the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from feedmaker.model.source import Kind

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T_co]):
    """A raw value and where it was found (``json-ld NewsArticle.headline``, ``meta og:title``, ``h1``)."""

    value: T_co
    where: str


@dataclass(frozen=True, slots=True)
class RawImage:
    """A picture as the page gives it; ``url`` may be relative, sizes are whatever text or number stands there."""

    url: str
    width: str | int | None = None
    height: str | int | None = None
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    type: str | None = None


@dataclass(frozen=True, slots=True)
class RawPerson:
    """An author as the page gives it; ``kind`` is the page's own word (``Person``, ``Organization``) if it has one."""

    name: str
    url: str | None = None
    kind: str | None = None


RawDate = str | int | float | datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What a page offers for one entry: for each field a run of candidates, the most trustworthy first.

    A candidate for authors or tags is a whole group that stands together on the page. ``url`` is the address the draft
    was read from (an article) or links to (an item of a listing).
    """

    url: str
    canonicals: tuple[Candidate[str], ...] = ()
    titles: tuple[Candidate[str], ...] = ()
    summaries: tuple[Candidate[str], ...] = ()
    contents: tuple[Candidate[str], ...] = ()  # HTML
    published: tuple[Candidate[RawDate], ...] = ()
    updated: tuple[Candidate[RawDate], ...] = ()
    images: tuple[Candidate[RawImage], ...] = ()
    authors: tuple[Candidate[tuple[RawPerson, ...]], ...] = ()
    tags: tuple[Candidate[tuple[str, ...]], ...] = ()
    sections: tuple[Candidate[str], ...] = ()
    languages: tuple[Candidate[str], ...] = ()
    publishers: tuple[Candidate[str], ...] = ()
    free: tuple[Candidate[str | bool], ...] = ()


_SURE = 0.6


@dataclass(frozen=True, slots=True)
class How:
    """Which extractor found a listing's items, and how sure it is of them (0 to 1); ``note`` says why in words."""

    extractor: str
    confidence: float
    note: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether a person need not look: of 206 real pages' listings every second below that was wrong."""
        return self.confidence >= _SURE


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another address that a page announces as giving its entries, and what kind of thing answers there."""

    kind: Kind
    url: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class ListingDraft:
    """What a listing page offers: its items as drafts, in the order of the page."""

    url: str
    how: How
    items: tuple[Draft, ...] = ()
    titles: tuple[Candidate[str], ...] = ()
    summaries: tuple[Candidate[str], ...] = ()
    languages: tuple[Candidate[str], ...] = ()
    nexts: tuple[Candidate[str], ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    icons: tuple[Candidate[RawImage], ...] = ()
    homes: tuple[Candidate[str], ...] = ()  # pages for people, of documents that are none
