"""The times of crontab expressions, around daylight saving above all."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest

from feedmaker.schedule.cron import next_time

BERLIN = ZoneInfo("Europe/Berlin")  # forward on 2025-03-30 at 2:00, back on 2025-10-26 at 3:00


def times(expression: str, after: datetime, count: int, zone: tzinfo = BERLIN) -> list[str]:
    """The next times on the zone's clocks."""
    found = []
    for _ in range(count):
        time = next_time(expression, zone, after)
        assert time is not None
        found.append(f"{time.astimezone(zone):%d. %H:%M %Z}")
        after = time
    return found


SPRING = datetime(2025, 3, 29, 12, tzinfo=UTC)
AUTUMN = datetime(2025, 10, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "after", "expected"),
    [
        ("0 6 * * *", SPRING, ["30. 06:00 CEST", "31. 06:00 CEST"]),
        ("0 6 * * *", AUTUMN, ["26. 06:00 CET", "27. 06:00 CET"]),
        ("30 2 * * *", SPRING, ["30. 03:30 CEST", "31. 02:30 CEST"]),  # skipped: as late as the clocks are
        ("30 2 * * *", AUTUMN, ["26. 02:30 CEST", "27. 02:30 CET"]),  # repeated: once
        ("0,30 2-3 * * *", AUTUMN, ["26. 02:00 CEST", "26. 02:30 CEST", "26. 03:00 CET", "26. 03:30 CET"]),
    ],
)
def test_a_named_hour_comes_once_a_day_around_daylight_saving(
    expression: str, after: datetime, expected: list[str]
) -> None:
    assert times(expression, after, len(expected)) == expected


def test_a_wildcard_goes_by_the_time_that_passes() -> None:
    before = datetime(2025, 10, 25, 23, 30, tzinfo=UTC)
    assert times("*/30 * * * *", before, 5) == [
        "26. 02:00 CEST",
        "26. 02:30 CEST",
        "26. 02:00 CET",
        "26. 02:30 CET",
        "26. 03:00 CET",
    ]
    before = datetime(2025, 3, 30, 0, 30, tzinfo=UTC)
    assert times("*/30 * * * *", before, 2) == ["30. 03:00 CEST", "30. 03:30 CEST"]


def test_the_time_is_later_than_the_moment_even_on_the_spot() -> None:
    on_the_spot = datetime(2025, 2, 6, 6, tzinfo=UTC)
    assert next_time("0 6 * * *", UTC, on_the_spot) == datetime(2025, 2, 7, 6, tzinfo=UTC)


def test_weekdays_are_names() -> None:
    thursday = datetime(2025, 2, 6, 12, tzinfo=UTC)
    assert next_time("0 6 * * mon-fri", UTC, thursday) == datetime(2025, 2, 7, 6, tzinfo=UTC)
    assert next_time("0 6 * * sun,tue", UTC, thursday) == datetime(2025, 2, 9, 6, tzinfo=UTC)


def test_of_a_day_of_the_month_and_a_weekday_either_will_do() -> None:
    assert times("0 6 10 * sat", datetime(2025, 2, 6, 12, tzinfo=UTC), 4) == [
        "08. 06:00 CET",
        "10. 06:00 CET",
        "15. 06:00 CET",
        "22. 06:00 CET",
    ]
    assert next_time("0 0 31 feb mon", UTC, datetime(2025, 2, 6, tzinfo=UTC)) == datetime(2025, 2, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("0 6 1-10 * */2", ["Thu 06", "Sat 08", "Sun 09", "Sat 01"]),  # 0, 2, 4 and 6 from Sunday on
        ("0 6 */9 * mon", ["Mon 10", "Mon 10", "Mon 28", "Mon 19"]),  # the 1st, 10th, 19th and 28th
        ("0 6 8-9 * *,mon", ["Sat 08", "Sun 09", "Sat 08", "Sun 09"]),
        ("0 6 * * */2", ["Thu 06", "Sat 08", "Sun 09", "Tue 11"]),
    ],
)
def test_a_day_and_a_weekday_with_a_star_must_both_fit(expression: str, expected: list[str]) -> None:
    after, found = datetime(2025, 2, 6, tzinfo=UTC), []
    for _ in expected:
        time = next_time(expression, UTC, after)
        assert time is not None
        found.append(f"{time:%a %d}")
        after = time
    assert found == expected


def test_a_day_that_no_month_has_never_comes() -> None:
    assert next_time("0 0 31 feb *", UTC, SPRING) is None


def test_what_is_no_expression_is_refused() -> None:
    with pytest.raises(ValueError, match="expected 5"):
        next_time("0 6 *", UTC, SPRING)
