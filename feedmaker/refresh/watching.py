"""Each refresh is a look at when a source's entries come: it is remembered, so that the next ones come in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from feedmaker.model import Source, SourceState, StoredEntry
from feedmaker.refresh.pace import first_watch, watched
from feedmaker.refresh.services import Services

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
WRITTEN_EACH = timedelta(hours=6)  # the pace of a source that lists nothing new


def watch(
    source: Source,
    before: SourceState,
    services: Services,
    now: datetime,
    current: Mapping[str, StoredEntry],
    stored: Mapping[str, StoredEntry],
) -> None:
    """Remember what a look at the list tells of the source's pace.

    ``before`` is the state before it, ``current`` what the list has and ``stored`` what was known, both by id.
    """
    arrived = [each.entry.published for id_, each in current.items() if id_ not in stored]
    last = before.last_success
    if not arrived and last and (last - EPOCH) // WRITTEN_EACH == (now - EPOCH) // WRITTEN_EACH:
        return
    pace = services.store.pace(source.name)
    if pace is None:
        known = [each.entry.published for each in {**stored, **current}.values()]
        pace = first_watch(known, now, source.timezone)
    else:
        pace = watched(pace, arrived, last or pace.until, now, source.timezone)
    services.store.save_pace(source.name, pace)
