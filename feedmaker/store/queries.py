"""The statements of the store, each built once, and the rows they read and write."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Executable, RowMapping, Table, bindparam, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from feedmaker.model import Extent, Pace, SiteNote, SourceState, Standing, StoredEntry, Validators
from feedmaker.store.encoding import decode, encode
from feedmaker.store.schema import FEED_DATE, FEED_ORDER, entries, paces, site_notes, sources

log = logging.getLogger(__name__)


def upsert(table: Table, *, but: str | None = None) -> dict[str, Executable]:
    """Insert a row or replace what it holds, ``but`` for one column, by the dialect's name; the standard has no common
    word for it.
    """
    statements: dict[str, Executable] = {}
    for dialect in (sqlite, postgresql):
        insert = dialect.insert(table)
        names = [column.name for column in table.columns if not column.primary_key and column.name != but]
        values = {name: insert.excluded[name] for name in names}
        statements[dialect.dialect.name] = insert.on_conflict_do_update(index_elements=table.primary_key, set_=values)
    return statements


_of_source = entries.c.source == bindparam("of_source")
_this_entry = entries.c.id == bindparam("of_id")

_STATES = select(sources)
_STATE = select(sources).where(sources.c.source == bindparam("of_source"))
_SETTLED = select(sources.c.source).where(sources.c.fingerprint.is_not(None))
_PUT_STATE = upsert(sources)
_HISTORY = tuple(field.name for field in fields(StoredEntry) if field.name != "entry")
_ENTRIES = select(entries.c.entry, *(entries.c[name] for name in _HISTORY)).where(_of_source).order_by(*FEED_ORDER)
_FIRST_ENTRIES = _ENTRIES.limit(bindparam("limit"))
_COUNT = select(func.count()).select_from(entries).where(_of_source)
_EXTENTS = select(entries.c.source, func.count(), func.min(FEED_DATE), func.max(FEED_DATE)).group_by(entries.c.source)
_PUT_ENTRY = upsert(entries)
_MARK_SEEN = update(entries).where(_of_source, _this_entry).values(last_seen=bindparam("at"))
_BEYOND = select(entries.c.id).where(_of_source).order_by(*FEED_ORDER).offset(bindparam("keep"))
_BEFORE = select(entries.c.id).where(_of_source, bindparam("before") > FEED_DATE)
_ARCHIVE = update(entries).where(_of_source, _this_entry).values(archive=bindparam("number"))
_DROP = delete(entries).where(_of_source, _this_entry)
_OLD_SOURCES = select(sources.c.source).where(
    or_(sources.c.last_attempt.is_(None), sources.c.last_attempt < bindparam("before"))
)
_PACES = select(paces)
_PACE = _PACES.where(paces.c.source == bindparam("of_source"))
_PUT_PACE = upsert(paces)
_DROP_SOURCE = delete(sources).where(sources.c.source == bindparam("of_source"))
_NOTE = select(site_notes.c.until, site_notes.c.content).where(site_notes.c.subject == bindparam("of_subject"))
_PUT_NOTE = upsert(site_notes)
_DROP_NOTES = delete(site_notes).where(site_notes.c.until < bindparam("before"))


def state(connection: Connection, source: str) -> SourceState:
    """The stored state, or the one a source begins with."""
    row = connection.execute(_STATE, {"of_source": source}).mappings().one_or_none()
    return _state(row) if row else SourceState(source)


def states(connection: Connection) -> dict[str, SourceState]:
    """Every stored state by its source."""
    return {row["source"]: _state(row) for row in connection.execute(_STATES).mappings()}


def settled(connection: Connection) -> frozenset[str]:
    """The sources whose page was read in full at some time."""
    return frozenset(connection.execute(_SETTLED).scalars())


def put_state(connection: Connection, state: SourceState) -> None:
    """Store the state in place of the one before."""
    values = {column: getattr(state, column) for column in _STATE_COLUMNS}
    connection.execute(_PUT_STATE[connection.dialect.name], values | _flat(state))


def entries_of(connection: Connection, source: str, limit: int | None) -> tuple[StoredEntry, ...]:
    """The first entries of the source in the order of its feed, at most ``limit`` of them."""
    if limit is None:
        rows = connection.execute(_ENTRIES, {"of_source": source})
    else:
        rows = connection.execute(_FIRST_ENTRIES, {"of_source": source, "limit": limit})
    return tuple(stored for text, *history in rows if (stored := _stored_entry(text, history)))


def count(connection: Connection, source: str) -> int:
    """How many entries of the source are stored."""
    return connection.execute(_COUNT, {"of_source": source}).scalar_one()


def extents(connection: Connection) -> dict[str, Extent]:
    """How many entries there are, and from when, by source; sources without any are left out."""
    return {source: Extent(*extent) for source, *extent in connection.execute(_EXTENTS)}


def put_entries(connection: Connection, source: str, changed: Iterable[StoredEntry]) -> None:
    """Store new entries, and changed ones in place of what they were."""
    if rows := [_entry_row(source, stored) for stored in changed]:
        connection.execute(_PUT_ENTRY[connection.dialect.name], rows)


def mark_seen(connection: Connection, source: str, ids: Iterable[str], now: datetime) -> None:
    """Note that these stand on the page now; an id that is not stored is passed over."""
    if rows := [{"of_source": source, "of_id": entry_id, "at": now} for entry_id in ids]:
        connection.execute(_MARK_SEEN, rows)


def archive(connection: Connection, source: str, numbers: Mapping[str, int]) -> None:
    """Note which archive document entries have moved to; an id that is not stored is passed over."""
    connection.execute(_ARCHIVE, [{"of_source": source, "of_id": id_, "number": each} for id_, each in numbers.items()])


def trim(
    connection: Connection, source: str, on_page: frozenset[str], keep: int, keep_since: datetime | None = None
) -> int:
    """Drop entries that stand on the page no more: the oldest beyond ``keep``, and those from before ``keep_since``.

    Gives how many were dropped.
    """
    beyond = set(connection.execute(_BEYOND, {"of_source": source, "keep": keep}).scalars())
    if keep_since:
        beyond.update(connection.execute(_BEFORE, {"of_source": source, "before": keep_since}).scalars())
    rows = [{"of_source": source, "of_id": entry_id} for entry_id in sorted(beyond - on_page)]
    if rows:
        connection.execute(_DROP, rows)
    return len(rows)


def drop_sources(connection: Connection, configured: frozenset[str], before: datetime) -> tuple[str, ...]:
    """Drop the sources that are not configured and were not tried since; their entries go with them."""
    old = connection.execute(_OLD_SOURCES, {"before": before}).scalars()
    names = tuple(sorted(name for name in old if name not in configured))
    if names:
        connection.execute(_DROP_SOURCE, [{"of_source": name} for name in names])
    return names


def note(connection: Connection, subject: str) -> SiteNote | None:
    """What is noted of a subject, whether or not its time is over."""
    row = connection.execute(_NOTE, {"of_subject": subject}).one_or_none()
    return SiteNote(row.until, row.content) if row else None


def put_note(connection: Connection, subject: str, note: SiteNote) -> None:
    """Store the note in place of the one before."""
    values = {"subject": subject, "until": note.until, "content": note.content}
    connection.execute(_PUT_NOTE[connection.dialect.name], values)


def drop_notes(connection: Connection, before: datetime) -> None:
    """Drop the notes whose time is over."""
    connection.execute(_DROP_NOTES, {"before": before})


def pace(connection: Connection, source: str) -> Pace | None:
    """When the source's entries come; None where nothing is known."""
    row = connection.execute(_PACE, {"of_source": source}).mappings().one_or_none()
    return _pace(row) if row else None


def all_paces(connection: Connection) -> dict[str, Pace]:
    """What is known of when entries come, by source."""
    return {row["source"]: _pace(row) for row in connection.execute(_PACES).mappings()}


def put_pace(connection: Connection, source: str, pace: Pace) -> None:
    """Store the pace in place of the one before."""
    counts = json.dumps([round(count, 2) for count in pace.counts], separators=(",", ":"))
    values = {"source": source, "since": pace.since, "until": pace.until, "counts": counts}
    connection.execute(_PUT_PACE[connection.dialect.name], values)


def _flat(state: SourceState) -> dict[str, object]:
    """The columns of what a state has in values of its own."""
    validators, standing = state.validators, state.standing
    return {
        "etag": validators.etag,
        "last_modified": validators.last_modified,
        "asked_url": standing.url,
        "moved_to": standing.moved_to,
        "is_gone": standing.is_gone,
        "not_before": standing.not_before,
    }


_STATE_COLUMNS = tuple(column.name for column in sources.columns if column.name not in _flat(SourceState("")))


def _state(row: RowMapping) -> SourceState:
    values: dict[str, Any] = {name: row[name] for name in _STATE_COLUMNS}
    validators = Validators(row["etag"], row["last_modified"])
    standing = Standing(row["asked_url"], row["moved_to"], row["is_gone"], row["not_before"])
    return SourceState(validators=validators, standing=standing, **values)


def _pace(row: RowMapping) -> Pace:
    return Pace(row["since"], row["until"], tuple(json.loads(row["counts"])))


def _stored_entry(text: str, history: list[Any]) -> StoredEntry | None:
    """The entry, or None for one that was altered from outside: it then counts as new, and is read again."""
    try:
        return StoredEntry(decode(text), *history)
    except (ValueError, TypeError) as error:
        log.warning("passed over a stored entry that cannot be read (%s): %.200s", error, text)
        return None


def _entry_row(source: str, stored: StoredEntry) -> dict[str, object]:
    entry = stored.entry
    return {
        "source": source,
        "id": entry.id,
        "url": entry.url,
        "published": entry.published,
        "entry": encode(entry),
        **{name: getattr(stored, name) for name in _HISTORY},
    }
