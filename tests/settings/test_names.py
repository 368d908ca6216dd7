"""Names of sources, time zones and ways to follow, and the nearest valid one."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.model import Follow
from feedmaker.settings import slug
from feedmaker.settings.invalid import Invalid, did_you_mean, nearest
from feedmaker.settings.names import parse_choice, parse_source_name, parse_timezone


@pytest.mark.parametrize("name", ["a", "sputnik-americas", "2024_news", "x" * 100])
def test_a_source_is_named_by_what_can_be_a_file_name_anywhere(name: str) -> None:
    assert parse_source_name(name) == name


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("World News", 'Write "world-news".'),
        ("américa", 'Write "america".'),
        ("../../etc/passwd", 'Write "etc-passwd".'),
        ("-a", 'Write "a".'),
        ("новости", 'Write "novosti".'),
        ("新聞", None),
        ("", None),
        ("x" * 101, f'Write "{"x" * 100}".'),
        ("a\n", 'Write "a".'),
    ],
)
def test_any_other_name_is_refused_with_the_nearest_valid_one(name: str, hint: str | None) -> None:
    with pytest.raises(Invalid) as raised:
        parse_source_name(name)
    assert raised.value.hint == hint


@settings(derandomize=True, max_examples=300)
@given(st.text(max_size=300))
def test_a_slug_is_a_valid_name_or_empty(text: str) -> None:
    made = slug(text)
    assert made == "" or parse_source_name(made) == made


@pytest.mark.parametrize("name", ["Europe/Moscow", "UTC", "America/Argentina/Buenos_Aires"])
def test_a_time_zone_is_a_name_of_the_iana_database(name: str) -> None:
    assert parse_timezone(name) == ZoneInfo(name)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Moscow", 'Did you mean "Europe/Moscow"?'),
        ("europe/moscow", 'Did you mean "Europe/Moscow"?'),
        ("Europe/Moskow", 'Did you mean "Europe/Moscow"?'),
        ("New York", 'Did you mean "America/New_York"?'),
        ("MSK", "Use a name of the IANA time zone database, continent and city."),
        ("GMT+3", "Use a name of the IANA time zone database, continent and city."),
        ("+03:00", "Use a name of the IANA time zone database, continent and city."),
        ("../../etc/passwd", "Use a name of the IANA time zone database, continent and city."),
        ("Europe", "Use a name of the IANA time zone database, continent and city."),
    ],
)
def test_any_other_time_zone_is_refused_without_a_guess_at_abbreviations(name: str, hint: str) -> None:
    with pytest.raises(Invalid) as raised:
        parse_timezone(name)
    assert raised.value.hint == hint


def test_following_has_three_ways() -> None:
    assert [parse_choice(name, Follow) for name in ("none", "metadata", "full")] == list(Follow)
    with pytest.raises(Invalid, match=r"Expected none, metadata or full, found \"meta\"\."):
        parse_choice("meta", Follow)


def test_names_are_compared_without_case_hyphens_and_spaces() -> None:
    assert nearest("Base-URL", ["base_url", "output"]) == "base_url"
    assert nearest("allow ports", ["allow_private", "allow_ports"]) == "allow_ports"


def test_a_very_long_name_is_not_compared() -> None:
    assert did_you_mean("output" * 100, ["output"]) == "Valid here: output."
