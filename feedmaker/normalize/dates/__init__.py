"""Dates in any form that pages write them, as aware datetimes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from feedmaker.model import RawDate
from feedmaker.normalize.context import Context

_LOOKS = re.compile(r"\d{1,4}[-/.]\d{1,2}|\d{1,2}:\d\d|\b(?:19|20)\d\d\b|\d{10}")
_DATE_ONLY = re.compile(r"\s*\d{4}-\d\d-\d\d\s*$")
_TRIPLE = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](?:\d{4}|\d\d)(?!\d)")


def parse_date(
    raw: RawDate, context: Context, *, languages: tuple[str, ...] = (), day_first: bool | None = None
) -> datetime | None:
    """The aware moment that a raw date means; None if it is none, lies in the future or before 1990."""
    moment = _parsed(raw, context, languages, day_first)
    if moment is None:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=context.timezone or UTC)
    if moment.year < 1990 or moment > context.now + timedelta(days=1):
        return None
    return moment


def is_date_only(raw: RawDate) -> bool:
    """Whether a raw date says a day without a time."""
    return isinstance(raw, str) and (bool(_DATE_ONLY.match(raw)) or ":" not in raw)


def looks_like_date(text: str) -> bool:
    """Whether a short text may be a date; cheap, for extractors that look for one."""
    return len(text) < 80 and bool(_LOOKS.search(text))


def day_first_of(raws: Iterable[str], languages: tuple[str, ...] = ()) -> bool | None:
    """Whether the day stands before the month in dates such as 03/04/2025, decided by all dates together."""
    pairs = [(int(m[1]), int(m[2])) for raw in raws for m in _TRIPLE.finditer(raw)]
    if any(first > 12 for first, _ in pairs):
        return True
    if any(second > 12 for _, second in pairs):
        return False
    return None if not languages else languages[0] not in ("en", "en-US")


def _parsed(raw: RawDate, context: Context, languages: tuple[str, ...], day_first: bool | None) -> datetime | None:
    if isinstance(raw, datetime):
        return raw
    if isinstance(raw, int | float) or raw.strip().isdigit():
        return _unix(float(raw))
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(raw.strip())
        except (ValueError, IndexError):
            continue
    return _in_words(raw, context, languages, day_first)


def _unix(seconds: float) -> datetime | None:
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    return datetime.fromtimestamp(seconds, UTC) if 6e8 < seconds < 4e9 else None


def _in_words(text: str, context: Context, languages: tuple[str, ...], day_first: bool | None) -> datetime | None:
    import dateparser

    order = {None: {}, True: {"DATE_ORDER": "DMY"}, False: {"DATE_ORDER": "MDY"}}[day_first]
    settings = {"RELATIVE_BASE": context.now.replace(tzinfo=None), **order}
    parsed: datetime | None = dateparser.parse(text[:60], settings=settings)
    return parsed
