"""Dates as feeds write them, without the process' locale: always in UTC, to the second."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def rfc822(moment: datetime) -> str:
    """``Thu, 06 Feb 2025 18:52:00 GMT``, as RSS wants it (RFC 822 with a year of four digits, RFC 2822)."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def rfc3339(moment: datetime) -> str:
    """``2025-02-06T18:52:00Z``, as Atom, JSON Feed and HTML want it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
