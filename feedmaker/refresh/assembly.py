"""Stored entries become a feed: pure, so that the same state always gives the same feed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from feedmaker.model import Feed, FeedEntry, Source, SourceState, StoredEntry
from feedmaker.normalize.urls import path_of
from feedmaker.refresh.selection import first_seen, selected


def feed_of(
    source: Source,
    state: SourceState,
    stored: Iterable[StoredEntry],
    base_url: str | None,
    *,
    now: datetime,
    hub: str | None = None,
) -> Feed:
    """The feed of a source from what is remembered about it, newest entry first.

    ``stored`` comes newest first, as the store gives it. ``now`` decides which entries are too old, and nothing else.
    """
    entries = tuple(_feed_entry(each) for each in shown_of(source, stored, now))
    return Feed(
        name=source.name,
        title=source.title or state.title or _title_from_address(source.url),
        home_url=state.home_url or source.url,
        description=state.description,
        language=state.language or most_common_language(entries),
        entries=entries,
        base_url=base_url,
        ttl=source.schedule.shortest if source.schedule.is_adaptive else source.schedule.every,
        changed_at=state.changed_at,
        hub=hub,
        category=source.category,
        icon=state.icon,
        source_url=source.url,
    )


def shown_of(source: Source, stored: Iterable[StoredEntry], now: datetime) -> list[StoredEntry]:
    """The entries that a source's feed has, in the order given: each story once, and what its filters let through."""
    return selected(source.filters, _distinct(stored), now)


def _feed_entry(stored: StoredEntry) -> FeedEntry:
    published = stored.entry.published or stored.first_seen
    entry = replace(stored.entry, id=f"{stored.entry.id}#edit-{stored.edits}") if stored.edits else stored.entry
    return FeedEntry(
        entry=entry,
        published=published,
        updated=max(published, stored.entry.updated or published),
        is_date_first_seen=stored.entry.published is None,
        archive=stored.archive,
    )


def _distinct(stored: Iterable[StoredEntry]) -> list[StoredEntry]:
    """Each story once: a section may list one article by two addresses that name the same canonical one.

    The title or the path of the addresses must agree as well, because some sites declare one canonical address for all
    of their pages. The first seen of them stands for the story, so that its id stays.
    """
    by_title = first_seen(stored, lambda each: (each.entry.url, each.entry.title))
    return first_seen(by_title, lambda each: (each.entry.url, path_of(each.entry.id)))


def _title_from_address(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path.rstrip('/')}"


def most_common_language(entries: tuple[FeedEntry, ...]) -> str | None:
    """The language of most entries that have one."""
    counts = Counter(entry.entry.language for entry in entries if entry.entry.language)
    return min(counts, key=lambda language: (-counts[language], language)) if counts else None
