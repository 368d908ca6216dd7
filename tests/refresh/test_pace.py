"""When entries come is learnt from their times, and told for every hour of the week."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.model import Pace, Source
from feedmaker.refresh import Services, refresh_source
from feedmaker.refresh.pace import HOURS, TYPICAL_RATE, Rates, first_watch, hour_of_week, watched
from tests.town import Clock, Site

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
NOW = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)  # a Tuesday, 13:30 in Berlin
MONDAY = datetime(2026, 11, 23, tzinfo=BERLIN)
NOTHING = Pace(NOW - WEEK, NOW - HOUR, (0.0,) * HOURS)


def office_hours(weeks: int) -> Pace:
    """The pace of a section that has an entry each hour from 8 to 18 on weekdays in Berlin, watched each half hour."""
    start = MONDAY - weeks * WEEK
    pace, last = Pace(start, start, (0.0,) * HOURS), start
    for look in range(1, weeks * HOURS * 2 + 1):
        now = start + look * HOUR / 2
        is_news = now.minute == 0 and now.weekday() < 5 and 8 < now.hour <= 18
        pace = watched(pace, [now - HOUR / 4] if is_news else [], last, now, BERLIN)
        last = now
    return pace


def test_nights_and_weekends_are_learnt_in_the_time_zone_of_the_section() -> None:
    rates = Rates(office_hours(4), BERLIN)
    at_work, at_night = MONDAY.replace(hour=12), MONDAY.replace(hour=2)
    on_sunday = at_work - DAY
    assert rates.at(at_work) == pytest.approx(1, rel=0.2)
    assert rates.at(at_night) < 0.1
    assert rates.at(on_sunday) < 0.1
    assert rates.expected(MONDAY, MONDAY + DAY) == pytest.approx(10, rel=0.15)
    assert rates.mean == pytest.approx(50 / HOURS, rel=0.1)


def test_after_a_week_the_nights_are_known_and_what_is_seldom_is_not_taken_for_a_rule() -> None:
    rates = Rates(office_hours(1), BERLIN)
    assert rates.at(MONDAY.replace(hour=2)) < rates.at(MONDAY.replace(hour=12)) / 3
    assert rates.at(MONDAY.replace(hour=2)) > 0


def test_of_a_section_that_was_never_watched_the_typical_is_expected() -> None:
    assert Rates(None, None).at(NOW) == TYPICAL_RATE
    assert Rates(None, None).expected(NOW, NOW + DAY) == pytest.approx(24 * TYPICAL_RATE)


def test_the_first_look_learns_from_the_dates_of_what_is_there() -> None:
    published = [NOW - n * HOUR for n in range(40)]
    pace = first_watch(published, NOW, None)
    assert (pace.since, pace.until) == (NOW - 29 * HOUR, NOW)
    assert sum(pace.counts) == 29
    assert Rates(pace, None).mean == pytest.approx(0.9, rel=0.02)  # of 1, drawn to the typical rate


def test_a_story_that_is_pinned_to_the_top_does_not_make_the_section_a_slow_one() -> None:
    published = [NOW - n * HOUR for n in range(20)]
    pinned = first_watch([*published, NOW - 20 * DAY], NOW, None)
    assert Rates(pinned, None).mean == pytest.approx(Rates(first_watch(published, NOW, None), None).mean, rel=0.05)


@pytest.mark.parametrize("published", [[], [None] * 30, [NOW - 40 * DAY] * 9, [NOW + DAY] * 9, [NOW - HOUR]])
def test_entries_that_tell_no_span_teach_nothing_at_the_first_look(published: list[datetime | None]) -> None:
    assert first_watch(published, NOW, None) == Pace(NOW, NOW, (0.0,) * HOURS)


def test_a_date_between_two_looks_is_believed() -> None:
    pace = watched(NOTHING, [NOW - HOUR / 4], NOW - HOUR, NOW, None)
    assert pace.counts[hour_of_week(NOW, UTC)] == 1
    assert sum(pace.counts) == 1


@pytest.mark.parametrize("date", [None, NOW - DAY, NOW + DAY, NOW.replace(hour=0, minute=0)])
def test_an_entry_without_a_time_came_at_some_time_since_the_last_look(date: datetime | None) -> None:
    pace = watched(NOTHING, [date], NOW.replace(hour=10, minute=30), NOW, None)
    now = hour_of_week(NOW, UTC)
    assert [round(count, 3) for count in pace.counts[now - 3 : now + 2]] == [0, 0.25, 0.5, 0.25, 0]


def test_a_month_in_which_nothing_ran_is_no_month_without_news() -> None:
    pace = watched(NOTHING, [None] * 30, NOW - 31 * DAY, NOW, None)
    before = watched(NOTHING, [None] * 30, NOW - WEEK, NOW, None)
    assert pace.until - pace.since <= before.until - before.since + HOUR
    assert sum(pace.counts) == pytest.approx(30)


def test_a_clock_that_is_set_back_takes_nothing_of_what_was_learnt() -> None:
    busy = Pace(NOW - WEEK, NOW, (1.0,) * HOURS)
    pace = watched(busy, [], NOW, NOW - DAY, None)
    assert pace == Pace(NOW - DAY - WEEK, NOW - DAY, busy.counts)


def test_what_was_long_ago_counts_less() -> None:
    pace = Pace(NOW - 8 * WEEK, NOW - HOUR, (8.0,) * HOURS)
    later = watched(pace, [], NOW - HOUR, NOW + HOUR, None)
    assert later.counts[0] == 4
    assert later.until - later.since == (8 * WEEK + HOUR) / 2


@settings(derandomize=True, max_examples=100, deadline=None)
@given(
    looks=st.lists(
        st.tuples(
            st.timedeltas(timedelta(days=-400), timedelta(days=400)),
            st.lists(st.none() | st.datetimes(timezones=st.just(UTC)), max_size=3),
        ),
        max_size=6,
    )
)
def test_whatever_clocks_and_dates_say_a_rate_is_a_number_above_zero(
    looks: list[tuple[timedelta, list[datetime | None]]],
) -> None:
    pace, last = first_watch([None, NOW - HOUR], NOW, BERLIN), NOW
    for step, dates in looks:
        now = last + step
        pace, last = watched(pace, dates, last, now, BERLIN), now
        assert pace.since <= pace.until
        assert sum(pace.counts) <= 18
    assert 0 < Rates(pace, BERLIN).at(NOW) < 100


def test_a_refresh_leaves_what_it_has_seen_in_the_state(
    site: Site, services: Services, source_of: Callable[..., Source], clock: Clock
) -> None:
    source = source_of()
    site.lists("a", "b", "c", etag='"1"')
    refresh_source(source, services)
    first = services.store.pace("town")
    assert first is not None
    assert sum(first.counts) == 0
    clock.forward(hours=1)
    site.lists("d", "a", "b", "c", etag='"2"')
    refresh_source(source, services)
    second = services.store.pace("town")
    assert second is not None
    assert (sum(second.counts), second.until) == (1, clock())
    clock.forward(hours=1)
    refresh_source(source, services)
    assert services.store.pace("town") == second, "nothing new is not written down each time"
    clock.forward(hours=7)
    refresh_source(source, services)
    third = services.store.pace("town")
    assert third is not None
    assert (sum(third.counts), third.until) == (1, clock())
