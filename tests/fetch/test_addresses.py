"""Which addresses are read at all."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.errors import AddressRefused
from feedmaker.fetch.addresses import Address, refusal, shown, vetted
from feedmaker.model import FetchPolicy

POLICY = FetchPolicy()
SPECIAL_IPV4 = (
    "0.0.0.0 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.8.8.8 169.254.0.1 172.16.0.1 172.31.255.255 192.0.0.1 "
    "192.0.0.9 192.0.2.1 192.88.99.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 "
    "240.0.0.1 255.255.255.255 169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16"
)
SPECIAL_IPV6 = (
    ":: ::1 ::10.0.0.1 ::ffff:10.0.0.1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 64:ff9b::10.0.0.1 64:ff9b::8.8.8.8 "
    "64:ff9b:1::1 100::1 2001::1 2001:20::1 2001:db8::1 2002:a00:1:: 2002:808:808:: 3fff::1 5f00::1 fc00::1 fd12::1 "
    "fe80::1 fe80::1%eth0 fec0::1 ff02::1 fd00:ec2::254"
)


@pytest.mark.parametrize("ip", [*SPECIAL_IPV4.split(), *SPECIAL_IPV6.split()])
def test_an_address_that_is_not_public_is_refused(ip: str) -> None:
    assert refusal(ip_address(ip), ())


@pytest.mark.parametrize(
    "ip", ["1.1.1.1", "8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8"]
)
def test_a_public_address_is_read(ip: str) -> None:
    assert refusal(ip_address(ip), ()) is None


def test_an_allowed_network_is_read_and_its_neighbour_is_not() -> None:
    allowed = [ip_network("10.1.0.0/16")]
    assert refusal(ip_address("10.1.2.3"), allowed) is None
    assert refusal(ip_address("::ffff:10.1.2.3"), allowed) is None
    assert refusal(ip_address("10.2.0.1"), allowed)


def test_a_network_without_ipv4_can_allow_nat64_but_not_what_it_hides() -> None:
    allowed = [ip_network("64:ff9b::/96")]
    assert refusal(ip_address("64:ff9b::8.8.8.8"), allowed) is None
    assert refusal(ip_address("64:ff9b::10.0.0.1"), allowed)


def test_a_metadata_service_is_only_allowed_by_name() -> None:
    metadata = ip_address("169.254.169.254")
    assert refusal(metadata, [ip_network("169.254.0.0/16")])
    assert refusal(metadata, [ip_network("169.254.169.254/32")]) is None
    assert refusal(ip_address("fd00:ec2::254%eth0"), [ip_network("fd00::/8")])


@settings(derandomize=True, max_examples=200)
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_no_better_inside_an_ipv6_one(ip: IPv4Address) -> None:
    number = int(ip)
    mapped, nat64 = IPv6Address(0xFFFF << 32 | number), IPv6Address(0x64FF9B << 96 | number)
    tunnel = IPv6Address(0x2002 << 112 | number << 80)
    if refusal(ip, ()):
        assert refusal(mapped, ())
    else:
        assert refusal(mapped, ()) is None
    assert refusal(nat64, ())
    assert refusal(tunnel, ())


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://h/", "begin with http"),
        ("file:///etc/passwd", "begin with http"),
        ("//h/", "begin with http"),
        ("", "begin with http"),
        ("javascript:alert(1)", "begin with http"),
        ("http://u:geheim@h/", "user name or password"),
        ("http://u@h/", "user name or password"),
        ("http://@h/", "user name or password"),
        ("http://h\\@evil.test/", "backslash"),
        ("http://h/\r\nX-A: b", "control character"),
        ("http://h\t.test/", "control character"),
        ("http://h/\x9b31m", "control character"),
        ("http://h:22/", "allow_ports: [22]"),
        ("http://h:99999/", "taken apart"),
        ("http://h:-1/", "taken apart"),
        ("http:///path", "taken apart"),
        ("http://a b/", "taken apart"),
        ("http://[::1/", "taken apart"),
        ("http://h/" + "x" * 9000, "characters long"),
    ],
)
def test_an_address_of_another_form_is_refused_with_the_reason(url: str, reason: str) -> None:
    with pytest.raises(AddressRefused) as caught:
        vetted(url, POLICY)
    assert reason in str(caught.value)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("HTTP://Example.COM", Address("http://example.com/", "http", "example.com", 80)),
        (" https://h:8443/a b?ä=ö ", Address("https://h:8443/a%20b?%C3%A4=%C3%B6", "https", "h", 8443)),
        ("http://bücher.example/", Address("http://xn--bcher-kva.example/", "http", "xn--bcher-kva.example", 80)),
        ("http://[2606:4700::1111]/", Address("http://[2606:4700::1111]/", "http", "2606:4700::1111", 80)),
    ],
)
def test_an_address_is_sent_in_one_form(url: str, sent: Address) -> None:
    assert vetted(url, POLICY) == sent


def test_a_port_can_be_allowed() -> None:
    assert vetted("http://h:8000/", FetchPolicy(allow_ports=frozenset({8000}))).port == 8000


@settings(derandomize=True, max_examples=300)
@given(st.text(max_size=40))
def test_no_text_at_all_breaks_the_vetting(text: str) -> None:
    for url in (text, f"http://{text}", f"http://h/{text}", f"http://h:{text}/"):
        try:
            address = vetted(url, POLICY)
        except AddressRefused:
            continue
        assert address.url.isascii()
        assert vetted(address.url, POLICY) == address


def test_hosts_of_one_registrable_domain_are_one_group() -> None:
    groups = [Address("", "http", host, 80).group for host in ("www.news.co.uk", "media.news.co.uk.", "NEWS.co.uk")]
    assert groups == ["news.co.uk"] * 3


def test_ip_addresses_and_other_sites_are_groups_of_their_own() -> None:
    hosts = ("127.0.0.1", "127.0.1.1", "::1", "a.github.io", "b.github.io", "localhost", "co.uk")
    groups = [Address("", "http", host, 80).group for host in hosts]
    assert len(set(groups)) == len(hosts)


def test_an_origin_names_a_port_only_if_it_is_unusual() -> None:
    assert Address("", "https", "h", 443).origin == "https://h"
    assert Address("", "http", "::1", 443).origin == "http://[::1]:443"


def test_what_would_change_a_line_of_a_message_is_not_shown() -> None:
    assert shown("http://h/a\nb\x1b[31m\x9b0m\u2028c\u202egpj.exe") == "http://h/a�b�[31m�0m�c�gpj.exe"


def test_secrets_are_not_shown() -> None:
    url = "https://me:pw@h/a?token=1&api_key=2&page=3&X-Signature=4&keyword=5&PHPSESSID=6&s=7#access_token=8"
    assert shown(url) == (
        "https://***@h/a?token=***&api_key=***&page=3&X-Signature=***&keyword=5&PHPSESSID=***&s=7#access_token=***"
    )
