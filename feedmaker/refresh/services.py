"""What a refresh works with: the web, the store and the output folder, opened from the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol

from feedmaker.errors import FetchError
from feedmaker.fetch import Web
from feedmaker.model import Access, Merge, NotModified, Page, Source, Validators
from feedmaker.refresh.websub import Publisher
from feedmaker.settings import Settings
from feedmaker.store import Store
from feedmaker.write import Output

NOTHING_KNOWN = Validators()

Progress = Callable[[str, int, int], None]
"""Hears how far a refresh has come: the source's name, articles read, articles to read."""


def unheard(_source: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


class Fetcher(Protocol):
    """The seam to the web; ``feedmaker.fetch.Web`` fills it. Raises FetchError."""

    def fetch(
        self, url: str, *, delay: timedelta, validators: Validators, robots: bool, access: Access
    ) -> Page | NotModified:
        """The page behind an address, or the server's word that it is the one that ``validators`` came with."""
        ...


@dataclass(slots=True)
class SourceWeb:
    """The web as one source's settings have it read: with its delay and access, and every request counted."""

    source: Source
    web: Fetcher
    requests: int = 0

    def fetch(self, url: str, validators: Validators = NOTHING_KNOWN) -> Page | NotModified:
        """The page behind an address, or that it has not changed. Raises FetchError."""
        self.requests += 1
        source = self.source
        return self.web.fetch(
            url, delay=source.delay, validators=validators, robots=source.robots, access=source.access
        )

    def page(self, url: str) -> Page:
        """The page behind an address, whatever is known of it. Raises FetchError."""
        page = self.fetch(url)
        if isinstance(page, NotModified):
            raise FetchError(f"{url} answers 304 to a request without conditions; try again later", address=url)
        return page

    @property
    def is_spent(self) -> bool:
        """Whether the source's budget of requests is used up."""
        return self.source.max_requests is not None and self.requests >= self.source.max_requests


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms that touch the world, what the settings say of all feeds, and the clock."""

    web: Fetcher
    store: Store
    output: Output
    base_url: str | None = None
    hub: str | None = None
    merges: tuple[Merge, ...] = ()
    publisher: Publisher = field(default_factory=Publisher)
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    on_progress: Progress = unheard
    merging: Lock = field(default_factory=Lock)

    def merges_of(self, source: Source) -> tuple[Merge, ...]:
        """The merged feeds that a source belongs to."""
        return tuple(merge for merge in self.merges if any(member.name == source.name for member in merge.sources))


@contextmanager
def open_services(settings: Settings, on_progress: Progress = unheard) -> Iterator[tuple[Services, Web]]:
    """The services that settings ask for, and the Web among them, whose ``stop`` ends waiting fetches.

    Raises OutputError, StateError or AlreadyRunning before anything is fetched.
    """
    output = Output(settings.output)
    with Store.open(settings.state) as store, Web(settings.fetch) as web:
        about_all = (settings.base_url, settings.hub, settings.merges)
        yield Services(web, store, output, *about_all, on_progress=on_progress), web
