"""How long a source waits by the pace of its entries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedmaker.model import Pace, Schedule
from feedmaker.refresh.pace import HOURS
from feedmaker.schedule.adaptive import wait

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NEW_YORK = ZoneInfo("America/New_York")
NOON = datetime(2026, 11, 24, 12, tzinfo=NEW_YORK)
ADAPTIVE = Schedule(timezone=NEW_YORK)


def steady(an_hour: float) -> Pace:
    """As many entries in every hour, watched for eight weeks."""
    return Pace(NOON - timedelta(weeks=8), NOON, (an_hour * 8,) * HOURS)


def by_day(an_hour: float) -> Pace:
    """As many entries in every hour from 8 to 20 on the clocks of New York, and none at night."""
    counts = tuple(an_hour * 8 if 8 <= hour % 24 < 20 else 0.0 for hour in range(HOURS))
    return Pace(NOON - timedelta(weeks=8), NOON, counts)


def test_four_times_the_news_is_looked_at_twice_as_often() -> None:
    once, four_times = (wait(ADAPTIVE, steady(rate), NOON) for rate in (0.5, 2))
    assert once / four_times == pytest.approx(2, rel=0.02)


@pytest.mark.parametrize(("a_day", "minutes"), [(0.02, 360), (1, 98), (10.7, 30), (42, 15), (500, 10)])
def test_the_bounds_hold_and_a_typical_section_is_looked_at_each_half_hour(a_day: float, minutes: int) -> None:
    assert wait(ADAPTIVE, steady(a_day / 24), NOON) / MINUTE == pytest.approx(minutes, rel=0.05)


def test_bounds_can_be_set() -> None:
    schedule = Schedule(shortest=MINUTE, longest=timedelta(days=7))
    assert wait(schedule, steady(100), NOON) / MINUTE == pytest.approx(2, rel=0.05)
    assert wait(schedule, steady(0), NOON) > 7 * HOUR


def test_at_night_a_section_that_sleeps_is_looked_at_seldom_and_again_in_the_morning() -> None:
    pace = by_day(2)
    assert wait(ADAPTIVE, pace, NOON) < 15 * MINUTE
    evening = NOON.replace(hour=22)
    assert wait(ADAPTIVE, pace, evening) > HOUR
    before_work = NOON.replace(hour=6)
    assert before_work + wait(ADAPTIVE, pace, before_work) < NOON.replace(hour=8, minute=30)


def test_the_nights_are_those_of_the_time_zone_also_when_it_changes_its_clocks() -> None:
    pace = by_day(2)
    for summer in (datetime(2026, 7, 7, 12, tzinfo=UTC), datetime(2026, 12, 8, 13, tzinfo=UTC)):  # 8 in New York
        assert wait(ADAPTIVE, pace, summer - 5 * HOUR) > HOUR
        assert wait(ADAPTIVE, pace, summer + 5 * HOUR) < 15 * MINUTE


def test_the_wait_follows_from_what_is_known_alone() -> None:
    assert wait(ADAPTIVE, steady(1), NOON) == wait(ADAPTIVE, steady(1), NOON.astimezone(UTC))
    assert wait(ADAPTIVE, None, NOON) / MINUTE == pytest.approx(30)
