"""The story of one source: fetch its listing, read what is new, remember it, write its feed.

A refresh never empties a feed: whatever goes wrong on the way to the listing leaves the stored entries and the files as
they are, and comes back as an Outcome that says what to do. Errors of the output folder or the state are not the
source's and are raised.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from feedmaker.errors import SourceError, Stopping
from feedmaker.model import (
    Feed,
    Filters,
    Listing,
    NotModified,
    Outcome,
    Page,
    Result,
    Source,
    SourceState,
    StoredEntry,
    Validators,
)
from feedmaker.normalize.context import Context
from feedmaker.refresh.assembly import feed_of
from feedmaker.refresh.following import Follower
from feedmaker.refresh.listing_pages import ListingPages
from feedmaker.refresh.services import Services, SourceWeb, open_services
from feedmaker.settings import Settings, pick
from feedmaker.version import VERSION
from feedmaker.write import file_names, render_feed, render_overview

OVERVIEW_ENTRIES = 10


def refresh(settings: Settings, names: Sequence[str] = ()) -> tuple[Outcome, ...]:
    """Refresh the named sources, or all, one after the other, and write feeds.opml and index.html.

    Raises SettingsError for a name that no source has, and OutputError, StateError or AlreadyRunning before any fetch.
    """
    sources = pick(settings, names)
    with open_services(settings) as (services, _web):
        outcomes = tuple(refresh_source(source, services) for source in sources)
        write_overview(settings.sources, services)
    return outcomes


def refresh_source(source: Source, services: Services) -> Outcome:
    """Refresh one source; what goes wrong with it is in the outcome, not raised."""
    started = time.monotonic()
    visit = _Visit(source, services, services.store.state(source.name), services.now())
    try:
        outcome = visit.run()
    except Stopping:
        outcome = visit.outcome(Result.STOPPED)
    except SourceError as error:
        outcome = visit.fail(error)
    return replace(outcome, seconds=time.monotonic() - started)


def write_overview(sources: Iterable[Source], services: Services) -> tuple[str, ...]:
    """Write feeds.opml and index.html for all sources that have a feed; the names of the files that changed."""
    states = services.store.states()
    feeds = [
        _overview_feed(source, state, services)
        for source in sources
        if (state := states.get(source.name)) and state.changed_at
    ]
    return services.output.publish(render_overview(feeds, base_url=services.base_url))


def _overview_feed(source: Source, state: SourceState, services: Services) -> Feed:
    """As much of a source's feed as the overview shows; filters may leave out any number of entries."""
    limit = OVERVIEW_ENTRIES if source.filters == Filters() else None
    entries = services.store.entries(source.name, limit=limit)
    return feed_of(source, state, entries, services.base_url, now=services.now(), hub=services.hub)


def fingerprint(source: Source, services: Services) -> str:
    """A hash of all but the site that shapes a feed: the source's settings, what all feeds name, the program."""
    return hashlib.sha256(repr((source, services.base_url, services.hub, VERSION)).encode()).hexdigest()


@dataclass(slots=True)
class _Visit:
    """One refresh of one source under way."""

    source: Source
    services: Services
    state: SourceState
    now: datetime
    warnings: tuple[str, ...] = ()
    web: SourceWeb = field(init=False)
    fingerprint: str = field(init=False)

    def __post_init__(self) -> None:
        self.web = SourceWeb(self.source, self.services.web)
        self.fingerprint = fingerprint(self.source, self.services)

    def run(self) -> Outcome:
        """Is there anything new, what is it, keep it, write it."""
        page = self._new_listing_page()
        if page is None:
            has_aged = self.source.filters.max_age is not None and self._publish()
            self._succeed()
            return self.outcome(Result.CHANGED if has_aged else Result.UNCHANGED)
        context = Context(self.now, self.source.timezone)
        pages = ListingPages(self.source, self.web, context)
        listing = pages.read(page)
        stored = {each.entry.id: each for each in self.services.store.entries(self.source.name)}
        follower = Follower(self.source, self.web, context, self.services.on_progress)
        current = follower.follow(listing.items, stored)
        self.warnings = (*pages.warnings, *follower.warnings)
        self._remember(listing, current, stored)
        is_changed = self._publish()
        if pages.are_settled and follower.is_settled(current):
            self._settle(page)
        self._succeed()
        added = len(current.keys() - stored.keys())
        updated = sum(id_ in stored and stored[id_].content_hash != each.content_hash for id_, each in current.items())
        return self.outcome(Result.CHANGED if is_changed else Result.UNCHANGED, added, updated)

    def fail(self, error: SourceError) -> Outcome:
        """Remember a failure; entries and files stay as they are."""
        self.state = replace(self.state, last_attempt=self.now, failures=self.state.failures + 1, last_error=str(error))
        self.services.store.save_state(self.state)
        return replace(self.outcome(Result.FAILED), error=str(error))

    def _new_listing_page(self) -> Page | None:
        """The listing page, or None if it is the one that the feed on disk was made from."""
        settled = self.state.fingerprint == self.fingerprint and self.services.output.has(file_names(self.source.name))
        validators = self.state.validators if settled else Validators()
        page = self.web.fetch(self.source.url, validators)
        if isinstance(page, NotModified):
            return None
        if settled and self.state.body_hash == _body_hash(page):
            self.state = replace(self.state, validators=page.validators)
            return None
        return page

    def _remember(self, listing: Listing, current: dict[str, StoredEntry], stored: dict[str, StoredEntry]) -> None:
        """Keep the entries. The page counts as unread until its feed is written, so that a kill costs nothing."""
        self.state = replace(
            self.state,
            validators=Validators(),
            body_hash=None,
            title=listing.title,
            description=listing.summary,
            language=listing.language,
        )
        changed = [each for id_, each in current.items() if stored.get(id_) != each]
        keep_since = self.now - self.source.keep_for if self.source.keep_for else None
        self.services.store.save(
            self.state, changed, seen=current, now=self.now, keep=self.source.keep, keep_since=keep_since
        )

    def _publish(self) -> bool:
        """Write the feed's files; whether any of them changed."""
        services = self.services
        entries = services.store.entries(self.source.name)
        feed = feed_of(self.source, self.state, entries, services.base_url, now=self.now, hub=services.hub)
        if not services.output.publish(render_feed(feed)):
            return False
        self.state = replace(self.state, changed_at=self.now)
        return True

    def _settle(self, page: Page) -> None:
        """Take the page as read: as long as it stays the same, there is nothing to do."""
        self.state = replace(
            self.state, validators=page.validators, body_hash=_body_hash(page), fingerprint=self.fingerprint
        )

    def _succeed(self) -> None:
        self.state = replace(self.state, last_attempt=self.now, last_success=self.now, failures=0, last_error=None)
        self.services.store.save_state(self.state)

    def outcome(self, result: Result, added: int = 0, updated: int = 0) -> Outcome:
        return Outcome(
            source=self.source.name,
            result=result,
            entries=self.services.store.count(self.source.name),
            added=added,
            updated=updated,
            requests=self.web.requests,
            warnings=self.warnings,
        )


def _body_hash(page: Page) -> str:
    return hashlib.sha256(page.content).hexdigest()
