"""When to ask again: pure decisions about Retry-After, and about which failures another attempt can help."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from feedmaker.errors import BadCertificate, FetchError, HttpStatusError, UnknownHost, Unreachable

RETRIES = 2
FIRST_WAIT = 0.5  # seconds, doubled for each attempt
MAX_HOLD = 24 * 3600.0  # a server that asks for more is asked again after a day
HOLD_429 = 60.0  # for 429 Too Many Requests without Retry-After, doubled each time it comes again
REST = 30.0  # for a server that no connection can be made to, doubled each time that fails again
MAX_DOUBLINGS = 5
_HOLDING = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
_PASSING = frozenset({408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 527, 530})  # from 520 on, Cloudflare's own


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds of a Retry-After header (RFC 9110, section 10.2.3), a number or a date; None if it is neither."""
    value = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,9}", value):
        return min(float(value), MAX_HOLD)
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, OverflowError):
        return None
    seconds = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    return min(max(seconds.total_seconds(), 0.0), MAX_HOLD)


def hold_of(status: int, header: str | None, now: datetime, holds: int, random: float) -> float | None:
    """For how many seconds an answer asks to leave its host alone; None if it does not.

    ``holds`` is how often in a row its host has asked for that already; it and ``random`` count where the answer does
    not say for how long.
    """
    if status not in _HOLDING:
        return None
    asked = retry_after(header, now)
    return backed_off(HOLD_429, holds, random) if asked is None and status == HTTPStatus.TOO_MANY_REQUESTS else asked


def backed_off(seconds: float, times: int, random: float) -> float:
    """A wait that was too short ``times`` times; ``random`` in [0, 1) spreads it between half and one and a half."""
    return seconds * 2.0 ** min(times, MAX_DOUBLINGS) * (0.5 + random)


def wait_before_retry(error: FetchError, attempt: int, random: float) -> float | None:
    """Seconds to wait before an address is asked again after its ``attempt``-th failure (from 1); None for never."""
    if attempt > RETRIES or not _is_passing(error):
        return None
    return backed_off(FIRST_WAIT, attempt - 1, random)


def _is_passing(error: FetchError) -> bool:
    if error.retry_after is not None:
        return False
    if isinstance(error, HttpStatusError):
        return error.status in _PASSING
    return isinstance(error, Unreachable) and not isinstance(error, UnknownHost | BadCertificate)
