"""What a refresh that read a list has seen, in numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedmaker.model import Entry, Field, Observation, StoredEntry


def observed(
    place: str | None,
    read: Sequence[Entry],
    current: Mapping[str, StoredEntry],
    stored: Mapping[str, StoredEntry],
    now: datetime,
) -> Observation:
    """What is seen of a listing page: the ``place`` of its list, the entries that were ``read`` anew, and, by id, the
    entries that stand on it now (``current``) and those that were ``stored`` before.
    """
    unread = [entry.unread_date for entry in read if entry.unread_date]
    return Observation(
        at=now,
        listed=len(current),
        known=len(current.keys() & stored.keys()),
        renamed=_renamed(current, stored),
        sampled=len(read),
        filled={field: sum(_has(entry, field) for entry in read) for field in Field if field is not Field.URL},
        unread_dates=len(unread),
        unread_date=unread[0] if unread else None,
        newest=max((each.entry.published or each.first_seen for each in current.values()), default=None),
        place=place,
    )


def _renamed(current: Mapping[str, StoredEntry], stored: Mapping[str, StoredEntry]) -> int:
    """How many entries are new by their ids though an entry that is not on the list any more has their title."""
    titles = {each.entry.title for id_, each in stored.items() if id_ not in current} - {None}
    return sum(each.entry.title in titles for id_, each in current.items() if id_ not in stored)


def _has(entry: Entry, field: Field) -> bool:
    return bool(entry.images if field is Field.IMAGE else getattr(entry, field))
