"""What a program that runs for months must throw away: pages, copies, and sources that nobody wants any more."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from feedmaker.fetch.archive import Archive
from feedmaker.health.words import count
from feedmaker.settings import Settings
from feedmaker.store import Store

# A source that is taken out of the settings keeps its ids for this long, should it come back.
UNUSED_KEPT = timedelta(days=30)
COPIES_KEPT = 2  # of the state, of each kind: from before an upgrade, and damaged
FIRST = 600.0  # seconds from the start, by which sites have told what day it is
EACH = 24 * 3600.0  # seconds

log = logging.getLogger(__name__)


class Tidying:
    """When what is too old is thrown away, and by which clock: a clock that was set forward makes all too old.

    ``tidy`` throws it away as of a moment.
    """

    def __init__(self, tidy: Callable[[datetime], object], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._tidy = tidy
        self._monotonic = monotonic
        self._next = monotonic() + FIRST
        self._served: datetime | None = None

    def hear(self, served: datetime | None) -> None:
        """A site has answered at that moment by its own clock, None if it does not say; one call at a time."""
        if served:
            self._served = max(served, self._served or served)

    def tidy_in_time(self, now: datetime) -> None:
        """Tidy if it is time, as of now or of the latest moment that any site has told, whichever is earlier."""
        if self._monotonic() >= self._next:
            self._next = self._monotonic() + EACH
            self._tidy(min(now, self._served or now))


def tidy(settings: Settings, store: Store, now: datetime) -> None:
    """Throw away what is too old. Raises StateError and OutputError."""
    dropped = store.drop_unused([source.name for source in settings.sources], before=now - UNUSED_KEPT)
    if dropped:
        log.info("forgot %s configured no more: %s", count(len(dropped), "source", "sources"), ", ".join(dropped))
    store.drop_copies(COPIES_KEPT)
    if settings.archive:
        removed = Archive(settings.archive).trim(now - settings.keep_pages)
        log.info("removed %s from the archive", count(removed, "page", "pages"))
