"""Addresses: absolute, clean, of one site, canonical."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.normalize.urls import (
    MAX_LENGTH,
    absolute,
    canonical,
    clean,
    date_in_path,
    host_of,
    original_of_amp,
    path_of,
    readable,
    registrable_domain,
    same_site,
)

BASE = "https://www.example.org/news/a/b.html?x=1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/x", "https://www.example.org/x"),
        ("c.html", "https://www.example.org/news/a/c.html"),
        ("../c", "https://www.example.org/news/c"),
        ("/a/../b", "https://www.example.org/b"),
        ("https://example.net/a/./b/../c", "https://example.net/a/c"),
        ("https://example.net/../a", "https://example.net/a"),
        ("https://example.net/.well-known//a.b", "https://example.net/.well-known//a.b"),
        ("?p=2", "https://www.example.org/news/a/b.html?p=2"),
        ("//cdn.example.org/a b.jpg", "https://cdn.example.org/a%20b.jpg"),
        ("\\\\cdn.example.org\\a", "https://cdn.example.org/a"),
        ("www.example.net/x", "https://www.example.net/x"),
        (" \n/x\t", "https://www.example.org/x"),
        ("/x\ny", "https://www.example.org/xy"),
        ("/a?b=c&amp;d=e", "https://www.example.org/a?b=c&d=e"),
        ("https:/example.net/z", "https://example.net/z"),
        ("http://https://example.net/x", "https://example.net/x"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
    ],
)
def test_references_are_read_as_browsers_read_them(url: str, expected: str) -> None:
    assert absolute(url, BASE) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://Example.ORG:80/Ä?q=ü#f", "http://example.org/%C3%84?q=%C3%BC#f"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("/100%/x%20y", "https://www.example.org/100%25/x%20y"),
        ("http://münchen.example/straße", "http://xn--mnchen-3ya.example/stra%C3%9Fe"),
        ("https://例え.jp/ニュース", "https://xn--r8jz45g.jp/%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9"),
        ("/\ud800x", "https://www.example.org/x"),
        ("http://user:secret@example.org/", "http://example.org/"),
    ],
)
def test_addresses_are_written_in_ascii_and_encoded_once(url: str, expected: str) -> None:
    assert absolute(url, BASE) == expected
    assert absolute(expected, BASE) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "  ",
        "#top",
        "javascript:void(0)",
        " mailto:a@example.org",
        "data:image/png;base64,xx",
        "tel:+1",
        "ftp://example.org/",
        "{{url}}",
        "${link}",
        "http://[object Object]",
        "http://[bad",
        "http://a b/",
        "http://example.org:99999/",
        "http://",
        "http://.",
        "http://\u2488example/",
        "/" + "x" * MAX_LENGTH,
    ],
)
def test_what_is_no_address_of_a_page_is_none(url: str) -> None:
    assert absolute(url, BASE) is None


def test_a_relative_reference_needs_a_base() -> None:
    assert absolute("x", "") is None
    assert absolute("/x", "nonsense") is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://example.org/a?utm_source=x&id=3&fbclid=1#f", "https://example.org/a?id=3"),
        ("https://example.org/a?at_medium=x&wt_mc=1&xtor=RSS-1&ns_campaign=x&pk_kwd=1", "https://example.org/a"),
        ("https://example.org/a?amp;utm_source=1", "https://example.org/a"),
        (
            "https://example.org/a?attachment_id=3&ref=b&at=1&pk=2",
            "https://example.org/a?attachment_id=3&ref=b&at=1&pk=2",
        ),
        ("https://example.org/?p=1&&q=2", "https://example.org/?p=1&q=2"),
        ("https://example.org/#!/route", "https://example.org/#!/route"),
        ("https://example.org/#/route", "https://example.org/#/route"),
    ],
)
def test_only_what_tracks_is_taken_off(url: str, expected: str) -> None:
    assert clean(url) == expected


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("https://a.bbc.co.uk/", "https://www.bbc.co.uk", True),
        ("https://a.co.uk/", "https://b.co.uk", False),
        ("https://one.github.io/", "https://two.github.io/", False),
        ("http://10.0.0.1/", "http://10.0.0.2/", False),
        ("http://127.0.0.1/", "http://10.9.0.1/", False),
        ("http://127.0.0.1:80/a", "http://127.0.0.1/b", True),
        ("http://[fd00::1]:80/a", "http://[fd00::1]/b", True),
        ("http://localhost:80/", "http://localhost/", True),
        ("https://example.org/", "http://EXAMPLE.org./x", True),
        ("nonsense", "nonsense", False),
        ("http://[bad", "http://[bad", False),
    ],
)
def test_sites_are_told_by_their_registered_domain(a: str, b: str, expected: bool) -> None:
    assert same_site(a, b) is expected


def test_a_host_without_public_suffix_is_its_own_domain() -> None:
    assert registrable_domain("localhost") == "localhost"
    assert registrable_domain("::1") == "::1"
    assert registrable_domain("127.0.0.1") == "127.0.0.1"
    assert host_of("https://Example.org./x") == "example.org"


def test_a_broken_address_has_neither_host_nor_path() -> None:
    assert (host_of("http://[bad/x"), path_of("http://[bad/x")) == ("", "/x")


@pytest.mark.parametrize(
    ("declared", "page", "expected"),
    [
        ("/story/12345", "https://example.org/story/12345/slug", "https://example.org/story/12345"),
        ("http://example.org/a-b-c-d", "https://example.org/a-b-c-d?utm_source=x", "https://example.org/a-b-c-d"),
        ("https://www.example.org/a/amp/", "https://amp.example.org/a/amp/", "https://www.example.org/a"),
        ("https://example.org/a-b-c-d?utm_source=1", "https://example.org/a-b-c-d", "https://example.org/a-b-c-d"),
        ("/?p=5", "https://example.org/2024/hello", "https://example.org/?p=5"),
        ("/about", "https://example.org/about-us", "https://example.org/about"),
        ("/", "https://example.org/", "https://example.org/"),
        (
            "https://www.example.org/a/b",
            "https://www-example-org.cdn.ampproject.org/c/s/www.example.org/a/b",
            "https://www.example.org/a/b",
        ),
    ],
)
def test_a_page_is_believed_about_its_own_address(declared: str, page: str, expected: str) -> None:
    assert canonical(declared, page) == expected


@pytest.mark.parametrize(
    ("declared", "page"),
    [
        ("/", "https://example.org/2025/02/06/slug"),
        ("/news/", "https://example.org/news/this-is-a-story-1"),
        ("/", "https://example.org/?p=123"),
        ("/blog", "https://example.org/blog/hello"),
        ("https://other.example/a-b-c-d", "https://example.org/a-b-c-d"),
        ("javascript:void(0)", "https://example.org/a"),
        ("", "https://example.org/a"),
        ("https://example.org/a", "nonsense"),
    ],
)
def test_other_sites_home_pages_and_sections_are_not_believed(declared: str, page: str) -> None:
    assert canonical(declared, page) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a/amp", "https://example.org/a"),
        ("https://example.org/a.amp.html", "https://example.org/a.html"),
        ("https://example.org/a?amp=1&id=2", "https://example.org/a?id=2"),
        ("https://example.org/a?outputType=amp", "https://example.org/a"),
        ("https://www.google.com/amp/s/example.org/a", "https://example.org/a"),
        ("https://example.org/amplifier", "https://example.org/amplifier"),
    ],
)
def test_amp_addresses_lead_to_the_original(url: str, expected: str) -> None:
    assert original_of_amp(url) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("20250206/slug", "2025-02-06"),
        ("2025/02/06/slug", "2025-02-06"),
        ("2025/feb/06/slug", "2025-02-06"),
        ("x_2025_02_06.html", "2025-02-06"),
        ("2025-13-06", None),
        ("a-20250231.html", None),
        ("1020250206", None),
        ("2025/02/slug", None),
        ("p?d=2025-02-06", None),
        ("p#2025-02-06", None),
    ],
)
def test_dates_are_read_from_paths_alone(path: str, expected: str | None) -> None:
    assert date_in_path(f"https://example.org/{path}") == expected


@settings(derandomize=True, max_examples=400)
@given(st.text(max_size=40) | st.from_regex(r"(https?:)?//[^\s]{0,30}", fullmatch=True))
def test_any_text_gives_an_address_in_ascii_or_nothing(text: str) -> None:
    found = absolute(text, BASE)
    if found is not None:
        assert found.isascii()
        assert urlsplit(found).scheme in ("http", "https")
        assert urlsplit(found).hostname
        assert absolute(found, BASE) == found
        assert clean(clean(found)) == clean(found)
        canonical(text, found)
        date_in_path(found)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/%C3%A4-b.jpg?q=%E0%A6%98", "https://a.example/ä-b.jpg?q=ঘ"),
        ("https://a.example/a%20b%2Fc.jpg", "https://a.example/a%20b%2Fc.jpg"),
        ("https://a.example/%E4.jpg", "https://a.example/%E4.jpg"),  # Latin-1
        ("https://a.example/%E2%80%AEgpj.exe", "https://a.example/%E2%80%AEgpj.exe"),  # turns the direction of writing
    ],
)
def test_letters_are_readable_and_encoded_back_to_the_same(url: str, expected: str) -> None:
    assert readable(url) == expected
    assert absolute(expected, "https://a.example/") == url
