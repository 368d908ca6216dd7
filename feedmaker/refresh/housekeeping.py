"""What a program that runs for months must throw away: pages, copies, and sources that nobody wants any more."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from feedmaker.fetch.archive import Archive
from feedmaker.health.words import count
from feedmaker.settings import Settings
from feedmaker.store import Store

# A source that is taken out of the settings keeps its ids for this long, should it come back.
UNUSED_KEPT = timedelta(days=30)
COPIES_KEPT = 2  # of the state, of each kind: from before an upgrade, and damaged

log = logging.getLogger(__name__)


def tidy(settings: Settings, store: Store, now: datetime) -> None:
    """Throw away what is too old. Raises StateError and OutputError."""
    dropped = store.drop_unused([source.name for source in settings.sources], before=now - UNUSED_KEPT)
    if dropped:
        log.info("forgot %s configured no more: %s", count(len(dropped), "source", "sources"), ", ".join(dropped))
    store.drop_copies(COPIES_KEPT)
    if settings.archive:
        removed = Archive(settings.archive).trim(now - settings.keep_pages)
        log.info("removed %s from the archive", count(removed, "page", "pages"))
