"""A date as far as it has been read: what every reader of dates gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo

from feedmaker.normalize.context import Context

GRACE = timedelta(days=1)  # clocks and zones of publishers are wrong by hours, not by days
FIRST_YEAR = 1990  # no page on the web is older; what seems to be is a default value such as the Unix epoch


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time; ``has_time`` is False for a day alone, which ``at`` then gives as its midnight; midnight
    to the second is also what systems write for a day alone.

    ``at`` is naive as long as nothing has said which zone it is in.
    """

    at: datetime
    has_time: bool


def moment_of(year: int, month: int, day: int, clock: time | None = None, zone: tzinfo | None = None) -> Moment | None:
    """A moment of its parts; None if there is no such day."""
    try:
        at = datetime(year, month, day, tzinfo=zone)
    except ValueError:
        return None
    return Moment(datetime.combine(at, clock, tzinfo=zone), has_time=True) if clock else Moment(at, has_time=False)


def clock_of(hour: int, minute: int = 0, second: int = 0, half: str | None = None) -> time | None:
    """A time of day, ``half`` being "am" or "pm" where the hour counts to 12; None if there is no such time."""
    if half:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    try:
        return time(hour, minute, min(second, 59))  # a leap second is 60
    except ValueError:
        return None


def placed(moment: Moment, context: Context) -> Moment | None:
    """The moment in its zone, the source's or UTC; None if it lies before 1990 or in the future."""
    zone = moment.at.tzinfo or context.timezone or UTC
    at = moment.at.replace(tzinfo=zone)
    try:
        is_past = at - GRACE <= context.now
    except OverflowError:
        return None
    return Moment(at, moment.has_time and at.time() != time.min) if at.year >= FIRST_YEAR and is_past else None
