"""A rerun: the pages of the archive are read once more, by the settings and the program of now, without the sites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from feedmaker.fetch import served_at
from feedmaker.fetch.archive import ArchiveFetcher
from feedmaker.model import ListedItem, Page, Source, SourceState, StoredEntry
from feedmaker.normalize.context import Context
from feedmaker.normalize.identity import entry_id


def unread(
    source: Source, items: Iterable[ListedItem], stored: Mapping[str, StoredEntry], archive: ArchiveFetcher
) -> Mapping[str, StoredEntry]:
    """The stored entries, those whose article is in the archive as if it had never been read."""
    kept = {entry_id(item.url) for item in items if archive.has(item.url, source.access)}
    return {id_: replace(each, read_at=None, failed_reads=0) if id_ in kept else each for id_, each in stored.items()}


def when_served(context: Context, page: Page) -> Context:
    """The context for reading a page that was kept: its words such as "yesterday" are counted from when it came."""
    served = served_at(page.headers)
    return replace(context, now=min(served, context.now)) if served else context


def after_rerun(before: SourceState, after: SourceState) -> SourceState:
    """The state after a rerun: as no site was asked, nothing changes of when the next one is."""
    return replace(
        after,
        last_attempt=before.last_attempt,
        last_success=before.last_success,
        failures=before.failures,
        last_error=before.last_error,
        standing=before.standing,
    )
