"""Plain scalars by YAML 1.2, and text for whatever a person may have meant as text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.settings.scalars import resolve


@pytest.mark.parametrize(
    "text",
    [
        "no", "yes", "on", "off", "y", "N", "none", "True story", "010", "0x1F", "0o17", "0b1", "1_000", "12:30:45",
        "2025-02-06", "2025-02-06T18:52+0000", "1.", ".5", ".inf", "-.INF", ".nan", "NaN", "1e", "--1", "+", "<<", "=",
        "9" * 30, "٣", "tRUE", "nuLL",
    ],
)  # fmt: skip
def test_what_yaml_1_1_misreads_stays_text(text: str) -> None:
    assert resolve(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("FALSE", False), ("0", 0), ("-7", -7), ("+3", 3),
        ("200", 200), ("1.5", 1.5), ("-0.25", -0.25), ("1e3", 1000.0),
    ],
)  # fmt: skip
def test_nothing_truth_values_and_numbers_are_recognised(text: str, value: object) -> None:
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


@settings(derandomize=True, max_examples=200)
@given(st.integers(-(10**17), 10**17))
def test_every_whole_number_reads_back(number: int) -> None:
    assert resolve(str(number)) == number
