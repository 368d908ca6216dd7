"""How long an answer stays fresh by its own word (RFC 9111, section 4.2); a pure decision."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

LONGEST = timedelta(days=1)  # news sections that ask for more do not mean it
_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})\b", re.IGNORECASE)
_NEVER = re.compile(r"(?:^|[,\s])(?:no-cache|no-store)\b", re.IGNORECASE)


def fresh_for(headers: Mapping[str, str], now: datetime) -> timedelta:
    """For how long asking again is pointless; 0 if the answer does not say, at most a day.

    ``headers`` have lower-case names. ``max-age`` counts before ``Expires``, and the time that caches on the way have
    already kept the answer (``Age``) is taken off it.
    """
    control = headers.get("cache-control", "")
    if _NEVER.search(control):
        return timedelta(0)
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "")
        seconds = int(found[1]) - (int(age) if re.fullmatch(r"[0-9]{1,9}", age) else 0)
        return _bounded(timedelta(seconds=seconds))
    expires, date = _date(headers.get("expires")), _date(headers.get("date")) or now
    return _bounded(expires - date) if expires else timedelta(0)


def served_at(headers: Mapping[str, str]) -> datetime | None:
    """When an answer was made, by its own word (RFC 9110, section 6.6.1). ``headers`` have lower-case names."""
    return _date(headers.get("date"))


def _bounded(time: timedelta) -> timedelta:
    return min(max(time, timedelta(0)), LONGEST)


def _date(value: str | None) -> datetime | None:
    try:
        date = parsedate_to_datetime(value or "")
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
