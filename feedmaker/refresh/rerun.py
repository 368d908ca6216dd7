"""A rerun: the pages of the archive are read once more, by the settings and the program of now, without the sites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from feedmaker.fetch.archive import ArchiveFetcher
from feedmaker.model import ListedItem, Source, SourceState, StoredEntry
from feedmaker.normalize.identity import entry_id


def unread(
    source: Source, items: Iterable[ListedItem], stored: Mapping[str, StoredEntry], archive: ArchiveFetcher
) -> Mapping[str, StoredEntry]:
    """The stored entries, those whose article is in the archive as if it had never been read."""
    kept = {entry_id(item.url) for item in items if archive.has(item.url, source.access)}
    return {id_: replace(each, read_at=None, failed_reads=0) if id_ in kept else each for id_, each in stored.items()}


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
