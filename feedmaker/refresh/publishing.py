"""What is remembered goes into the output folder: a source's feed, the merged feeds it belongs to, and the overview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain, takewhile

from feedmaker.model import Feed, Filters, Merge, Source, SourceState
from feedmaker.refresh.archiving import FULL, NEWEST, documents_of, newly_archived
from feedmaker.refresh.assembly import feed_of, shown_of
from feedmaker.refresh.merging import merged_feed
from feedmaker.refresh.services import Services
from feedmaker.write import (
    Destination,
    archive_names,
    file_names,
    newest_of,
    render_archive,
    render_feed,
    render_overview,
)


def files_of(source: Source, services: Services) -> tuple[str, ...]:
    """The names of all files that a source's entries go into, but those of the overview."""
    merges = (name for merge in services.merges_of(source) for name in file_names(merge.name))
    return (*file_names(source.name), *merges)


def archive(source: Source, state: SourceState, services: Services, now: datetime) -> SourceState:
    """Move the oldest entries of a source's feed to archives where they fill one; the state that knows of them."""
    if services.store.count(source.name) < NEWEST + FULL:
        return state
    shown = shown_of(source, services.store.entries(source.name), now)
    numbers = newly_archived(shown, state.archives)
    if not numbers:
        return state
    services.store.archive(source.name, numbers)
    return replace(state, archives=max(numbers.values()))


def publish_feed(
    source: Source, state: SourceState, services: Services, now: datetime, *, is_anew: bool = False
) -> tuple[str, ...]:
    """Write the files of a source's feed and its archives; the names of those of the feed itself that changed.

    An archive that is there stays as it is, unless all is written anew because settings have changed. Once the archive
    before it has gone, the oldest one is written without the link to that.
    """
    output = services.output
    documents = documents_of(_feed(source, state, services, now), state.archives)
    oldest = next(iter(documents.archives), state.archives + 1)
    outlived = _outlived(source, oldest, output)
    files: dict[str, bytes] = {}
    for number, document in documents.archives.items():
        if is_anew or (outlived and number == oldest) or not output.has(archive_names(source.name, number)):
            files |= render_archive(document)
    changed = output.publish(files | render_feed(documents.feed))
    if outlived:
        output.remove(outlived)
    return tuple(name for name in changed if name not in files)


def _outlived(source: Source, oldest: int, output: Destination) -> tuple[str, ...]:
    """The files of archives before the oldest one that is needed, the oldest first, so that a kill leaves no gap."""
    names = (archive_names(source.name, number) for number in range(oldest - 1, 0, -1))
    there = list(takewhile(lambda each: output.has(each[-1:]), names))
    return tuple(chain.from_iterable(reversed(there)))


def publish_merges(source: Source, state: SourceState, services: Services, now: datetime) -> tuple[str, ...]:
    """Write the files of the merged feeds that a source belongs to; the names of those that changed.

    ``state`` is the source's own, which need not be stored yet.
    """
    changed = [_publish_merge(merge, state, services, now) for merge in services.merges_of(source)]
    return tuple(chain.from_iterable(changed))


def _publish_merge(merge: Merge, state: SourceState, services: Services, now: datetime) -> tuple[str, ...]:
    # Two sources of a merge may be refreshed side by side: whoever writes later must have read later.
    with services.merging:
        states = {member.name: services.store.state(member.name) for member in merge.sources} | {state.source: state}
        # A source under way has its entries stored before its state says that its feed has changed.
        have_feeds = (m for m in merge.sources if states[m.name].changed_at or services.store.count(m.name))
        feeds = [_feed(member, states[member.name], services, now) for member in have_feeds]
        return services.output.publish(render_feed(merged_feed(merge, feeds))) if feeds else ()


def write_overview(sources: Iterable[Source], services: Services) -> tuple[str, ...]:
    """Write feeds.opml and index.html for all sources that have a feed; the names of the files that changed."""
    states = services.store.states()
    shown = [source for source in sources if source.name in states and states[source.name].changed_at]
    newest = max(1, newest_of(len(shown)))  # one tells that there are any
    feeds = {source.name: _overview_feed(source, states.pop(source.name), services, newest) for source in shown}
    merged = [merged_feed(merge, parts) for merge in services.merges if (parts := _parts(merge, feeds))]
    return services.output.publish(render_overview([*feeds.values(), *merged], base_url=services.base_url))


def _parts(merge: Merge, feeds: Mapping[str, Feed]) -> list[Feed]:
    return [feeds[source.name] for source in merge.sources if source.name in feeds]


def _overview_feed(source: Source, state: SourceState, services: Services, newest: int) -> Feed:
    """As much of a source's feed as the overview shows; filters may leave out any number of entries."""
    limit = newest if source.filters == Filters() else None
    return _feed(source, state, services, services.now(), limit)


def _feed(source: Source, state: SourceState, services: Services, now: datetime, limit: int | None = None) -> Feed:
    entries = services.store.entries(source.name, limit=limit)
    return feed_of(source, state, entries, services.base_url, now=now, hub=services.hub)
