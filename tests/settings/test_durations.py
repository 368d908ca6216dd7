"""Durations in, durations out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.settings import format_duration, parse_duration
from feedmaker.settings.invalid import Invalid


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90s", 90), ("15m", 900), ("6h", 21_600), ("90d", 7_776_000), ("1h30m", 5_400), ("1d2h3m4s", 93_784), ("0s", 0)],
)
def test_a_duration_is_days_hours_minutes_and_seconds(text: str, seconds: int) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        (30, "Write 30s or 30m."),
        ("30", "Write 30s or 30m."),
        (-5, None),
        (1.5, None),
        (True, 'Put it in quotes if it is meant as text: "True".'),
        ("30 minutes", "Write 30m."),
        ("1h 30m", "Write 1h30m."),
        ("1 hour, 30 min", "Write 1h30m."),
        ("PT15M", "Write 15m."),
        ("P1DT2H", "Write 1d2h."),
        ("15M", "Write 15m."),
        ("30m1h", None),
        ("1.5h", None),
        ("2w", None),
        ("", None),
        ("-5m", None),
        ("٣m", None),
        (None, None),
        (["5m"], None),
        ("99999999d", None),
        ("9999999d", None),
        ("5m\n", "Write 5m."),
    ],
)
def test_anything_else_is_refused_with_what_was_probably_meant(value: object, hint: str | None) -> None:
    with pytest.raises(Invalid) as raised:
        parse_duration(value)
    assert raised.value.hint == hint


def test_a_duration_beyond_its_bounds_is_refused_with_them() -> None:
    with pytest.raises(Invalid, match="Expected a duration from 1s to 1h30m, found 2h"):
        parse_duration("2h", timedelta(seconds=1), timedelta(minutes=90))


@settings(derandomize=True, max_examples=200)
@given(st.integers(0, 3650 * 86_400))
def test_what_is_formatted_reads_back(seconds: int) -> None:
    duration = timedelta(seconds=seconds)
    assert parse_duration(format_duration(duration)) == duration
