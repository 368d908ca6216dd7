"""One id for an entry, however a link to it is spelled."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.normalize.identity import entry_id


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/story/1-a",
        "http://example.org/story/1-a",
        "https://www.example.org/story/1-a",
        "https://EXAMPLE.org:443/story/1-a/",
        "http://www.example.org:80/story/1-a?utm_source=rss&fbclid=x",
        "https://example.org/story/1-a#comments",
        "https://amp.example.org/story/1-a",
        "https://example.org/amp/story/1-a",
        "https://example.org/story/1-a/amp/",
        "https://example-org.cdn.ampproject.org/c/s/example.org/story/1-a",
        "https://example.org/stor%79/1%2da",
    ],
)
def test_spellings_of_one_address_have_one_id(url: str) -> None:
    assert entry_id(url) == "https://example.org/story/1-a"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/?id=3", "https://example.org?id=3"),
        ("https://example.org", "https://example.org"),
        ("https://www.com/x", "https://www.com/x"),
        ("https://example.org/%c3%a4", "https://example.org/%C3%A4"),
        ("https://example.org/#!/a", "https://example.org#!/a"),
        ("https://example.org/A", "https://example.org/A"),
    ],
)
def test_what_names_the_page_stays(url: str, expected: str) -> None:
    assert entry_id(url) == expected


@pytest.mark.parametrize("url", ["nonsense", "", "http://[bad", "urn:uuid:1"])
def test_what_is_no_address_is_its_own_id(url: str) -> None:
    assert entry_id(url) == url


@settings(derandomize=True, max_examples=200)
@given(st.from_regex(r"https?://(www\.)?[a-z]{1,8}\.(org|com)(/[a-z0-9%-]{0,8}){0,4}/?(\?[a-z]=\d)?", fullmatch=True))
def test_the_id_of_an_id_is_itself(url: str) -> None:
    assert entry_id(entry_id(url)) == entry_id(url)
