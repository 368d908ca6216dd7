"""Values that are ready to use: listings and entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from feedmaker.model.drafts import Alternative, How


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: sizes in pixels, ``type`` a media type (``image/jpeg``), ``length`` in bytes."""

    url: str
    width: int | None = None
    height: int | None = None
    alt: str | None = None
    caption: str | None = None
    credit: str | None = None
    type: str | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A human author; ``url`` is a page about them, if the article links one."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One entry as its listing page shows it. ``unread_date`` is its date's text, where no form fits that."""

    url: str
    title: str | None = None
    summary: str | None = None
    published: datetime | None = None
    image: Image | None = None
    authors: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)
    unread_date: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a listing page in the page's order, and where the page goes on (``next_url``).

    ``icon`` is a small picture of the site, at most 144 pixels wide and 400 high. ``home_url`` is the page for people
    that belongs to a feed, a sitemap or JSON; None for a page, which is one itself.
    """

    url: str
    title: str | None
    language: str | None
    items: tuple[ListedItem, ...]
    next_url: str | None
    how: How
    summary: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    icon: Image | None = None
    home_url: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    ``id`` never changes once given. ``title``, ``summary`` and tags are plain text; ``content_html`` is clean HTML.
    ``updated`` is never before ``published``. ``images`` has the lead picture first. ``language`` is a BCP 47 tag.
    ``is_free`` is None when the page does not say whether reading it costs something. ``provenance`` maps a field's
    name to where its value was found. ``unread_date`` is the text of its date of publication, where it has one that no
    form fits.
    """

    id: str
    url: str
    title: str | None = None
    summary: str | None = None
    content_html: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    authors: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    section: str | None = None
    language: str | None = None
    publisher: str | None = None
    images: tuple[Image, ...] = ()
    is_free: bool | None = None
    provenance: Mapping[str, str] = field(default_factory=dict)
    unread_date: str | None = None
