"""Sources: what the settings say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta, tzinfo
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path


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
    """When a source is refreshed: each ``every``, or by the five fields of ``cron`` in ``timezone``.

    Where both are None, by the pace of its entries: not sooner than ``shortest`` and not later than ``longest`` after
    the last refresh, with nights and weekends as they are in ``timezone``.
    """

    every: timedelta | None = None
    cron: str | None = None
    timezone: tzinfo | None = None
    shortest: timedelta = timedelta(minutes=10)
    longest: timedelta = timedelta(hours=6)

    @property
    def is_adaptive(self) -> bool:
        """Whether it goes by the pace of the entries."""
        return self.every is None and self.cron is None


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
    schedule: Schedule = Schedule()
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
