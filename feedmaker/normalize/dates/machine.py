"""Dates that machines write: ISO 8601 in all its broken forms, and Unix time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from feedmaker.normalize.dates.moment import FIRST_YEAR, Moment, clock_of, moment_of
from feedmaker.normalize.dates.zones import named_zone, offset_zone

_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d|\d\d(?=-\d\d-\d\dT))(?P<dash>[-/.]?)(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})"
    r"(?:(?:[T_]|\s*[T ]\s*)(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,:]\d+)?)?)?"
    r"\s*(?P<half>[ap]m)?)?T?"
    r"\s*(?P<utc>Z|UTC|GMT)?\s*(?P<offset>[+\-−]\d{1,2}(?::?\d\d)?(?::?\d\d)?)?\s*(?:\[(?P<zone>[\w/+-]+)\])?",
    re.IGNORECASE | re.ASCII,
)
_UNIX = re.compile(r"(?:/Date\()?(\d{9,19})(?:\.\d+)?(?:[+-]\d{4})?(?:\)/)?", re.ASCII)
_YEARS = range(FIRST_YEAR, 2100)


def read_machine(text: str) -> Moment | None:
    """The moment of an ISO 8601 date (RFC 3339, and whatever systems make of it) or of Unix time in digits."""
    if text.isdigit():
        return _digits(text)
    if text[10:11] == "T" and text[16:17] == ":" and (moment := _exactly(text)):
        return moment
    if found := _ISO.fullmatch(text):
        return _iso(found)
    if found := _UNIX.fullmatch(text):
        return read_unix(int(found[1]))
    return None


def _exactly(text: str) -> Moment | None:
    """The moment of a date and a time to the second as most systems write them: the quick way."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return Moment(at.replace(microsecond=0), has_time=True)


def read_unix(number: float) -> Moment | None:
    """The moment of Unix time in seconds, or in milli-, micro- or nanoseconds as the size of the number tells."""
    for _ in range(3):
        if number < 1e11:
            break
        number /= 1000
    try:
        at = datetime.fromtimestamp(number, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return Moment(at, has_time=True) if at.year in _YEARS else None


def _digits(text: str) -> Moment | None:
    """YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS; otherwise Unix time."""
    if len(text) in (8, 12, 14) and int(text[:4]) in _YEARS:
        parts = [int(text[at : at + 2]) for at in range(4, len(text), 2)]
        clock = clock_of(parts[2], parts[3], parts[4] if len(parts) > 4 else 0) if len(parts) > 2 else None
        return moment_of(int(text[:4]), parts[0], parts[1], clock)
    return read_unix(int(text)) if 9 <= len(text) <= 19 else None


def _iso(found: re.Match[str]) -> Moment | None:
    year = int(found["year"])
    if found["hour"] is None:
        return moment_of(year, int(found["month"]), int(found["day"]))
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    clock = clock_of(0 if hour == 24 else hour, minute, second, found["half"])
    moment = moment_of(year + 2000 * (year < 100), int(found["month"]), int(found["day"]), clock, _zone(found))
    if moment and hour == 24:  # midnight at the end of the day (ISO 8601-1:2019, amendment 1)
        return Moment(moment.at + timedelta(days=1), has_time=True)
    return moment if clock else None


def _zone(found: re.Match[str]) -> tzinfo | None:
    """The zone; an offset counts more than the Z before it, which some systems write whatever the zone is."""
    if found["offset"]:
        return offset_zone(found["offset"])
    if found["zone"] and not found["utc"]:
        return named_zone(found["zone"])
    return UTC if found["utc"] else None
