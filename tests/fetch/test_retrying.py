"""When to ask again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.errors import (
    BadCertificate,
    DeadlineExceeded,
    FetchError,
    HttpStatusError,
    NotAPage,
    UnknownHost,
    Unreachable,
)
from feedmaker.fetch.retrying import MAX_HOLD, hold_of, retry_after, wait_before_retry

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
URL = "http://h/"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Tue, 24 Nov 2026 12:01:00 GMT", 60),
        ("Tue, 24 Nov 2026 12:01:00 -0000", 60),
        ("Tue, 24 Nov 2026 13:01:00 +0100", 60),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MAX_HOLD),
        ("999999999", MAX_HOLD),
        ("9" * 500, None),
        ("-5", None),
        ("soon", None),
        ("1.5", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@settings(derandomize=True, max_examples=300)
@given(st.text(max_size=40))
def test_no_retry_after_breaks_the_reading(header: str) -> None:
    seconds = retry_after(header, NOW)
    assert seconds is None or 0 <= seconds <= MAX_HOLD


@pytest.mark.parametrize(
    ("status", "header", "hold"),
    [(429, "5", 5), (429, None, 60), (503, "5", 5), (503, None, None), (500, "5", None), (200, "5", None)],
)
def test_only_429_and_503_hold_a_host(status: int, header: str | None, hold: float | None) -> None:
    assert hold_of(status, header, NOW, 0, 0.5) == hold


def test_a_host_that_does_not_say_for_how_long_is_left_alone_for_longer_each_time_up_to_an_hour() -> None:
    holds = [hold_of(429, None, NOW, times, 0.5) for times in range(8)]
    assert holds == [60, 120, 240, 480, 960, 1920, 1920, 1920]
    assert hold_of(429, None, NOW, 0, 0.0) == 30
    assert hold_of(429, "5", NOW, 4, 0.9) == 5


def status(code: int, wait: float | None = None) -> HttpStatusError:
    return HttpStatusError("", address=URL, status=code, retry_after=wait)


@pytest.mark.parametrize("error", [Unreachable(""), status(500), status(502), status(503), status(504), status(522)])
def test_what_may_pass_is_tried_twice_more_with_growing_waits(error: FetchError) -> None:
    assert [wait_before_retry(error, attempt, 0.5) for attempt in (1, 2, 3)] == [0.5, 1.0, None]


@pytest.mark.parametrize(
    "error",
    [
        *(UnknownHost(""), BadCertificate(""), NotAPage(""), DeadlineExceeded("")),
        *(status(403), status(404), status(429, 60), status(503, 5), status(501)),
    ],
    ids=repr,
)
def test_what_will_not_pass_is_not_tried_again(error: FetchError) -> None:
    assert wait_before_retry(error, 1, 0.5) is None


def test_waits_are_spread() -> None:
    waits = [wait_before_retry(Unreachable(""), 1, random) for random in (0.0, 0.999)]
    assert waits == [0.25, pytest.approx(0.75, abs=0.01)]
