"""Schedules in the five fields of crontab: minute, hour, day of the month, month, day of the week.

APScheduler, which runs them, counts the days of the week from Monday, crontab(5) from Sunday: numbers are therefore
turned into names here, so that ``1-5`` is Monday to Friday wherever the schedule goes. A field that begins with ``*``
stays as it is, for it decides how days and weekdays go together (``schedule.cron``).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache

from feedmaker.settings.invalid import Invalid, describe, reason, require_text

EXPECTED = 'five fields of crontab, such as "*/15 6-22 * * *"'
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")  # crontab(5): 0 and 7 are Sunday
DAY = r"[0-7]|" + "|".join(WEEKDAYS[:7])
WEEKDAY_PART = re.compile(rf"(?:(?P<all>\*)|(?P<first>{DAY})(?:-(?P<last>{DAY}))?)(?:/(?P<step>[1-7]))?")
PART = r"(?:\*|\w+(?:-\w+)?)(?:/\d+)?"
FIELD = re.compile(rf"{PART}(?:,{PART})*")  # APScheduler overlooks what follows a name, as in `mon-`
NICKNAMES = {"@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *"}
LONGEST = 200  # characters
START = datetime(2024, 1, 1, tzinfo=UTC)  # any day will do; the calendar repeats


def parse_cron(value: object) -> str:
    """Check a crontab expression and return it with its weekdays as names, unless they begin with *; raises Invalid."""
    return _parse(require_text(value, EXPECTED).strip())


@lru_cache(maxsize=256)
def _parse(text: str) -> str:
    from apscheduler.triggers.cron import CronTrigger

    fields = text.split()
    if len(fields) != 5 or len(text) > LONGEST or not text.isascii():
        nickname = NICKNAMES.get(text.lower())
        raise Invalid(f"Expected {EXPECTED}, found {describe(text)}.", nickname and f'Write "{nickname}".')
    unread = next((field for field in fields if not FIELD.fullmatch(field)), None)
    if unread:
        raise Invalid(f"Expected {EXPECTED}, found {describe(text)}: the field {describe(unread)} cannot be read.")
    *others, weekdays = text.lower().split()
    named = " ".join([*others, name_weekdays(weekdays)])
    try:
        trigger = CronTrigger.from_crontab(named, timezone=UTC)
    except (ValueError, KeyError) as error:
        raise Invalid(f"Expected {EXPECTED}, found {describe(text)}: {reason(error)}.", _range_hint(text)) from error
    is_any_weekday = weekdays.startswith("*")
    if is_any_weekday and trigger.get_next_fire_time(None, START) is None:  # others come each week, whatever the day
        raise Invalid(f"The schedule {describe(text)} never comes.", "Choose a day that its month has.")
    return " ".join([*others, weekdays]) if is_any_weekday else named


def _range_hint(text: str) -> str | None:
    """How to write a range of hours that runs over midnight, which APScheduler refuses."""
    match = re.match(r"\S+ ([0-9]{1,2})-([0-9]{1,2})\s", text)
    if match and int(match[2]) < int(match[1]) < 24:
        return f"Write {match[1]}-23,0-{match[2]} for the hours over midnight."
    return None


def name_weekdays(field: str) -> str:
    """``1-5`` as ``mon,tue,wed,thu,fri``; no number is left to APScheduler, which would count it from Monday.

    Raises Invalid.
    """
    if field == "*":
        return field
    days: set[int] = set()
    for part in field.lower().split(","):
        match = WEEKDAY_PART.fullmatch(part)
        if match is None:
            raise Invalid(f"Expected weekdays from 0 to 7 or from sun to sat, found {describe(part)}.")
        days.update(_weekdays(match))
    return ",".join(name for number, name in enumerate(WEEKDAYS[:7]) if number in days)


def _weekdays(part: re.Match[str]) -> list[int]:
    """The weekdays of one part, 0 for Sunday; a range may run over the end of the week (``fri-mon``)."""
    step = int(part["step"] or 1)
    if part["all"]:
        return list(range(0, 7, step))
    first = _number(part["first"])
    last = _number(part["last"]) if part["last"] else (6 if part["step"] else first)
    if last < first:
        last += 7
    return [day % 7 for day in range(first, last + 1, step)]


def _number(day: str) -> int:
    return int(day) if day.isdecimal() else WEEKDAYS.index(day)
