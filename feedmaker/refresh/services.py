"""What a refresh works with: the web, the store and the output folder, opened from the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from threading import Lock

from feedmaker.errors import BudgetSpent, FetchError
from feedmaker.fetch import Fetcher, Web
from feedmaker.fetch.archive import Archive, ArchiveFetcher, KeepingFetcher
from feedmaker.health import status_feed
from feedmaker.health.bulletin import Bulletin
from feedmaker.health.delivery import tell
from feedmaker.model import Merge, NotModified, Page, Rendering, Source, Validators
from feedmaker.reading import Reader, here
from feedmaker.refresh.restoring import restore
from feedmaker.refresh.websub import Publisher
from feedmaker.settings import Settings
from feedmaker.settings.masking import Mask
from feedmaker.store import Store
from feedmaker.write import Destination, open_destination, render_feed

NOTHING_KNOWN = Validators()

Progress = Callable[[str, int, int], None]
"""Hears how far a refresh has come: the source's name, articles read, articles to read."""


def unheard(_source: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


@dataclass(slots=True)
class SourceWeb:
    """The web as one source's settings have it read: with its delay and access, and every request and byte counted.

    ``is_limited`` tells whether the source's budget of requests counts.
    """

    source: Source
    web: Fetcher
    requests: int = 0
    is_limited: bool = True
    received: int = 0

    def listing(self, url: str, validators: Validators = NOTHING_KNOWN) -> Page | NotModified:
        """A page of the source's list, or that it has not changed; in a browser if need be. Raises FetchError."""
        return self._fetch(url, validators, self.source.browser)

    def listing_page(self, url: str) -> Page:
        """A page of the source's list, whatever is known of it. Raises FetchError."""
        return _known(url, self.listing(url))

    def page(self, url: str) -> Page:
        """An article, or anything else that the list leads to. Raises FetchError."""
        browser = self.source.browser
        return _known(url, self._fetch(url, NOTHING_KNOWN, Rendering() if browser and browser.articles else None))

    def _fetch(self, url: str, validators: Validators, browser: Rendering | None) -> Page | NotModified:
        source = self.source
        try:
            page = self.web.fetch(
                url,
                delay=source.delay,
                validators=validators,
                robots=source.robots,
                access=source.access,
                browser=browser,
                spend=self._spend,
            )
        except FetchError as error:
            self.received += error.received
            raise
        self.received += page.received
        return page

    def _spend(self) -> None:
        if self.is_spent:
            source = self.source
            raise BudgetSpent(f"no more requests are made than `max_requests: {source.max_requests}` of {source.name}")
        self.requests += 1

    @property
    def is_spent(self) -> bool:
        """Whether the source's budget of requests is used up."""
        most = self.source.max_requests
        return self.is_limited and most is not None and self.requests >= most


def _known(url: str, page: Page | NotModified) -> Page:
    if isinstance(page, NotModified):
        raise FetchError(f"{url} answers 304 to a request without conditions; try again later", address=url)
    return page


@dataclass(frozen=True, slots=True)
class Services:
    """The rooms that touch the world, what the settings say of all feeds, and the clock.

    ``publisher`` tells the hub of changes, ``bulletin`` others how sources are, and ``on_change`` is a command that is
    run after files have changed, with their paths below ``destination``. ``mask`` hides the settings' secrets in
    a text. ``rerun_of`` is the archive that takes the place of the web in a rerun. ``reader`` is who reads the pages
    that have been fetched.
    """

    web: Fetcher
    store: Store
    output: Destination
    base_url: str | None = None
    hub: str | None = None
    merges: tuple[Merge, ...] = ()
    publisher: Publisher | None = None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    on_progress: Progress = unheard
    rerun_of: ArchiveFetcher | None = None
    reader: Reader = here
    merging: Lock = field(default_factory=Lock)
    bulletin: Bulletin = field(default_factory=Bulletin)
    on_change: tuple[str, ...] = ()
    destination: str = ""
    mask: Callable[[str], str] = str

    def merges_of(self, source: Source) -> tuple[Merge, ...]:
        """The merged feeds that a source belongs to."""
        return tuple(merge for merge in self.merges if any(member.name == source.name for member in merge.sources))


@contextmanager
def open_services(
    settings: Settings, on_progress: Progress = unheard, *, from_archive: bool = False, reader: Reader = here
) -> Iterator[tuple[Services, Web]]:
    """The services that settings ask for, and the Web among them, whose ``stop`` ends waiting fetches.

    What the state lacks of the feeds in the output is restored first. With ``from_archive`` pages come from the archive
    of the settings alone, which must have one. Raises OutputError, StateError or AlreadyRunning before any fetch.
    """
    output = open_destination(settings.output, settings.bucket)
    with Store.open(settings.state) as store, Web(settings.fetch, notes=store) as web:
        store.drop_notes(before=datetime.now(UTC))
        restore(settings.sources, store, output, datetime.now(UTC))
        services = services_of(settings, store, output, web)
        rerun_of = ArchiveFetcher(Archive(settings.archive)) if settings.archive and from_archive else None
        services = replace(services, rerun_of=rerun_of, on_progress=on_progress, reader=reader)
        yield replace(services, web=rerun_of or services.web), web


def services_of(settings: Settings, store: Store, output: Destination, web: Web) -> Services:
    """The services that settings ask for, of parts that are open already."""
    services = Services(
        KeepingFetcher(web, Archive(settings.archive)) if settings.archive else web,
        store,
        output,
        base_url=settings.base_url,
        hub=settings.hub,
        merges=settings.merges,
        publisher=Publisher(web, settings.hub) if settings.hub else None,
        on_change=settings.on_change,
        destination=settings.destination,
        mask=Mask(settings.secrets),
    )
    return replace(services, bulletin=_bulletin(settings, services, web))


def _bulletin(settings: Settings, services: Services, web: Fetcher) -> Bulletin:
    """What tells others how the sources are, as the settings say."""
    health, alerts = services.store.health, settings.alerts
    sources = {source.name: source for source in settings.sources}

    def publish() -> None:
        problems = health.latest_problems(status_feed.PROBLEMS)
        services.output.publish(render_feed(status_feed.status_feed(problems, sources, services.base_url)))

    return Bulletin(
        (lambda news: tell(news, alerts, web, health, services.now())) if alerts else None,
        alerts.after if alerts else 1,
        publish if settings.status_feed else None,
    )
