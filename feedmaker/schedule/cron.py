"""Cron expressions, as crontab(5) means them, on top of APScheduler's cron trigger.

APScheduler 3 counts weekdays from Monday where cron counts from Sunday, and wants both day fields to match where cron
is content with either (https://github.com/agronholm/apscheduler/issues/286). Both are put right here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_PART = re.compile(r"(?P<all>\*)?(?P<first>[0-7]|[a-z]{3})?(?:-(?P<last>[0-7]|[a-z]{3}))?(?:/(?P<step>[1-9]\d*))?")


def next_time(expression: str, timezone: tzinfo, after: datetime) -> datetime | None:
    """The first time after a moment that the five fields name, in UTC; None if they name no day of any year.

    A time that daylight saving skips comes an hour later on the clock, one that it repeats comes once for an hour
    field that is a number. Raises ValueError for an expression that is no cron expression.
    """
    start = after + timedelta(microseconds=1)
    times = (trigger.get_next_fire_time(None, start) for trigger in _triggers(expression, timezone))
    return min((time.astimezone(UTC) for time in times if time), default=None)


@lru_cache(maxsize=1024)
def _triggers(expression: str, timezone: tzinfo) -> tuple[CronTrigger, ...]:
    """The triggers of which the earliest counts: two where both day fields are restricted, else one."""
    from apscheduler.triggers.cron import CronTrigger

    minute, hour, day, month, weekday = _fields(expression)
    weekday = _weekdays(weekday)
    days = [(day, weekday)] if "*" in {day, weekday} else [(day, "*"), ("*", weekday)]
    return tuple(
        CronTrigger(minute=minute, hour=hour, day=day, month=month, day_of_week=weekday, timezone=timezone)
        for day, weekday in days
    )


def _fields(expression: str) -> list[str]:
    fields = expression.lower().split()
    if len(fields) != 5:
        raise ValueError(f"cron takes 5 fields (minute hour day month weekday), {expression!r} has {len(fields)}")
    return fields


def _weekdays(field: str) -> str:
    """Cron's weekday field in names, which nobody counts differently."""
    days = {day for part in field.split(",") for day in _days_of(part)}
    return "*" if len(days) == 7 else ",".join(_DAYS[day] for day in sorted(days))


def _days_of(part: str) -> set[int]:
    match = _PART.fullmatch(part)
    if not match or bool(match["all"]) == bool(match["first"]) or (match["all"] and match["last"]):
        raise ValueError(f"a weekday is 0 to 7 or sun to sat, one, a range or a list of them, not {part!r}")
    first = 0 if match["all"] else _day(match["first"])
    last = 6 if match["all"] else _day(match["last"] or match["first"])
    if match["step"] and not match["last"]:
        last = 6
    if last < first:
        last += 7  # fri-mon goes over the end of the week
    return {day % 7 for day in range(first, last + 1, int(match["step"] or 1))}


def _day(name: str) -> int:
    if name.isdigit():
        return int(name)
    if name not in _DAYS:
        raise ValueError(f"a weekday is one of {', '.join(_DAYS)}, not {name!r}")
    return _DAYS.index(name)
