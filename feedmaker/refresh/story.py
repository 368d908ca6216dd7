"""The story of one source: fetch its listing, read what is new, remember it, write its feed.

A refresh never empties a feed: whatever goes wrong on the way to the listing leaves the stored entries and the files as
they are, and comes back as an Outcome that says what to do. Errors of the output folder or the state are not the
source's and are raised.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from feedmaker.errors import OutputError, SourceError, Stopping
from feedmaker.health.observing import observed
from feedmaker.health.place import place_of
from feedmaker.model import (
    Listing,
    Outcome,
    Page,
    Result,
    Source,
    SourceState,
    StoredEntry,
    Validators,
)
from feedmaker.normalize.context import Context
from feedmaker.refresh.asking import Asking
from feedmaker.refresh.following import Follower
from feedmaker.refresh.listing_pages import ListingPages
from feedmaker.refresh.noticing import Notes, noticed
from feedmaker.refresh.publishing import archive, files_of, publish_feed, publish_merges, write_overview
from feedmaker.refresh.rerun import after_rerun, unread, when_served
from feedmaker.refresh.services import Services, SourceWeb, open_services
from feedmaker.refresh.standing import failure, heard_of
from feedmaker.refresh.telling import tell_of
from feedmaker.refresh.watching import watch
from feedmaker.settings import Settings, pick
from feedmaker.version import VERSION


def refresh_all(settings: Settings, names: Sequence[str]) -> tuple[Outcome, ...]:
    """Refresh the named sources, or all: see ``feedmaker.refresh``."""
    sources = pick(settings, names)
    with open_services(settings) as (services, _web):
        outcomes = tuple(refresh_source(source, services, even_if_gone=bool(names)) for source in sources)
        services.bulletin.issue()
        write_overview(settings.sources, services)
    return outcomes


def refresh_source(source: Source, services: Services, *, even_if_gone: bool = False) -> Outcome:
    """Refresh one source; what goes wrong with it is in the outcome, not raised.

    A page that is gone for good (410) is not asked for again unless ``even_if_gone`` says so.
    """
    started = time.monotonic()
    visit = _Visit(source, services, heard_of(source, services.store.state(source.name)), services.now())
    if visit.state.standing.is_gone and not even_if_gone:
        problems = services.store.health.watch(source.name).problems
        return replace(visit.outcome(Result.FAILED), error=visit.state.last_error, problems=problems)
    try:
        outcome = visit.run()
    except Stopping:
        outcome = visit.outcome(Result.STOPPED)
    except SourceError as error:
        outcome = visit.fail(error)
    except OutputError as error:
        noticed(source, services, visit.notes, visit.fail(error), visit.now)
        raise
    outcome = noticed(source, services, visit.notes, outcome, visit.now)
    return replace(outcome, seconds=time.monotonic() - started)


def fingerprint(source: Source, services: Services) -> str:
    """A hash of all but the site that shapes a feed: the source's settings, what all feeds name, the program."""
    merges = [replace(merge, sources=()) for merge in services.merges_of(source)]
    return hashlib.sha256(repr((source, services.base_url, services.hub, merges, VERSION)).encode()).hexdigest()


@dataclass(slots=True)
class _Visit:
    """One refresh of one source under way."""

    source: Source
    services: Services
    state: SourceState
    now: datetime
    warnings: tuple[str, ...] = ()
    changed_files: tuple[str, ...] = ()
    notes: Notes = field(default_factory=Notes)
    before: SourceState = field(init=False)
    web: SourceWeb = field(init=False)
    asking: Asking = field(init=False)
    fingerprint: str = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.state
        self.web = SourceWeb(self.source, self.services.web, is_limited=self.services.rerun_of is None)
        self.asking = Asking(self.source, self.web, self.state.standing, self.services.now)
        self.fingerprint = fingerprint(self.source, self.services)

    def run(self) -> Outcome:
        """Is there anything new, what is it, keep it, write it."""
        page = self._new_listing_page()
        return self._read(page) if page else self._leave()

    def _leave(self) -> Outcome:
        """There is nothing new on the page; entries may be too old for the feed by now."""
        has_aged = self.source.filters.max_age is not None and self._publish()
        self._watch({}, {})
        self._succeed()
        self._tell()
        return self.outcome(Result.CHANGED if has_aged else Result.UNCHANGED)

    def _read(self, page: Page) -> Outcome:
        """Read what the page lists, keep it, write it."""
        self.notes.page = page
        context, rerun_of = Context(self.now, self.source.timezone), self.services.rerun_of
        served = when_served(context, page) if rerun_of else context
        pages = ListingPages(self.source, self.web, served, self.services.reader)
        listing = pages.read(page)
        stored = {each.entry.id: each for each in self.services.store.entries(self.source.name)}
        pages.refuse_wall(page, listing, stored)
        follower = Follower(
            self.source,
            self.web,
            context,
            self.services.on_progress,
            self._is_anew,
            is_rerun=rerun_of is not None,
            reader=self.services.reader,
            as_of=self._as_of,
        )
        known = unread(self.source, listing.items, stored, rerun_of) if rerun_of else stored
        current = follower.follow(listing.items, known)
        self.warnings += (*pages.warnings, *follower.warnings)
        place = self.services.reader(place_of, page, [item.url for item in listing.items])
        self.notes.seen = observed(place, follower.read, current, stored, self.now)
        self._remember(listing, current, stored)
        self._watch(current, stored)
        is_changed = self._publish()
        if pages.are_settled and follower.is_settled(current):
            self._settle(page)
        if follower.retry_after is not None:
            self.asking.leave_alone(follower.retry_after)
        self._succeed()
        self._tell()
        added = len(current.keys() - stored.keys())
        updated = sum(id_ in stored and stored[id_].content_hash != each.content_hash for id_, each in current.items())
        return self.outcome(Result.CHANGED if is_changed else Result.UNCHANGED, added, updated)

    @property
    def _is_anew(self) -> bool:
        """Whether settings or the program have changed since the page was last read."""
        return self.state.fingerprint != self.fingerprint

    def fail(self, error: SourceError | OutputError) -> Outcome:
        """Remember a failure; entries and files stay as they are. A full disk is no reason to ask a site less often."""
        self.notes.error = error
        message = failure(self.source, self.asking.standing, error)
        failures = self.state.failures + isinstance(error, SourceError)
        self.state = replace(self.state, last_attempt=self.now, failures=failures, last_error=message)
        self._save()
        return replace(self.outcome(Result.FAILED), error=message)

    def _new_listing_page(self) -> Page | None:
        """The listing page, or None if it is the one that the feed on disk was made from."""
        files = files_of(self.source, self.services)
        known = self.state.fingerprint == self.fingerprint and self.services.rerun_of is None
        settled = known and self.services.output.has(files)
        page = self.asking.ask(self.state.validators if settled else Validators())
        if isinstance(page, Page) and not (settled and self.state.body_hash == _body_hash(page)):
            return page
        if isinstance(page, Page):
            self.state = replace(self.state, validators=page.validators)
        self.asking.leave_while_fresh(page)
        return None

    def _remember(self, listing: Listing, current: dict[str, StoredEntry], stored: dict[str, StoredEntry]) -> None:
        """Keep the entries. The page counts as unread until its feed is written, so that a kill costs nothing."""
        self.state = replace(
            self.state,
            validators=Validators(),
            body_hash=None,
            title=listing.title,
            description=listing.summary,
            language=listing.language,
            home_url=listing.home_url,
            icon=listing.icon,
        )
        changed = [each for id_, each in current.items() if stored.get(id_) != each]
        keep_since = self._as_of - self.source.keep_for if self.source.keep_for else None
        self.services.store.save(
            self.state, changed, seen=current, now=self.now, keep=self.source.keep, keep_since=keep_since
        )

    @property
    def _as_of(self) -> datetime:
        """The time by which entries are too old: by our clock or the site's, whichever is behind.

        A clock that was set forward would empty feeds, and what is dropped is lost. Kept pages do not tell the time.
        """
        served = None if self.services.rerun_of else self.asking.served
        return min(self.now, served or self.now)

    def _watch(self, current: dict[str, StoredEntry], stored: dict[str, StoredEntry]) -> None:
        if self.services.rerun_of is None:
            watch(self.source, self.before, self.services, self.now, current, stored)

    def _publish(self) -> bool:
        """Write the feed's files and those of the merged feeds it belongs to; whether any of them changed."""
        as_of = self._as_of
        self.state = archive(self.source, self.state, self.services, as_of)
        own = publish_feed(self.source, self.state, self.services, as_of, is_anew=self._is_anew)
        if own:
            self.state = replace(self.state, changed_at=self.now)
        self.changed_files = (*own, *publish_merges(self.source, self.state, self.services, as_of))
        return bool(self.changed_files)

    def _tell(self) -> None:
        """Tell of what changed: at the very end, for nothing that is kept depends on it."""
        self.warnings += tell_of(self.changed_files, self.services)

    def _settle(self, page: Page) -> None:
        """Take the page as read: as long as it stays the same, there is nothing to do."""
        self.state = replace(
            self.state, validators=page.validators, body_hash=_body_hash(page), fingerprint=self.fingerprint
        )
        self.asking.leave_while_fresh(page)

    def _succeed(self) -> None:
        self.state = replace(self.state, last_attempt=self.now, last_success=self.now, failures=0, last_error=None)
        self._save()

    def _save(self) -> None:
        self.state = replace(self.state, standing=self.asking.standing)
        if self.services.rerun_of:
            self.state = after_rerun(self.before, self.state)
        self.services.store.save_state(self.state)

    def outcome(self, result: Result, added: int = 0, updated: int = 0) -> Outcome:
        return Outcome(
            source=self.source.name,
            result=result,
            entries=self.services.store.count(self.source.name),
            added=added,
            updated=updated,
            requests=self.web.requests,
            received=self.web.received,
            warnings=self.asking.warnings + self.warnings,
            standing=self.state.standing,
            served=self.asking.served,
        )


def _body_hash(page: Page) -> str:
    return hashlib.sha256(page.content).hexdigest()
