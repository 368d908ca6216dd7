"""What is remembered of entries and sources, and the feeds that are made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from feedmaker.model.health import Problem
from feedmaker.model.page import Validators
from feedmaker.model.values import Entry, Image


@dataclass(frozen=True, slots=True)
class Database:
    """A PostgreSQL database that keeps the state, by its address (``postgresql://``), which may hold a password."""

    url: str = field(repr=False)

    def __str__(self) -> str:
        """The address as messages show it: server and database alone."""
        parts = urlsplit(self.url)
        server = parts.netloc.rpartition("@")[2]
        return f"{parts.scheme}://{server}{parts.path}"


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry with its history: when it was first and last seen on the listing, and the hash of its content.

    ``position`` is its place on the listing page when it was first seen there (0 is the top); it orders entries of one
    date that were first seen together. ``failed_reads`` counts the attempts to read its article that failed;
    0 means that it was read, or that the source follows no articles. ``read_at`` is when it was last read.
    ``listed_hash`` and ``listed_date`` are what the listing showed of it when it was read or last found unchanged.
    ``edits`` counts the edits that made it a new entry, with an id of its own. ``archive`` is the number of the archive
    document that it has moved to; an edit brings it back into the feed itself.
    """

    entry: Entry
    first_seen: datetime
    last_seen: datetime
    content_hash: str
    position: int = 0
    failed_reads: int = 0
    read_at: datetime | None = None
    listed_hash: str | None = None
    listed_date: datetime | None = None
    edits: int = 0
    archive: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a site has said about asking again, when it was last asked for a source's page.

    ``url`` is the page's address in the settings; what was said of another counts no more. ``moved_to`` is where
    permanent redirects (301, 308) have led. ``is_gone`` tells that there is no such page any more (410). Asking before
    ``not_before`` is pointless (Cache-Control, Expires) or unwelcome (Retry-After).
    """

    url: str | None = None
    moved_to: str | None = None
    is_gone: bool = False
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class SiteNote:
    """What is remembered of a site, such as its robots.txt, until a time."""

    until: datetime
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered about a source between refreshes.

    ``fingerprint`` is a hash of the settings that shape the feed: when it differs, the page is read again in full.
    ``changed_at`` is the last refresh that changed the feed; ``failures`` counts failures in a row. ``archives`` is how
    many archive documents the feed has ever had. ``home_url`` is the page for people where the source's address is that
    of a feed, a sitemap or JSON; ``icon`` a small picture of the site.
    """

    source: str
    validators: Validators = Validators()
    body_hash: str | None = None
    fingerprint: str | None = None
    title: str | None = None
    description: str | None = None
    language: str | None = None
    last_attempt: datetime | None = None
    last_success: datetime | None = None
    changed_at: datetime | None = None
    failures: int = 0
    last_error: str | None = None
    standing: Standing = Standing()
    archives: int = 0
    home_url: str | None = None
    icon: Image | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """When a source's entries come, as far as it has been watched: from ``since`` until ``until``.

    ``counts`` has how many came in each hour of the week on the clocks of the source's time zone, from Monday at 0:00
    on; parts of one where the hour is not known. Of a long watch only the last weeks count in full.
    """

    since: datetime
    until: datetime
    counts: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Appointment:
    """When a source is due, and what that was worked out from.

    ``plan`` is a hash of its settings, ``attempt`` the last attempt that was known. Where either differs from what is
    now, the time has to be worked out anew.
    """

    source: str
    due: datetime
    plan: str
    attempt: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry as it stands in a feed, always with dates.

    ``is_date_first_seen`` tells that no page gave ``published`` and that it is the time the entry was first seen.
    ``archive`` is the number of the archive document that it has moved to.
    """

    entry: Entry
    published: datetime
    updated: datetime
    is_date_first_seen: bool = False
    archive: int | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed ready to be written, newest entry first.

    ``home_url`` is the section's page for people, ``source_url`` the address that its entries come from if that is
    another one, and ``base_url`` the folder under which readers find the output's files.
    ``hub`` is the address of a WebSub hub; ``category`` the folder that the feed is listed in. ``icon`` is a small
    picture of the site, of known size, at most 144 pixels wide and 400 high.

    A feed with many entries is published in several documents (RFC 5005, section 4). ``archive`` is the number of an
    archive document, and None for the feed itself; ``previous_archive`` that of the one with the next older entries.
    """

    name: str
    title: str
    home_url: str
    entries: tuple[FeedEntry, ...]
    description: str | None = None
    language: str | None = None
    base_url: str | None = None
    ttl: timedelta | None = None
    changed_at: datetime | None = None
    hub: str | None = None
    category: str | None = None
    archive: int | None = None
    previous_archive: int | None = None
    icon: Image | None = None
    source_url: str | None = None

    @property
    def updated(self) -> datetime | None:
        """The time of the newest change among the entries; None for a feed without entries."""
        return max((entry.updated for entry in self.entries), default=None)


class Result(StrEnum):
    """How the refresh of a source ended."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    STOPPED = "stopped"  # the program ends; nothing was changed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a refresh did, and what went wrong: ``error`` for the source, ``warnings`` for single entries.

    ``standing`` is what the site has said about asking again, by which the next refresh is timed. ``received`` is how
    many bytes of pages came over the wire. ``problems`` are what is wrong with the source now. ``late`` is how many
    seconds after its time it began, where it had one. ``served`` is when the site has answered by its own clock, where
    it says so.
    """

    source: str
    result: Result
    entries: int = 0
    added: int = 0
    updated: int = 0
    requests: int = 0
    seconds: float = 0.0
    error: str | None = None
    warnings: tuple[str, ...] = ()
    standing: Standing = Standing()
    received: int = 0
    problems: tuple[Problem, ...] = ()
    late: float = 0.0
    served: datetime | None = None
