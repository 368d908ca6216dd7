"""A state that was lost is made anew from the feeds in the output, so that readers see nothing twice.

What stands in a source's feed and its archives, and not in the state, is taken from there: with its id, its dates and
its place. Articles are then read again as their list names them, which fills in what a feed does not tell.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain

from feedmaker.health.words import count
from feedmaker.model import FeedEntry, Source, StoredEntry
from feedmaker.normalize.changes import content_hash
from feedmaker.store import Store
from feedmaker.write import Destination, WrittenFeed, archived_entries, file_names, newest_archive, written_feed
from feedmaker.write.names import ATOM, JSON, document_name
from feedmaker.write.printable import uri

_EDIT = re.compile(r"(?P<id>.+)#edit-(?P<edits>[1-9][0-9]*)")

log = logging.getLogger(__name__)


def restore(sources: Iterable[Source], store: Store, output: Destination, now: datetime) -> None:
    """Fill up what the state lacks of the feeds in the output, for sources whose feed it does not know to be whole.

    A feed that cannot be read is passed over. Raises StateError and OutputError.
    """
    whole = store.settled()
    found = {
        source.name: number
        for source in sources
        if source.name not in whole and (number := _restore(source, store, output, now))
    }
    if found:
        log.warning(
            "the state lacked %s of %s; taken from the feeds in the output",
            count(sum(found.values()), "entry", "entries"),
            count(len(found), "source", "sources"),
        )


def _restore(source: Source, store: Store, output: Destination, now: datetime) -> int:
    """How many entries were taken from the feed of one source."""
    content = output.read(document_name(source.name, JSON)) if output.has(file_names(source.name)) else None
    feed = _feed(source, content) if content else None
    if feed is None:
        return 0
    state = store.state(source.name)
    newest, archived = _archived(source, output)
    known = {each.entry.id for each in store.entries(source.name)}
    shown = [*feed.entries, *archived]
    missing = [each for place, one in enumerate(shown) if (each := _stored(one, place, now)).entry.id not in known]
    if missing:
        state = replace(
            state,
            title=state.title or feed.title,
            description=state.description or feed.description,
            language=state.language or feed.language,
            changed_at=state.changed_at or max(each.updated for each in shown),
            archives=max(state.archives, newest),
        )
        store.save(state, missing, seen=(), now=now, keep=source.keep)
    return len(missing)


def _feed(source: Source, content: bytes) -> WrittenFeed | None:
    """The feed, if it is one of this source: the name may have been another section's before."""
    try:
        feed = written_feed(content)
    except ValueError as error:
        log.warning("%s: the feed in the output is passed over, %s", source.name, error)
        return None
    return feed if feed.source_url == uri(source.url) else None


def _archived(source: Source, output: Destination) -> tuple[int, list[FeedEntry]]:
    """The number of the newest archive, and the entries of all that are there, newest first."""
    newest = newest_archive(output.read(document_name(source.name, ATOM)) or b"") or 0
    return newest, list(chain.from_iterable(_archives(source, output, newest)))


def _archives(source: Source, output: Destination, newest: int) -> Iterator[tuple[FeedEntry, ...]]:
    for number in range(newest, 0, -1):
        content = output.read(document_name(source.name, ATOM, number))
        if content is None:
            return
        try:
            yield archived_entries(content, number)
        except ValueError as error:
            log.warning("%s: archive %d in the output is passed over, %s", source.name, number, error)


def _stored(shown: FeedEntry, place: int, now: datetime) -> StoredEntry:
    """An entry as it has to be stored; when it was first seen is no later than it was published."""
    edit = _EDIT.fullmatch(shown.entry.id)
    entry = replace(shown.entry, id=edit["id"]) if edit else shown.entry
    return StoredEntry(
        entry,
        first_seen=min(shown.published, now),
        last_seen=now,
        content_hash=content_hash(entry),
        position=place,
        edits=int(edit["edits"]) if edit else 0,
        archive=shown.archive,
    )
