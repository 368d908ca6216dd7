"""Pages through the whole of ``Web``, over real sockets."""

from __future__ import annotations

import gzip
import threading
import time

import brotli
import pytest
from backports import zstd

from feedmaker.errors import AddressRefused, FetchError, HttpStatusError, ResponseTooLarge
from feedmaker.fetch import Web
from feedmaker.model import FetchPolicy, NotModified, Validators
from tests.fetch.hostile import PAGE, FakeResolver, Peer, Reader, Server, policy, says, serving
from tests.fetch.lab import lab


def test_a_page_comes_with_its_final_address_headers_and_text(server: Server, reader: Reader) -> None:
    url = server.add("/news", says(PAGE, headers='Content-Type: text/html\r\nETag: "1"\r\nSet-Cookie: a=b\r\n'))
    page = reader.page(url)
    assert (page.url, page.content, page.moved_to) == (url, PAGE, None)
    assert page.headers == {"content-length": str(len(PAGE)), "content-type": "text/html", "etag": '"1"'}
    assert page.validators == Validators(etag='"1"')


def test_a_request_says_who_asks_and_what_it_can_read(server: Server) -> None:
    with Reader(Web(policy(server, contact="https://example.org/about?ü"))) as reader:
        reader.page(server.add("/", says()))
    headers = server.requests[0].headers
    assert headers["user-agent"].encode("latin-1").decode().startswith("Feedmaker/")
    assert headers["user-agent"].encode("latin-1").decode().endswith(" (+https://example.org/about?ü)")
    assert headers["accept-encoding"] == "gzip, br, zstd"
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert set(headers) == {"host", "user-agent", "accept", "accept-encoding"}


def test_a_page_that_is_known_costs_one_request_without_a_body(server: Server, reader: Reader) -> None:
    date = "Tue, 24 Nov 2026 12:00:00 GMT"
    url = server.add("/news", says(b"", "304 Not Modified", 'ETag: "2"\r\n'))
    known = reader.fetch(url, validators=Validators('W/"1"', date))
    assert known == NotModified(url, {"content-length": "0", "etag": '"2"'})
    headers = server.requests[0].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('W/"1"', date)


@pytest.mark.parametrize("value", ['\x0b"a"', '"a\0b"', f'"{"x" * 5000}"', "", "a\x7f"])
def test_a_validator_that_cannot_be_sent_back_is_none(server: Server, reader: Reader, value: str) -> None:
    url = server.add("/", says(headers=f"ETag: {value}\r\n"))
    page = reader.page(url)
    assert page.validators == Validators()
    reader.page(url, validators=page.validators)


def test_a_validator_goes_back_as_it_came(server: Server, reader: Reader) -> None:
    url = server.add("/", says(headers='ETag: W/"ä b"\r\n'), says())
    reader.page(url, validators=reader.page(url).validators)
    assert server.requests[1].headers["if-none-match"].encode("latin-1").decode() == 'W/"ä b"'


def test_validators_go_along_to_the_same_site_only(server: Server) -> None:
    resolver = FakeResolver({"www.a.test": [["127.0.0.1"]], "a.test": [["127.0.0.1"]], "b.test": [["127.0.0.1"]]})
    here = f"http://www.a.test:{server.port}"
    server.add("/1", says(b"", "301 Moved", f"Location: {here}/2\r\n"))
    server.add("/2", says(b"", "301 Moved", f"Location: http://b.test:{server.port}/3\r\n"))
    server.add("/3", says())
    with Reader(Web(policy(server), resolver=resolver)) as reader:
        reader.page(f"http://a.test:{server.port}/1", validators=Validators('"x"'))
    assert [request.headers.get("if-none-match") for request in server.requests] == ['"x"', '"x"', None]


@pytest.mark.parametrize(("status", "is_moved"), [("301 Moved", True), ("308 Moved", True), ("302 Found", False)])
def test_a_page_that_moved_for_good_says_so(server: Server, reader: Reader, status: str, is_moved: bool) -> None:
    server.add("/b", says(b"", "301 Moved", "Location: c\r\n"))
    final = server.add("/c", says())
    page = reader.page(server.add("/a", says(b"", status, "Location: /b\r\n")))
    assert (page.url, page.moved_to) == (final, final if is_moved else None)


def test_five_redirects_are_followed(server: Server, reader: Reader) -> None:
    for number in range(5):
        server.add(f"/{number}", says(b"", "302 Found", f"Location: /{number + 1}\r\n"))
    server.add("/5", says())
    assert reader.page(server.url + "/0").url == server.url + "/5"


def test_a_redirect_in_utf_8_is_followed(server: Server, reader: Reader) -> None:
    server.add("/sch%C3%B6n", says())
    head = "HTTP/1.1 302 Found\r\nLocation: /schön\r\nContent-Length: 0\r\n\r\n".encode()
    url = server.add("/a", lambda peer: peer.send(head))
    assert reader.page(url).url == server.url + "/sch%C3%B6n"


def test_a_redirect_to_itself_that_sets_a_cookie_is_followed(server: Server, reader: Reader) -> None:
    first = says(b"", "302 Found", "Location: /a\r\nSet-Cookie: seen=yes\r\n")
    reader.page(server.add("/a", first, says()))
    assert [request.headers.get("cookie") for request in server.requests] == [None, "seen=yes"]
    reader.page(server.url + "/a")
    assert "cookie" not in server.requests[-1].headers


def test_a_long_redirect_is_not_read(server: Server, reader: Reader) -> None:
    def endless(peer: Peer) -> None:
        peer.send(b"HTTP/1.1 302 Found\r\nLocation: /b\r\n\r\n")
        peer.forever(bytes(65536))

    server.add("/b", says())
    began = time.monotonic()
    reader.page(server.add("/a", endless))
    assert time.monotonic() - began < 0.5


def test_one_connection_serves_one_page_after_the_other(server: Server, reader: Reader) -> None:
    redirect = says(b"gone over there", "302 Found", "Location: /0\r\n")
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nnews\r\n0\r\n\r\n"
    routes = [says(), redirect, says(b"", "304 N"), lambda peer: peer.send(chunked), says(b"", "404 N"), says()]
    for number, route in enumerate(routes):
        url = server.add(f"/{number}", route)
        if number == 4:
            with pytest.raises(HttpStatusError):
                reader.fetch(url)
        else:
            reader.fetch(url, validators=Validators('"x"'))
    assert server.connections == 1
    assert len(server.requests) == len(routes) + 1


def test_a_connection_that_the_server_has_closed_is_made_anew(server: Server) -> None:
    with lab() as place, place.reader() as reader:
        url = place.server.add("/", Peer.answer_and_close)
        for _ in range(3):
            reader.page(url)
        assert place.server.connections == 3


@pytest.mark.parametrize(
    ("coding", "encode"), [("gzip", gzip.compress), ("br", brotli.compress), ("zstd", zstd.compress)]
)
def test_compressed_pages_are_read(server: Server, reader: Reader, coding: str, encode: object) -> None:
    body = encode(PAGE)  # type: ignore[operator]
    assert reader.page(server.add("/", says(body, headers=f"Content-Encoding: {coding}\r\n"))).content == PAGE


def test_a_file_that_is_compressed_by_itself_is_read(server: Server, reader: Reader) -> None:
    url = server.add("/sitemap.xml.gz", says(gzip.compress(PAGE), headers="Content-Type: application/gzip\r\n"))
    assert reader.page(url).content == PAGE


@pytest.mark.parametrize(
    "kind",
    [
        *("text/html; charset=utf-8", "TEXT/HTML", "text/plain", "text/xml", "application/xhtml+xml", ""),
        *("application/rss+xml", "application/feed+json", "application/json", "application/octet-stream"),
    ],
)
def test_pages_and_feeds_are_read_whatever_they_are_called(server: Server, reader: Reader, kind: str) -> None:
    assert reader.page(server.add("/", says(headers=f"Content-Type: {kind}\r\n"))).content == PAGE


def test_the_byte_limit_is_exact(server: Server) -> None:
    with Reader(Web(policy(server, max_bytes=1000))) as reader:
        chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%b\r\n0\r\n\r\n"
        for size in (1000, 1001):
            body = b"x" * size
            urls = [
                server.add(f"/length{size}", says(body)),
                server.add(f"/chunks{size}", lambda peer, body=body: peer.send(chunked % (len(body), body))),  # type: ignore[misc]
                server.add(f"/gzip{size}", says(gzip.compress(body), headers="Content-Encoding: gzip\r\n")),
            ]
            for url in urls:
                if size == 1000:
                    assert len(reader.page(url).content) == size
                else:
                    with pytest.raises(ResponseTooLarge):
                        reader.fetch(url)


def test_a_name_is_resolved_once_and_the_connection_is_pinned_to_what_was_vetted() -> None:
    with lab() as place, place.reader() as reader:
        place.resolver.hosts["news.test"] = [["127.0.0.1"], ["10.0.0.1"]]
        place.server.add("/a", says())
        place.server.add("/b", Peer.answer_and_close)
        base = f"http://news.test:{place.server.port}"
        reader.page(base + "/a")
        reader.page(base + "/b")
        assert place.resolver.asked == ["news.test"]
        with pytest.raises(AddressRefused, match=r"10\.0\.0\.1, a private address.*allow_private"):
            reader.fetch(base + "/a")
        assert place.server.requests[0].host == f"news.test:{place.server.port}"


def test_of_several_addresses_one_that_answers_is_enough() -> None:
    with lab() as place:
        with serving(address="127.0.0.3") as other:
            pass  # nobody listens there any more
        place.resolver.hosts["news.test"] = [["127.0.0.3", "127.0.0.1"]]
        with Reader(Web(policy(place.server, other), resolver=place.resolver)) as reader:
            place.server.add("/", says())
            reader.page(f"http://news.test:{place.server.port}/")


def test_dns_that_never_answers_is_given_up() -> None:
    with lab() as place:
        never = threading.Event()

        class Deaf(FakeResolver):
            def resolve(self, host: str, port: int) -> list[str]:
                never.wait(10)
                return []

        with Reader(Web(place.policy(seconds=0.4), resolver=Deaf({}))) as reader:
            with pytest.raises(FetchError, match="time for it was over"):
                reader.fetch(f"http://news.test:{place.server.port}/")
            never.set()


def test_nothing_private_is_read_by_default(server: Server) -> None:
    with Reader(Web(FetchPolicy(allow_ports=frozenset({server.port})))) as reader:
        for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "0"):
            with pytest.raises(AddressRefused):
                reader.fetch(f"http://{host}:{server.port}/")
    assert server.connections == 0


def test_the_environment_chooses_no_proxy(server: Server, monkeypatch: pytest.MonkeyPatch, reader: Reader) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    reader.page(server.add("/", says()))


def test_bytes_are_counted_as_they_came_over_the_wire_with_all_that_led_to_the_page(
    server: Server, reader: Reader
) -> None:
    content = gzip.compress(PAGE * 100)
    server.add("/news", says(content, headers="Content-Type: text/html\r\nContent-Encoding: gzip\r\n"))
    moved = server.add("/", says(b"moved", "302 Found", "Location: /news\r\n"))
    page = reader.page(moved)
    assert page.content == PAGE * 100
    assert page.received == len(content) + len(b"moved")
    gone = server.add("/gone", says(b"x" * 1000, "404 Not Found"))
    with pytest.raises(HttpStatusError) as raised:
        reader.page(gone)
    assert raised.value.received == 1000
