"""A client gets the smallest coding that it likes best, and nothing at all where it has the version already."""

from __future__ import annotations

from email.utils import formatdate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.web.negotiation import Coding, coding_for, is_known

NOON = 1_738_843_200


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, Coding.IDENTITY),
        ("", Coding.IDENTITY),
        ("gzip", Coding.GZIP),
        ("gzip, deflate, br", Coding.BROTLI),
        ("gzip, deflate, br, zstd", Coding.BROTLI),
        ("GZIP;Q=0.5 , deflate", Coding.GZIP),
        ("br;q=0.5, gzip;q=0.8", Coding.GZIP),
        ("br;q=0, gzip;q=0", Coding.IDENTITY),
        ("*", Coding.BROTLI),
        ("br;q=0, *;q=0.1", Coding.GZIP),
        ("identity, gzip;q=0.5", Coding.IDENTITY),
        ("identity;q=0, gzip", Coding.GZIP),
        ("gzip;q=lots", Coding.IDENTITY),
        ("gzip;level=9", Coding.GZIP),
        ("deflate", Coding.IDENTITY),
    ],
)
def test_the_coding_that_the_client_likes_best_is_chosen(accepted: str | None, coding: Coding) -> None:
    assert coding_for(accepted) is coding


@settings(max_examples=100, derandomize=True)
@given(st.text(alphabet="brgzip,;=q.019* -naninfe"))
def test_any_text_is_some_choice(accepted: str) -> None:
    assert coding_for(accepted) in Coding
    assert is_known(['"a"'], NOON, accepted, None) in (True, False)
    assert is_known(['"a"'], NOON, None, accepted) in (True, False)


@pytest.mark.parametrize(
    ("known", "is_same"),
    [('"a"', True), ('"b"', False), ('"b", "a-gzip"', True), ('W/"a"', True), ("*", True), ("a", False), ("", False)],
)
def test_a_version_is_known_by_any_of_its_tags(known: str, is_same: bool) -> None:
    assert is_known(['"a"', '"a-gzip"'], NOON, known, None) is is_same


@pytest.mark.parametrize(
    ("date", "is_same"),
    [
        (formatdate(NOON, usegmt=True), True),
        (formatdate(NOON + 60, usegmt=True), True),
        (formatdate(NOON - 1, usegmt=True), False),
        ("yesterday", False),
        ("Thu, 99 Feb 2025 12:00:00 GMT", False),
        (None, False),
    ],
)
def test_a_version_is_known_by_its_date(date: str | None, is_same: bool) -> None:
    assert is_known(['"a"'], NOON, None, date) is is_same


def test_a_tag_counts_before_a_date() -> None:
    assert not is_known(['"a"'], NOON, '"b"', formatdate(NOON, usegmt=True))
    assert is_known(['"a"'], NOON, '"a"', formatdate(0, usegmt=True))
