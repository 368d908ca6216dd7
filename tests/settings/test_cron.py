"""Timetables in the form of crontab(5)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from apscheduler.triggers.cron import CronTrigger

from feedmaker.settings.cron import parse_cron
from feedmaker.settings.invalid import Invalid


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* * * * *", "* * * * *"),
        (" */15  6-22 * * * ", "*/15 6-22 * * *"),
        ("0 6 1,15 JAN *", "0 6 1,15 jan *"),
        ("0 6 29 2 *", "0 6 29 2 *"),
        ("0 6 * * 0", "0 6 * * sun"),
        ("0 6 * * 7", "0 6 * * sun"),
        ("0 6 * * 1-5", "0 6 * * mon,tue,wed,thu,fri"),
        ("0 6 * * Mon-Fri", "0 6 * * mon,tue,wed,thu,fri"),
        ("0 6 * * fri-mon", "0 6 * * sun,mon,fri,sat"),
        ("0 6 1-7 * */2", "0 6 1-7 * */2"),
        ("0 6 * * 1-5/2", "0 6 * * mon,wed,fri"),
        ("0 6 * * 4/2", "0 6 * * thu,sat"),
        ("0 6 * * 1,sat,7", "0 6 * * sun,mon,sat"),
    ],
)
def test_weekdays_that_are_named_become_names_and_the_rest_stays(text: str, expected: str) -> None:
    assert parse_cron(text) == expected


def test_monday_is_monday_to_the_scheduler() -> None:
    trigger = CronTrigger.from_crontab(parse_cron("0 6 * * 1"), timezone=UTC)
    assert trigger.get_next_fire_time(None, datetime(2025, 2, 6, tzinfo=UTC)).strftime("%A") == "Monday"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("* * * *", "Expected five fields of crontab"),
        ("* * * * * *", "Expected five fields of crontab"),
        ("@daily", 'Write "0 0 * * *".'),
        ("61 * * * *", "higher than the maximum value"),
        ("*/0 * * * *", "Increment must be higher than 0"),
        ("0 6 * * 8", 'Expected weekdays from 0 to 7 or from sun to sat, found "8".'),
        ("0 6 * * 1,05", 'found "05"'),
        ("0 6 * * */8", 'found "*/8"'),
        ("0 6 * * monday", 'found "monday"'),
        ("0 6 * * mon-", 'the field "mon-" cannot be read'),
        ("0 6 * foo *", "foo"),
        ("0 22-6 * * *", "Write 22-23,0-6 for the hours over midnight."),
        ("0 0 30 2 */2", "never comes."),
        ("0 0 30 2 *", "never comes. Choose a day that its month has."),
        ("0 6 ٣ * *", "Expected five fields of crontab"),
        ("* * * * " + "1," * 200, "Expected five fields of crontab"),
        (5, "Put it in quotes"),
        (None, "found nothing"),
    ],
)
def test_what_is_no_timetable_is_refused_with_the_reason(value: object, words: str) -> None:
    with pytest.raises(Invalid) as raised:
        parse_cron(value)
    assert words in f"{raised.value} {raised.value.hint}"
