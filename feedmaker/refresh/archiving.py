"""A feed of many entries becomes several documents (RFC 5005, section 4), so that readers need not fetch all of them
over and over: the newest entries stand in the feed itself, older ones in archives.

An archive is made of the oldest entries of the feed as soon as they fill one, and has the same entries from then on:
what is edited later comes back into the feed itself. It goes when none of its entries is kept any more. All here is
pure: which entries an archive has is remembered with them, and how many archives there were with the source.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from feedmaker.model import Feed, FeedEntry, StoredEntry

NEWEST = 200  # entries that always stand in the feed itself: as many as are kept unless settings say otherwise
FULL = 100  # entries of an archive


@dataclass(frozen=True, slots=True)
class Documents:
    """The feed itself, and its archives by their numbers, the oldest first."""

    feed: Feed
    archives: dict[int, Feed] = field(default_factory=dict)


def newly_archived(shown: Sequence[StoredEntry], made: int) -> dict[str, int]:
    """Which entries go to which new archive, by their ids. ``made`` is how many archives there have been so far.

    ``shown`` are the entries of the feed and its archives, newest first.
    """
    made = max(made, *(each.archive or 0 for each in shown), 0)
    own = [each.entry.id for each in shown if each.archive is None]
    full = max(0, len(own) - NEWEST) // FULL
    oldest_first = reversed(own[len(own) - full * FULL :])
    return {id_: made + 1 + place // FULL for place, id_ in enumerate(oldest_first)}


def documents_of(feed: Feed, made: int) -> Documents:
    """The documents in which a feed is published; each archive leads to the next older one, as long as there is one."""
    entries: dict[int | None, list[FeedEntry]] = defaultdict(list)
    for each in feed.entries:
        entries[each.archive].append(each)
    numbers = [number for number in entries if number is not None]
    if not numbers:
        return Documents(feed)
    oldest, newest = min(numbers), max(made, *numbers)
    archives = {
        number: replace(
            feed,
            entries=tuple(entries[number]),
            archive=number,
            previous_archive=number - 1 if number > oldest else None,
            ttl=None,
            hub=None,
        )
        for number in range(oldest, newest + 1)
    }
    return Documents(replace(feed, entries=tuple(entries[None]), previous_archive=newest), archives)
