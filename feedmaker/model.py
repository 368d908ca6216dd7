"""The frozen values that flow through Feedmaker, one for each stage.

    Source --fetch--> Page --extract--> ListingDraft --normalize--> Listing of ListedItem
                      Page --extract--> Draft --normalize--> Entry --store--> StoredEntry --> Feed --write--> files

The name of a type says how far the thing has come: a *draft* holds raw candidates as they stand on the page, everything
else holds values that are ready to use. All datetimes are aware; all addresses are absolute http or https URLs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

import lxml.html

from feedmaker import tree

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

T_co = TypeVar("T_co", covariant=True)


# --- Sources: what the settings say ---------------------------------------------------------------------------------


class Follow(StrEnum):
    """How far a source's entries are followed beyond the listing page."""

    NONE = "none"  # the listing alone
    METADATA = "metadata"  # each article's metadata
    FULL = "full"  # its text too


class OnEdit(StrEnum):
    """What becomes of an entry whose article has changed."""

    IGNORE = "ignore"  # it stays as it was first read
    UPDATE = "update"  # it keeps its id and gets a new date of its update
    NEW = "new"  # it gets a new id, so that readers show it again


class Field(StrEnum):
    """The fields of an entry that rules can select and filters can test, by their names in the settings."""

    URL = "url"
    TITLE = "title"
    SUMMARY = "summary"
    PUBLISHED = "published"
    IMAGE = "image"
    AUTHORS = "authors"
    TAGS = "tags"


class Kind(StrEnum):
    """What a source's address gives; ``auto`` goes by what is found there."""

    AUTO = "auto"
    PAGE = "page"
    FEED = "feed"  # RSS, Atom or JSON Feed
    SITEMAP = "sitemap"
    JSON = "json"
    WORDPRESS = "wordpress"  # the REST interface that a WordPress page announces


@dataclass(frozen=True, slots=True)
class Selector:
    """Where a value stands: CSS or XPath, and optionally an attribute of what that selects.

    ``img@data-src`` is ``Selector("img", attribute="data-src")``; ``@data-unixtime`` has an empty expression and reads
    the attribute of the item itself; ``xpath:.//time`` has ``is_xpath`` set, ``json:$.data.articles`` has ``is_json``.
    """

    expression: str
    attribute: str | None = None
    is_xpath: bool = False
    is_json: bool = False

    def __str__(self) -> str:
        attribute = f"@{self.attribute}" if self.attribute else ""
        prefix = "xpath:" if self.is_xpath else "json:" if self.is_json else ""
        return f"{prefix}{self.expression}{attribute}"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one field is read from an item: the first selector that gives a value, or a constant.

    ``pattern`` is a regular expression whose first group (or whole match) replaces the value. ``template`` builds the
    value from other fields by name, ``https://example.org/{url}``.
    """

    selectors: tuple[Selector, ...] = ()
    constant: str | None = None
    pattern: str | None = None
    template: str | None = None


@dataclass(frozen=True, slots=True)
class ListingRules:
    """What a person says about a listing page; what is left open is found automatically."""

    items: Selector | None = None
    fields: Mapping[Field, FieldRule] = field(default_factory=dict)
    link_pattern: str | None = None
    kind: Kind = Kind.AUTO


@dataclass(frozen=True, slots=True)
class Filters:
    """Which entries stay: regular expressions by field, of which every ``include`` and no ``exclude`` must be found.

    ``max_age`` counts from an entry's publication, or from when it was first seen. Of entries that have the same value
    of ``unique_by``, the first seen stays. ``limit`` is how many of the newest stay.
    """

    include: Mapping[Field, str] = field(default_factory=dict)
    exclude: Mapping[Field, str] = field(default_factory=dict)
    max_age: timedelta | None = None
    unique_by: Field | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a source is refreshed: each ``every``, or by the five fields of ``cron`` in ``timezone``. One is None."""

    every: timedelta | None = None
    cron: str | None = None
    timezone: tzinfo | None = None


class Method(StrEnum):
    """How a source's address is asked for."""

    GET = "GET"
    POST = "POST"


@dataclass(frozen=True, slots=True)
class BasicAuth:
    """A user and password (RFC 7617)."""

    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Login:
    """The form at ``url`` through which a source lets people in, and what goes into its fields by their names."""

    url: str
    fields: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Access:
    """What a person's own access to a source needs. It is sent to the origin of ``url`` alone, and never shown.

    ``method`` and ``body`` (UTF-8 text) are for ``url`` itself; everything else is for all of its origin. ``ca_file``
    holds certificates in PEM form that are trusted there besides the public ones. ``login`` has an origin of its own.
    """

    url: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    auth: BasicAuth | None = None
    ca_file: Path | None = None
    method: Method = Method.GET
    body: str | None = field(default=None, repr=False)
    login: Login | None = None


@dataclass(frozen=True, slots=True)
class Rendering:
    """How a page is brought up that only a browser can show.

    ``wait_for`` is a CSS selector of what has to be there before the page is read. ``times`` is how often its end is
    scrolled to, or ``more`` (a CSS selector) is clicked. ``articles`` tells that a source's articles need it as well.
    """

    wait_for: str | None = None
    more: str | None = None
    times: int = 0
    articles: bool = False


@dataclass(frozen=True, slots=True)
class SiteFunction:
    """A person's own extractor, ``module:function``; ``folder`` is where the module lies if it is not installed."""

    module: str
    function: str
    folder: Path

    def __str__(self) -> str:
        return f"{self.module}:{self.function}"


@dataclass(frozen=True, slots=True)
class Source:
    """One configured section. ``name`` is a file name stem, ``[a-z0-9][a-z0-9_-]*``.

    ``robots`` tells whether the site's robots.txt counts. ``pages`` is how many pages of its listing are read;
    ``max_requests`` bounds one refresh, what is left waits for the next. Entries that left the page are kept for
    ``keep_for`` and up to ``keep`` of them. Articles younger than ``reread`` are read again now and then.
    """

    name: str
    url: str
    title: str | None = None
    schedule: Schedule = Schedule(every=timedelta(minutes=30))
    keep: int = 200
    follow: Follow = Follow.METADATA
    delay: timedelta = timedelta(seconds=1)
    timezone: tzinfo | None = None
    rules: ListingRules = ListingRules()
    filters: Filters = Filters()
    robots: bool = True
    access: Access = Access()
    browser: Rendering | None = None
    pages: int = 1
    max_requests: int | None = None
    reread: timedelta = timedelta(hours=6)
    keep_for: timedelta | None = None
    on_edit: OnEdit = OnEdit.UPDATE
    category: str | None = None
    site: SiteFunction | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """One feed of the entries of several sources, at most ``keep`` of them. Its name is none that a source has."""

    name: str
    sources: tuple[Source, ...]
    title: str | None = None
    keep: int = 200
    category: str | None = None


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What every fetch keeps to, whoever asks for it.

    ``contact`` goes into the User-Agent. ``allow_private`` are networks that are reached although they are not public;
    ``allow_ports`` come on top of 80, 443, 8080 and 8443. ``deadline`` is for a whole response, redirects included;
    ``max_bytes`` bounds it on the wire and again after decompression. ``hosts_at_once`` is how many hosts are read side
    by side; ``proxy`` is the address of an HTTP proxy, the only one that is ever used.
    """

    contact: str | None = None
    allow_private: tuple[IPv4Network | IPv6Network, ...] = ()
    allow_ports: frozenset[int] = frozenset()
    deadline: timedelta = timedelta(seconds=30)
    max_bytes: int = 10 * 1024 * 1024
    hosts_at_once: int = 16
    proxy: str | None = field(default=None, repr=False)  # it may hold a password


# --- Pages ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to recognise an unchanged page by (RFC 9110, section 8.8), sent back as it came."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True)
class Page:
    """The bytes of a page, how they are encoded, and one parsed tree that every extractor reads.

    ``url`` is the final address after redirects; ``moved_to`` is that address again if every redirect said that it is
    permanent (301, 308). ``headers`` have lower-case names. ``encoding`` is a Python codec name that
    ``feedmaker.normalize.encoding`` chose; bytes that do not fit it are replaced.
    """

    url: str
    content: bytes
    encoding: str = "utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None

    @cached_property
    def text(self) -> str:
        """The page as text."""
        return self.content.decode(self.encoding, "replace")

    @cached_property
    def tree(self) -> lxml.html.HtmlElement:
        """The root element; an empty ``<html>`` for a page that holds no element at all."""
        return tree.parse(self.content, self.encoding)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page for a person's own extractor; slower than ``tree`` by far, so only made when asked for."""
        from bs4 import BeautifulSoup

        return BeautifulSoup(self.text, "lxml")

    @property
    def validators(self) -> Validators:
        """What to send with the next request for the same address."""
        return Validators(self.headers.get("etag"), self.headers.get("last-modified"))


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server's word (304) that a page is the one already known; ``headers`` have lower-case names."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None


# --- Drafts: candidates as they stand on the page -------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class How:
    """Which extractor found a listing's items, and how sure it is of them (0 to 1); ``note`` says why in words."""

    extractor: str
    confidence: float
    note: str = ""


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


# --- Values ---------------------------------------------------------------------------------------------------------


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
    """One entry as its listing page shows it."""

    url: str
    title: str | None = None
    summary: str | None = None
    published: datetime | None = None
    image: Image | None = None
    authors: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    provenance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Listing:
    """The entries of a listing page in the page's order, and where the page goes on (``next_url``)."""

    url: str
    title: str | None
    language: str | None
    items: tuple[ListedItem, ...]
    next_url: str | None
    how: How
    summary: str | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    ``id`` never changes once given. ``title``, ``summary`` and tags are plain text; ``content_html`` is clean HTML.
    ``images`` has the lead picture first. ``language`` is a BCP 47 tag. ``is_free`` is None when the page does not say
    whether reading it costs something. ``provenance`` maps a field's name to where its value was found.
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


# --- State and feeds ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry with its history: when it was first and last seen on the listing, and the hash of its content.

    ``position`` is its place on the listing page when it was last seen there (0 is the top); it orders entries that
    were first seen together and carry no date. ``failed_reads`` counts the attempts to read its article that failed;
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
class SourceState:
    """What is remembered about a source between refreshes.

    ``fingerprint`` is a hash of the settings that shape the feed: when it differs, the page is read again in full.
    ``changed_at`` is the last refresh that changed the feed; ``failures`` counts failures in a row. ``archives`` is how
    many archive documents the feed has ever had.
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

    ``home_url`` is the section's address, ``base_url`` the folder under which readers find the output's files.
    ``hub`` is the address of a WebSub hub; ``category`` the folder that the feed is listed in.

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

    ``standing`` is what the site has said about asking again, by which the next refresh is timed.
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
