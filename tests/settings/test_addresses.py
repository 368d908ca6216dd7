"""Addresses of sections, folders, proxies and people, and networks."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_network

import pytest

from feedmaker.settings.addresses import parse_base_url, parse_contact, parse_network, parse_proxy, parse_url
from feedmaker.settings.invalid import Invalid


def refusal(parse: Callable[[object], object], value: object) -> str:
    with pytest.raises(Invalid) as raised:
        parse(value)
    return f"{raised.value} {raised.value.hint}"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "HTTP://EXAMPLE.org:8080/a?b=c#d",
        "https://пример.рф/новости/",
        "https://example.org./",
        "http://a_b.example/",
        "http://localhost:8000/",
        "http://192.0.2.1/",
        "https://[2001:db8::1]:8443/",
        "https://example.org/a@b",
    ],
)
def test_an_address_of_the_web_is_taken_as_it_is_written(url: str) -> None:
    assert parse_url(url) == url


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("example.org/news", "Write https://example.org/news"),
        ("//example.org/news", "Write https://example.org/news"),
        ("https:/example.org", "Write https://example.org"),
        ("example.org:8000/news", "Write https://example.org:8000/news"),
        ("news", 'found "news". None'),
        ("ftp://example.org/", 'begins with https:// or http://, found "ftp"'),
        ("file:///etc/passwd", 'found "file"'),
        ("javascript:alert(1)", "Expected an address"),
        ("https://", "no host"),
        ("https:///news", "no host"),
        ("https://a..b/", 'the host "a..b"'),
        ("https://-a.b/", 'the host "-a.b"'),
        ("https://ex%41mple.org/", "the host"),
        ("https://[fe80::1%25eth0]/", "the host"),
        ("https://[::1", "host or port cannot be read"),
        ("https://a:0/", "the port 0"),
        ("https://a:99999/", "host or port cannot be read"),
        ("https://a:b/", "host or port cannot be read"),
        ("https://" + "a" * 64 + ".org/", "the host"),
        ("https://" + "é" * 5000 + "/", "the host"),
        ("https://example.org/a b", "with %20 for a space"),
        ("https://example.org/\\a", "The address contains"),
        ("https://example.org/" + "a" * 5000, "at most 4096 characters, found 5020"),
        ("https://user@example.org/", "Remove what stands before the @."),
        (7, "Put it in quotes"),
        (None, "found nothing"),
    ],
)
def test_any_other_address_is_refused_with_the_reason(value: object, words: str) -> None:
    assert words in refusal(parse_url, value)


@pytest.mark.parametrize(
    "url",
    [
        "https://user:hunter2@example.org/",
        "user:hunter2@example.org/",
        "https://user:hunter2@example.org:x/",
        "https://user:hunter2@exa mple.org/",
        "https://user:hunt/er2@example.org/",
        "ftp://user:hunter2@example.org/",
    ],
)
def test_a_password_is_never_repeated(url: str) -> None:
    assert "hunt" not in refusal(parse_url, url)
    assert "er2" not in refusal(parse_url, url)


def test_the_address_of_a_folder_ends_in_a_slash() -> None:
    assert parse_base_url("https://example.org/feeds") == "https://example.org/feeds/"
    assert parse_base_url("https://example.org/feeds/") == "https://example.org/feeds/"


@pytest.mark.parametrize("url", ["https://example.org/?a", "https://example.org/#a"])
def test_the_address_of_a_folder_has_no_query_and_no_fragment(url: str) -> None:
    assert "Remove the ? or #" in refusal(parse_base_url, url)


def test_a_proxy_is_a_host_and_a_port_and_may_ask_for_a_password() -> None:
    assert parse_proxy("http://user:secret@proxy.example:3128/") == "http://user:secret@proxy.example:3128/"
    assert "Remove the path." in refusal(parse_proxy, "http://proxy.example:3128/x")
    assert 'found "socks5"' in refusal(parse_proxy, "socks5://proxy.example:1080")


@pytest.mark.parametrize("contact", ["me@example.org", "https://example.org/about"])
def test_a_contact_is_a_web_address_or_a_mail_address(contact: str) -> None:
    assert parse_contact(contact) == contact


@pytest.mark.parametrize(
    "value",
    ["me", "Me <me@example.org>", "https://example.org/(x)", "a@b\r\nX: y", "https://u:p@example.org/", "ä@b", 7],
)
def test_a_contact_that_could_not_stand_in_a_header_is_refused(value: object) -> None:
    refusal(parse_contact, value)


def test_a_network_may_be_one_address() -> None:
    assert parse_network("10.1.0.0/16") == ip_network("10.1.0.0/16")
    assert parse_network("::1") == ip_network("::1/128")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("10.1.2.3/16", "Write 10.1.0.0/16."),
        ("localhost", "Write 127.0.0.0/8."),
        ("example.org", "Expected a network"),
        ("10.0.0.0/33", "Expected a network"),
        (10, "Put it in quotes"),
    ],
)
def test_what_is_no_network_is_refused(value: object, words: str) -> None:
    assert words in refusal(parse_network, value)
