"""When a source is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.model import Schedule, SourceState, Standing
from feedmaker.schedule.due import NEVER, next_due

NOW = datetime(2025, 2, 6, 18, 52, tzinfo=UTC)
HALF_HOUR = Schedule(every=timedelta(minutes=30))
MORNINGS = Schedule(cron="0 6 * * *", timezone=ZoneInfo("Europe/Berlin"))
SCHEDULES = (HALF_HOUR, MORNINGS, Schedule())


def tried(ago: timedelta = timedelta(), failures: int = 0, source: str = "americas") -> SourceState:
    return SourceState(source, last_attempt=NOW - ago, failures=failures)


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_source_that_was_never_tried_is_due_at_once(schedule: Schedule) -> None:
    assert next_due(schedule, SourceState("americas"), NOW) == NOW


def test_a_source_waits_its_interval_give_or_take_a_twentieth() -> None:
    wait = next_due(HALF_HOUR, tried(), NOW) - NOW
    assert timedelta(minutes=28.5) <= wait <= timedelta(minutes=31.5)


def test_a_schedule_that_says_nothing_is_half_an_hour_until_more_is_known() -> None:
    wait = next_due(Schedule(), tried(), NOW) - next_due(HALF_HOUR, tried(), NOW)
    assert abs(wait) < timedelta(seconds=1)


def test_sources_of_one_pace_are_spread_over_the_same_times_again_and_again() -> None:
    due = {next_due(HALF_HOUR, tried(source=f"s{n}"), NOW) for n in range(100)}
    assert len(due) == 100
    assert max(due) - min(due) > timedelta(minutes=2)
    assert due == {next_due(HALF_HOUR, tried(source=f"s{n}"), NOW) for n in range(100)}


def test_a_long_interval_is_spread_over_no_more_than_five_minutes() -> None:
    weekly = Schedule(every=timedelta(days=7))
    waits = [next_due(weekly, tried(source=f"s{n}"), NOW) - NOW - timedelta(days=7) for n in range(100)]
    assert max(abs(wait) for wait in waits) <= timedelta(minutes=2.5)


def test_a_year_of_missed_runs_makes_one_run() -> None:
    for schedule in SCHEDULES:
        state = tried(timedelta(days=365))
        assert next_due(schedule, state, NOW) <= NOW
        assert next_due(schedule, tried(), NOW) > NOW


@pytest.mark.parametrize(
    ("failures", "minutes"), [(0, 30), (1, 30), (2, 60), (3, 120), (6, 960), (7, 1440), (99, 1440)]
)
def test_failures_in_a_row_double_the_wait_up_to_a_day(failures: int, minutes: int) -> None:
    wait = next_due(HALF_HOUR, tried(failures=failures), NOW) - NOW
    assert wait == pytest.approx(timedelta(minutes=minutes), abs=timedelta(minutes=minutes / 20))


def test_a_failing_source_is_never_read_more_often_than_it_was_asked_for() -> None:
    monthly = Schedule(every=timedelta(days=30))
    assert next_due(monthly, tried(failures=9), NOW) - NOW > timedelta(days=29)


def test_a_clock_set_back_makes_a_source_wait_no_longer_than_its_interval() -> None:
    wait = next_due(HALF_HOUR, tried(-timedelta(days=1)), NOW) - NOW
    assert wait < timedelta(minutes=32)


def test_cron_counts_in_its_time_zone() -> None:
    due = next_due(MORNINGS, tried(), NOW)
    assert due.tzinfo is UTC
    assert timedelta() <= due - datetime(2025, 2, 7, 5, tzinfo=UTC) < timedelta(seconds=30)


def test_cron_without_a_time_zone_is_utc() -> None:
    due = next_due(Schedule(cron="0 6 * * *"), tried(), NOW)
    assert timedelta() <= due - datetime(2025, 2, 7, 6, tzinfo=UTC) < timedelta(seconds=30)


def test_cron_goes_on_as_named_after_one_failure_and_pauses_after_more() -> None:
    minutely = Schedule(cron="* * * * *")
    waits = [next_due(minutely, tried(failures=failures), NOW) - NOW for failures in (1, 2, 3, 99)]
    expected = [timedelta(minutes=1), timedelta(minutes=16), timedelta(minutes=31), timedelta(days=1, minutes=1)]
    for wait, at_most in zip(waits, expected, strict=True):
        assert at_most - timedelta(minutes=1) <= wait <= at_most + timedelta(seconds=30)


def test_cron_that_names_no_day_is_never_due() -> None:
    assert next_due(Schedule(cron="0 0 31 2 *"), tried(), NOW) == NEVER


@settings(derandomize=True, max_examples=300)
@given(
    schedule=st.sampled_from(SCHEDULES),
    failures=st.integers(0, 10**6),
    name=st.text(min_size=1, max_size=10),
)
def test_after_a_refresh_no_source_is_due_at_once_nor_later_than_two_days(
    schedule: Schedule, failures: int, name: str
) -> None:
    due = next_due(schedule, SourceState(name, last_attempt=NOW, failures=failures + 1), NOW)
    assert NOW < due < NOW + timedelta(days=2, minutes=5)


def test_due_times_are_the_same_in_whatever_zone_the_clock_is() -> None:
    there = timezone(timedelta(hours=-9))
    for schedule in SCHEDULES:
        state = SourceState("americas", last_attempt=NOW.astimezone(there))
        assert next_due(schedule, state, NOW.astimezone(there)) == next_due(schedule, tried(), NOW)


def said(**values: object) -> SourceState:
    """A state in which the site has said something of its page."""
    return SourceState("americas", last_attempt=NOW, standing=Standing(**values))  # type: ignore[arg-type]


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_page_that_is_gone_is_never_due(schedule: Schedule) -> None:
    assert next_due(schedule, said(is_gone=True), NOW) == NEVER


@pytest.mark.parametrize("schedule", [HALF_HOUR, Schedule(cron="* * * * *")])
def test_a_source_is_not_due_before_its_site_wants_to_be_asked(schedule: Schedule) -> None:
    later = NOW + timedelta(hours=3)
    assert next_due(schedule, said(not_before=later), NOW) == later
    soon = NOW + timedelta(seconds=1)
    assert next_due(schedule, said(not_before=soon), NOW) == next_due(schedule, tried(), NOW)


def test_no_site_puts_a_source_off_by_more_than_a_day_even_if_the_clock_is_set_back() -> None:
    state = said(not_before=NOW + timedelta(days=40))
    assert next_due(HALF_HOUR, state, NOW) == NOW + timedelta(days=1)
