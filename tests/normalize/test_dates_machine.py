"""Dates that machines write, and what no date can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedmaker.normalize.context import Context
from feedmaker.normalize.dates import parse_date
from tests.normalize.moments import DAY, LOCAL, MOMENT, NOW


@pytest.mark.parametrize(
    "raw",
    [
        "2025-02-06T18:52+0000",
        "2025-02-06T18:52Z",
        "2025-02-06t18:52z",
        "2025-02-06T18:52:00,000Z",
        "2025-02-06T18:52:00.0000000Z",
        "2025-02-06 18:52:00 UTC",
        "2025-02-06 18:52 +0000",
        "2025-02-06T19:52:00Z+01:00",
        "2025-02-06T19:52:00+01:00[Europe/Berlin]",
        "2025-02-06T19:52:00[Europe/Berlin]",
        "2025-02-06T18.52Z",
        "25-02-06T18:52Z",
        "20250206T185200Z",
        "2025-02-07T00:22:00+05:30",
        '"2025-02-06T18:52:00Z"',
    ],
)
def test_iso_8601_is_read_in_its_broken_forms(raw: str) -> None:
    assert parse_date(raw, NOW) == MOMENT


@pytest.mark.parametrize(
    "raw",
    [
        "Thu, 06 Feb 2025 18:52:00 GMT",
        "Thu, 06 Feb 2025 18:52 +0000",
        "Thursday, 06-Feb-25 18:52:00 GMT",
        "Thu Feb 06 2025 18:52:00 GMT+0000 (Coordinated Universal Time)",
        "06 Feb 2025 20:52 EET",
        "Feb 6, 2025 1:52 PM ET",
        "Feb. 6, 2025 at 1:52 p.m. EST",
        "February 6, 2025 • 10:52 AM PST",
        "7 February 2025 12:22 am IST",
        "18:52 GMT 06.02.2025",
        "6 Feb 2025, 19:52 (GMT+1)",
        "6 Feb 2025, 17:52 (UTC-1)",
    ],
)
def test_a_zone_is_taken_from_the_date(raw: str) -> None:
    assert parse_date(raw, NOW) == MOMENT


@pytest.mark.parametrize(
    "raw",
    [
        1738867920,
        1738867920.0,
        1738867920000,
        "1738867920",
        "1738867920000",
        "1738867920000000",
        "1738867920.25",
        "/Date(1738867920000)/",
    ],
)
def test_unix_time_is_read_in_any_unit(raw: str | float) -> None:
    assert parse_date(raw, NOW) == MOMENT


@pytest.mark.parametrize(
    "raw",
    [
        0,
        -1,
        99,
        1e30,
        float("inf"),
        float("nan"),
        True,
        "1970-01-01T00:00:00Z",
        "0001-01-01T00:00:00",
        "1985-02-06",
        "0000-00-00",
        "9999-12-31T23:59:59Z",
        "2025-02-30",
        "2025-13-01",
        "2025-02-09",
        "99999999999999999999 hours ago",
        "6 Feb 2026",
    ],
)
def test_impossible_early_and_future_dates_are_none(raw: str | float) -> None:
    assert parse_date(raw, NOW) is None


def test_a_broken_time_or_zone_costs_only_itself() -> None:
    assert parse_date("2025-02-06T25:00:00Z", NOW) == DAY
    assert parse_date("2025-02-06T18:52+99:00", NOW) == LOCAL
    assert parse_date("2025-02-06T18:52[Mars/Olympus]", NOW) == LOCAL


def test_a_day_of_grace_is_given_to_clocks_that_run_ahead() -> None:
    assert parse_date("2025-02-08T11:59:00Z", NOW) == datetime(2025, 2, 8, 11, 59, tzinfo=UTC)


def test_midnight_at_the_end_of_a_day_is_the_next_day() -> None:
    assert parse_date("2025-02-05T24:00:00", NOW) == DAY


def test_a_leap_second_is_the_second_before() -> None:
    assert parse_date("2025-02-06T18:52:60Z", NOW) == MOMENT + timedelta(seconds=59)


def test_without_any_zone_a_date_is_utc() -> None:
    assert parse_date("2025-02-06 18:52", Context(NOW.now)) == MOMENT


def test_a_datetime_keeps_its_zone() -> None:
    assert parse_date(LOCAL, NOW) == LOCAL
    assert parse_date(LOCAL.replace(tzinfo=None), NOW) == LOCAL
