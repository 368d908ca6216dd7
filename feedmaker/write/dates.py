"""Dates as feeds write them: in UTC, to the second, and without the process' locale, which threads share."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the update of a feed without entries: Atom requires one, and validators doubt any before 1990."""


def rfc822(moment: datetime) -> str:
    """``Thu, 06 Feb 2025 18:52:00 GMT``, as RSS wants it (RFC 822 with a year of four digits, RFC 2822)."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def rfc3339(moment: datetime) -> str:
    """``2025-02-06T18:52:00Z``, as Atom, JSON Feed and HTML want it."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
