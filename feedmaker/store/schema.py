"""The tables, in types that SQLite and PostgreSQL share. Every change here needs a migration and a new ``HEAD``."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    func,
)

from feedmaker.model import Field, Image

HEAD = "r0006"
"""The newest revision in ``migrations/versions``, named here so that an up-to-date state opens without Alembic."""


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC and loaded in UTC. Writing a naive one is a bug and raises ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a stored datetime must be aware, not {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC: SQLite stores it without its offset."""
        if value is None:
            return None
        stored: datetime = value
        return stored.replace(tzinfo=UTC) if stored.tzinfo is None else stored.astimezone(UTC)


class ForeignText(TypeDecorator[str]):
    """Text that came from a site: without the lone surrogates and NULs that no database of ours can hold."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it can be stored."""
        return value and value.encode(errors="replace").decode().replace("\0", "")


class Picture(TypeDecorator[Image]):
    """A picture's address and size, as JSON."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Image | None, dialect: Dialect) -> str | None:
        """The picture as text."""
        return json.dumps([value.url, value.width, value.height]) if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> Image | None:
        """The picture that the text names."""
        return Image(*json.loads(value)) if value else None


metadata = MetaData()

sources = Table(
    "sources",
    metadata,
    Column("source", String, primary_key=True),
    Column("etag", String),
    Column("last_modified", String),
    Column("body_hash", String),
    Column("fingerprint", String),
    Column("title", ForeignText),
    Column("description", ForeignText),
    Column("language", String),
    Column("last_attempt", UtcDateTime),
    Column("last_success", UtcDateTime),
    Column("changed_at", UtcDateTime),
    Column("failures", Integer, nullable=False),
    Column("last_error", ForeignText),
    Column("asked_url", Text),
    Column("moved_to", Text),
    Column("is_gone", Boolean, nullable=False),
    Column("not_before", UtcDateTime),
    Column("archives", Integer, nullable=False),
    Column("home_url", ForeignText),
    Column("icon", Picture),
)

entries = Table(
    "entries",
    metadata,
    Column("source", String, ForeignKey("sources.source", ondelete="CASCADE"), primary_key=True),
    Column("id", String, primary_key=True),
    Column("url", Text, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("last_seen", UtcDateTime, nullable=False),
    Column("position", Integer, nullable=False),
    Column("failed_reads", Integer, nullable=False),
    Column("read_at", UtcDateTime),
    Column("listed_hash", String),
    Column("listed_date", UtcDateTime),
    Column("edits", Integer, nullable=False),
    Column("archive", Integer),
    Column("published", UtcDateTime),
    Column("content_hash", String, nullable=False),
    Column("entry", Text, nullable=False),  # JSON, see feedmaker.store.encoding
    Index("entries_by_date", "source", "published", "first_seen"),  # all that FEED_DATE needs, a fiftieth of the rows
)

site_notes = Table(
    "site_notes",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("until", UtcDateTime, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

paces = Table(
    "paces",
    metadata,
    Column("source", String, ForeignKey("sources.source", ondelete="CASCADE"), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("counts", Text, nullable=False),  # JSON, a list of numbers
)

# When each configured source is due; one that was never refreshed has no row in ``sources`` yet.
agenda = Table(
    "agenda",
    metadata,
    Column("source", String, primary_key=True),
    Column("due", UtcDateTime, nullable=False),
    Column("plan", String, nullable=False),
    Column("attempt", UtcDateTime),
    Index("agenda_by_due", "due"),
)

# What refreshes have seen, from which is learnt what is normal.
observations = Table(
    "observations",
    metadata,
    Column("source", String, ForeignKey("sources.source", ondelete="CASCADE"), primary_key=True),
    Column("at", UtcDateTime, primary_key=True),
    Column("listed", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("renamed", Integer, nullable=False),
    Column("sampled", Integer, nullable=False),
    *(Column(f"with_{field}", Integer, nullable=False) for field in Field if field is not Field.URL),
    Column("unread_dates", Integer, nullable=False),
    Column("unread_date", ForeignText),
    Column("newest", UtcDateTime),
    Column("place", ForeignText),
    sqlite_with_rowid=False,  # the rows stand in their index, which saves its room
)

# What is or was wrong, each time that it was.
problems = Table(
    "problems",
    metadata,
    Column("source", String, ForeignKey("sources.source", ondelete="CASCADE"), primary_key=True),
    Column("stage", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("since", UtcDateTime, primary_key=True),
    Column("evidence", ForeignText, nullable=False),
    Column("ended", UtcDateTime),
)

# When a source counts as quiet, and what has been told of it.
watches = Table(
    "watches",
    metadata,
    Column("source", String, ForeignKey("sources.source", ondelete="CASCADE"), primary_key=True),
    Column("newest", UtcDateTime),
    Column("quiet_after", UtcDateTime),
    Column("longest_pause", Integer),  # seconds
    Column("is_told_broken", Boolean, nullable=False),
    Column("streak", Integer, nullable=False),
)

FEED_DATE = func.coalesce(entries.c.published, entries.c.first_seen)
FEED_ORDER = (
    FEED_DATE.desc(),
    entries.c.first_seen.desc(),
    entries.c.position,
    entries.c.id,
)
"""Newest first; of one date what was first seen last, and what was first seen together as it then stood on the page.

None of it changes as long as an entry's date stays, so no entry ever changes places with another; the id makes the
order complete.
"""
