"""How long an answer stays fresh by its own word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.fetch import fresh_for

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
IN_10_MINUTES = "Tue, 24 Nov 2026 12:10:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "max-age=300"}, 300),
        ({"cache-control": "public, Max-Age=300, s-maxage=9"}, 300),
        ({"cache-control": 'max-age="300"'}, 300),
        ({"cache-control": "max-age=300", "age": "100"}, 200),
        ({"cache-control": "max-age=300", "age": "400"}, 0),
        ({"cache-control": "max-age=300", "age": "old"}, 300),
        ({"cache-control": "max-age=300", "expires": IN_10_MINUTES}, 300),
        ({"cache-control": "s-maxage=300"}, 0),
        ({"cache-control": "no-cache, max-age=300"}, 0),
        ({"cache-control": "no-store", "expires": IN_10_MINUTES}, 0),
        ({"cache-control": "max-age=999999999"}, 86400),
        ({"cache-control": "max-age=" + "9" * 5000}, 0),
        ({"expires": IN_10_MINUTES}, 600),
        ({"expires": IN_10_MINUTES, "date": "Tue, 24 Nov 2026 12:05:00 GMT"}, 300),
        ({"expires": "Tue, 24 Nov 2026 12:10:00 -0000"}, 600),
        ({"expires": "0"}, 0),
        ({"expires": "Tue, 24 Nov 2020 12:10:00 GMT"}, 0),
    ],
)
def test_max_age_counts_before_expires_and_age_is_taken_off(headers: dict[str, str], seconds: int) -> None:
    assert fresh_for(headers, NOW) == timedelta(seconds=seconds)


@settings(derandomize=True, max_examples=200)
@given(st.dictionaries(st.sampled_from(["cache-control", "expires", "date", "age"]), st.text(max_size=40)))
def test_no_header_breaks_the_reading(headers: dict[str, str]) -> None:
    assert timedelta(0) <= fresh_for(headers, NOW) <= timedelta(days=1)
