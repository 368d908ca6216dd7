"""The times that a crontab expression names, on top of APScheduler's trigger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from feedmaker.settings.cron import name_weekdays

if TYPE_CHECKING:
    from apscheduler.triggers.cron import CronTrigger


def next_time(expression: str, timezone: tzinfo, after: datetime) -> datetime | None:
    """The first time after a moment that the expression names, in UTC; None for one that never comes.

    Around daylight saving it does what cron(8) does: a time that is skipped comes as late as the clocks went forward,
    and one that is repeated comes once, unless the hour is a wildcard. Where both the day of the month and the day of
    the week are restricted, either will do (crontab(5)). One that begins with ``*`` is not, not even ``*/2``: then both
    must fit, as in the cron of Vixie and its heirs. Raises ValueError for what is no crontab expression.
    """
    times = (_next_time(each, timezone, after) for each in _either_day(expression))
    return min(filter(None, times), default=None)


def _either_day(expression: str) -> tuple[str, ...]:
    """The expression, or the two whose times together are its own: APScheduler wants both days to fit.

    Weekdays become names: APScheduler 3 counts them from Monday, cron from Sunday.
    """
    fields = expression.split()
    if len(fields) != 5:
        return (expression,)
    minute, hour, day, month, weekday = fields
    named = name_weekdays(weekday)
    if day.startswith("*") or weekday.startswith("*"):
        return (f"{minute} {hour} {day} {month} {named}",)
    return f"{minute} {hour} {day} {month} *", f"{minute} {hour} * {month} {named}"


def _next_time(expression: str, timezone: tzinfo, after: datetime) -> datetime | None:
    trigger = _trigger(expression, timezone)
    is_hour_wild = expression.split()[1].startswith("*")
    time = _after(trigger, after)
    while time and not is_hour_wild and time.astimezone(timezone).fold:
        time = _after(trigger, time)
    return time


def _after(trigger: CronTrigger, moment: datetime) -> datetime | None:
    time: datetime | None = trigger.get_next_fire_time(None, moment + timedelta(microseconds=1))
    return time.astimezone(UTC) if time else None


@lru_cache(maxsize=1024)
def _trigger(expression: str, timezone: tzinfo) -> CronTrigger:
    from apscheduler.triggers.cron import CronTrigger

    return CronTrigger.from_crontab(expression, timezone)
