"""What ``feedmaker run`` keeps going: sources refreshed, the overview written, settings taken over, old things gone."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from threading import Event

from feedmaker.errors import OutputError, SettingsError, StateError
from feedmaker.fetch import Web
from feedmaker.fetch.retrying import RETRIES
from feedmaker.health.words import count
from feedmaker.model import Outcome, Result, Source
from feedmaker.reading import Apart
from feedmaker.refresh import Services, refresh_source, write_overview
from feedmaker.refresh.housekeeping import Tidying, tidy
from feedmaker.refresh.overview import Overview
from feedmaker.refresh.services import services_of
from feedmaker.schedule import loop
from feedmaker.settings import FileWatch, Settings
from feedmaker.write import open_destination

OTHER_REQUESTS = 10  # than for pages of a list: redirects, robots.txt, logging in
ATTEMPTS = 1 + RETRIES
LEEWAY = timedelta(minutes=15)  # for what has short deadlines of its own: reading, the state, files, commands

log = logging.getLogger(__name__)


class Keeper:
    """Keeps all feeds of a settings file fresh.

    ``load`` reads the settings anew when ``watch`` finds them changed; it raises SettingsError. ``reports`` hear of
    each refresh, ``on_tick`` of each tick, and ``on_settings`` of settings that have been taken over.
    """

    def __init__(
        self,
        settings: Settings,
        services: Services,
        web: Web,
        reader: Apart,
        *,
        watch: FileWatch,
        load: Callable[[], Settings],
        reports: Iterable[Callable[[Outcome], None]],
        on_tick: Iterable[Callable[[], None]] = (),
        on_settings: Callable[[Settings], None] | None = None,
    ) -> None:
        self._settings = settings
        self._services = services
        self._web = web
        self._reader = reader
        self._watch = watch
        self._load = load
        self._reports = tuple(reports)
        self._on_tick = tuple(on_tick)
        self._on_settings = on_settings
        self._overview = Overview(lambda: write_overview(self._settings.sources, self._services))
        self._tidying = Tidying(lambda as_of: tidy(self._settings, self._services.store, as_of))
        self._begun = services.now()

    def run(self, stop: Event, pulse: loop.Pulse = loop.PULSE) -> None:
        """Refresh what is due until ``stop`` is set; a bug in a refresh stops the loop and is raised."""
        self._overview.want()
        loop.run(
            self._settings.sources,
            self._services.store,
            loop.Hooks(self._refresh, self._note, self._meanwhile, self._tick, self._stop, self._patience),
            stop=stop,
            workers=self._settings.fetch.hosts_at_once,
            common=_common(self._settings),
            pulse=pulse,
        )
        self._overview.write_now()

    def _tick(self) -> None:
        for call in self._on_tick:
            call()

    def _stop(self) -> None:
        self._web.stop()
        self._reader.stop()

    def _patience(self, source: Source) -> float:
        """The most seconds for all pages of a list, or from one article to the next, if nothing hangs."""
        waits = ATTEMPTS * (source.pages + OTHER_REQUESTS) * (source.delay + self._settings.fetch.deadline)
        return (waits + LEEWAY).total_seconds()

    def _refresh(self, source: Source, alive: loop.Alive) -> Outcome:
        """Refresh a source, and note how late that began; what came due while nothing ran counts from the start on."""
        due, now = self._services.store.agenda.time(source.name), self._services.now()
        late = max(0.0, (now - max(due, self._begun)).total_seconds()) if due else 0.0
        services = replace(self._services, on_progress=lambda *_: alive())
        return replace(refresh_source(source, services), late=late)

    def _note(self, outcome: Outcome) -> None:
        for report in self._reports:
            report(outcome)
        self._tidying.hear(outcome.served)
        if outcome.result is Result.CHANGED:
            self._overview.want()

    def _meanwhile(self, running: loop.Loop) -> None:
        if self._watch.has_changed():
            self._reload(running)
        self._overview.write_in_time()
        self._tidying.tidy_in_time(self._services.now())

    def _reload(self, running: loop.Loop) -> None:
        """Take over the settings file as it is now, or tell why not and go on with what there is."""
        try:
            self._take_over(self._load(), running)
        except SettingsError as error:
            faults = "\n".join(f"  {fault}" for fault in error.faults)
            log.error("the changed settings are refused; those from before go on:\n%s", faults)
        except (OutputError, StateError) as error:
            log.error("the changed settings cannot be used; those from before go on: %s", error)

    def _take_over(self, new: Settings, running: loop.Loop) -> None:
        old = self._settings
        if new.state != old.state:
            log.warning("a changed `state` takes effect at the next start; %s goes on", old.state)
            new = replace(new, state=old.state)
        is_elsewhere = (new.output, new.bucket) != (old.output, old.bucket)
        output = open_destination(new.output, new.bucket) if is_elsewhere else self._services.output
        services = services_of(new, self._services.store, output, self._web)
        running.settle(new.sources, new.fetch.hosts_at_once, _common(new))
        self._web.adopt(new.fetch)
        self._settings = new
        self._reader.deadline = new.fetch.deadline
        before = self._services
        bulletin = before.bulletin.adopt(services.bulletin)
        kept = replace(services, now=before.now, merging=before.merging, reader=before.reader)
        self._services = replace(kept, bulletin=bulletin)
        self._overview.want()
        if self._on_settings:
            self._on_settings(new)
        log.info("the changed settings are in use: %s", _difference(old, new))


def _common(settings: Settings) -> str:
    """What all feeds depend on, in short."""
    about_all = (settings.output, settings.bucket, settings.base_url, settings.hub, settings.merges)
    return hashlib.sha256(repr(about_all).encode()).hexdigest()


def _difference(old: Settings, new: Settings) -> str:
    before, after = ({source.name: source for source in each.sources} for each in (old, new))
    changed = sum(before[name] != after[name] for name in before.keys() & after.keys())
    added, removed = len(after.keys() - before.keys()), len(before.keys() - after.keys())
    return f"{count(len(after), 'source', 'sources')}: {added} new, {changed} changed, {removed} gone"
