"""When a source is refreshed, as settings say it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedmaker.errors import SettingsError
from feedmaker.model import (
    Schedule,
)
from feedmaker.settings import Settings

Load = Callable[[str | bytes], Settings]


@pytest.mark.parametrize(
    ("default", "own", "expected"),
    [
        ("every: 1h", "", Schedule(every=timedelta(hours=1))),
        ("every: 1h", "every: 2h", Schedule(every=timedelta(hours=2))),
        ("every: 1h", 'cron: "0 6 * * *"', Schedule(cron="0 6 * * *", timezone=UTC)),
        ('cron: "0 6 * * *"', "every: 2h", Schedule(every=timedelta(hours=2))),
        ('cron: "0 6 * * *"', "", Schedule(cron="0 6 * * *", timezone=UTC)),
        (
            'cron: "0 6 * * 1"',
            "timezone: Asia/Tokyo",
            Schedule(cron="0 6 * * mon", timezone=ZoneInfo("Asia/Tokyo")),
        ),
    ],
)
def test_a_schedule_of_a_source_replaces_the_default_one_of_either_kind(
    load: Load, default: str, own: str, expected: Schedule
) -> None:
    text = f"defaults:\n  {default}\nsources:\n  news:\n    url: https://example.org/\n    {own}\n"
    assert load(text).sources[0].schedule == expected


def test_how_often_a_source_is_refreshed_is_said_in_four_ways(load: Load) -> None:
    settings = load(
        """
defaults: {every: {longest: 1d}, timezone: Europe/Berlin}
sources:
  by-default: https://example.org/a/
  adaptive: {url: https://example.org/b/, every: adaptive}
  bounded: {url: https://example.org/c/, every: {shortest: 5m, longest: 2h}, timezone: Asia/Tokyo}
  fixed: {url: https://example.org/d/, every: 1h}
  named: {url: https://example.org/e/, cron: "0 6 * * *"}
"""
    )
    berlin, tokyo = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
    assert [source.schedule for source in settings.sources] == [
        Schedule(timezone=berlin, longest=timedelta(days=1)),
        Schedule(timezone=berlin),
        Schedule(timezone=tokyo, shortest=timedelta(minutes=5), longest=timedelta(hours=2)),
        Schedule(every=timedelta(hours=1)),
        Schedule(cron="0 6 * * *", timezone=berlin),
    ]
    assert [source.schedule.is_adaptive for source in settings.sources] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{shortest: 2h, longest: 1h}", "The longest wait, 1h, is shorter than the shortest, 2h."),
        ("{longest: 5m}", "The longest wait, 5m, is shorter than the shortest, 10m."),
        ("{longest: 30d}", "from 1s to 7d"),
        ("{often: 5m}", "Valid here: shortest, longest"),
        ("adaptiv", "a duration such as"),
    ],
)
def test_bounds_that_cannot_hold_are_refused(load: Load, written: str, expected: str) -> None:
    with pytest.raises(SettingsError, match=expected):
        load(f"sources: {{news: {{url: https://example.org/, every: {written}}}}}")
