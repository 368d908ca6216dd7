"""Which known articles are read again: pure decisions by what is stored of them, what the list shows, and the clock."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from feedmaker.model import Follow, ListedItem, OnEdit, Source, StoredEntry

# How many articles are read again in one refresh: a list whose pictures all moved must not cost a request for each.
AT_ONCE = 3
NEVER = datetime.min.replace(tzinfo=UTC)


def to_read_again(
    source: Source, known: Mapping[str, tuple[ListedItem, StoredEntry]], now: datetime
) -> tuple[list[str], bool]:
    """The ids of the articles to read again, and whether more of them are left for the next refresh.

    Those that the list shows changed come first, then those that are younger than the source's ``reread``; among
    either, the one that was read the longest ago.
    """
    if source.follow is Follow.NONE or source.on_edit is OnEdit.IGNORE:
        return [], False
    changed = [id_ for id_, (item, stored) in known.items() if shows_change(item, stored, now)]
    fresh = [id_ for id_, (_, stored) in known.items() if id_ not in changed and _is_fresh(source, stored, now)]
    order = [*_longest_ago(changed, known), *_longest_ago(fresh, known)]
    return order[:AT_ONCE], len(changed) > AT_ONCE


def shows_change(item: ListedItem, stored: StoredEntry, now: datetime) -> bool:
    """Whether the list shows an item otherwise than before: its title, its picture, or a later date."""
    if stored.listed_hash is None:
        return False
    return listed_hash(item) != stored.listed_hash or _is_later(item.published, stored, now)


def remembered(stored: StoredEntry, item: ListedItem) -> StoredEntry:
    """The entry with what the list shows of it now."""
    return replace(stored, listed_hash=listed_hash(item), listed_date=item.published)


def listed_hash(item: ListedItem) -> str:
    """A hash of the title and picture of an item.

    Only the path of a picture counts: the same picture comes from many hosts, and its size and tokens that expire stand
    in the query.
    """
    path = urlsplit(item.image.url).path if item.image else ""
    return hashlib.sha256(f"{item.title}\n{path}".encode("utf-8", "replace")).hexdigest()


def _is_later(date: datetime | None, stored: StoredEntry, now: datetime) -> bool:
    """Whether a date has moved on by more than the time that has passed: what says "2 hours ago" moves with the clock.

    What says "3 days ago" makes a whole day's step at midnight.
    """
    if date is None or stored.listed_date is None:
        return False
    step = timedelta(days=1) if date.time() == time.min else timedelta(minutes=1)
    return date - stored.listed_date > now - stored.last_seen + step


def _is_fresh(source: Source, stored: StoredEntry, now: datetime) -> bool:
    published = stored.entry.published or stored.first_seen
    return stored.failed_reads == 0 and now - published < source.reread


def _longest_ago(ids: list[str], known: Mapping[str, tuple[ListedItem, StoredEntry]]) -> list[str]:
    return sorted(ids, key=lambda id_: known[id_][1].read_at or NEVER)
