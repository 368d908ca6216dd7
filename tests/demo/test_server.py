"""The demo's site on a real socket, as a reader of it meets it."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlsplit

import pytest

from feedmaker.demo import DemoSite

LISTING = "/harbour/"
STORY = "/harbour/old-lighthouse-lights-up-again.html"
PICTURE = "/pictures/lighthouse.jpg"


@pytest.fixture(scope="module")
def site() -> Iterator[DemoSite]:
    with DemoSite() as site:
        yield site


@pytest.fixture
def connection(site: DemoSite) -> Iterator[HTTPConnection]:
    connection = connect(site)
    yield connection
    connection.close()


def connect(site: DemoSite) -> HTTPConnection:
    return HTTPConnection(urlsplit(site.url).netloc, timeout=10)


def ask(connection: HTTPConnection, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    return response, response.read()


def test_one_connection_serves_many_requests(connection: HTTPConnection) -> None:
    first, _ = ask(connection, LISTING)
    kept = connection.sock
    second, body = ask(connection, STORY)
    assert (first.status, second.status) == (200, 200)
    assert connection.sock is kept
    assert body.startswith(b"<!doctype html>")


@pytest.mark.parametrize(
    "path", ["/", LISTING, STORY, PICTURE, "/assets/style.css", "/robots.txt", "/notices/", "/api/tides.json"]
)
def test_a_page_that_is_known_by_its_validators_is_not_sent_again(connection: HTTPConnection, path: str) -> None:
    fresh, body = ask(connection, path)
    for validator in (
        {"If_None_Match": str(fresh.headers["ETag"])},
        {"If_Modified_Since": str(fresh.headers["Last-Modified"])},
    ):
        known, nothing = ask(connection, path, **validator)
        assert (known.status, nothing) == (304, b"")
        assert known.headers["ETag"] == fresh.headers["ETag"]
    assert body


def test_if_none_match_outweighs_if_modified_since(connection: HTTPConnection) -> None:
    fresh, _ = ask(connection, LISTING)
    other, body = ask(
        connection, LISTING, If_None_Match='"other"', If_Modified_Since=str(fresh.headers["Last-Modified"])
    )
    assert other.status == 200
    assert body


@pytest.mark.parametrize("since", ["yesterday", "Sun, 01 Nov 2026 00:00:00 GMT", "Wed, 01 Jan 2030 00:00:00 -0000"])
def test_a_date_that_says_nothing_or_is_too_old_gives_the_page(connection: HTTPConnection, since: str) -> None:
    response, body = ask(connection, LISTING, If_Modified_Since=since)
    assert response.status == 200
    assert body


@pytest.mark.parametrize("known", ['W/{0}, "x"', '"x", {0}', "*"])
def test_a_list_of_validators_is_looked_through(connection: HTTPConnection, known: str) -> None:
    fresh, _ = ask(connection, LISTING)
    response, _ = ask(connection, LISTING, If_None_Match=known.format(fresh.headers["ETag"]))
    assert response.status == 304


def test_text_is_compressed_for_who_asks_and_has_a_validator_of_its_own(connection: HTTPConnection) -> None:
    plain, text = ask(connection, LISTING)
    packed, body = ask(connection, LISTING, Accept_Encoding="br, GZIP")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == text
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_a_picture_is_never_compressed_again(connection: HTTPConnection) -> None:
    response, body = ask(connection, PICTURE, Accept_Encoding="gzip")
    assert response.headers["Content-Encoding"] is None
    assert response.headers["Content-Type"] == "image/jpeg"
    assert body[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize("path", [LISTING, PICTURE, "/nowhere"])
def test_head_tells_the_same_without_the_body(connection: HTTPConnection, path: str) -> None:
    whole, body = ask(connection, path)
    head, nothing = ask(connection, path, method="HEAD")
    assert nothing == b""
    assert head.status == whole.status
    assert head.headers["Content-Length"] == str(len(body))
    assert head.headers["ETag"] == whole.headers["ETag"]


def test_an_address_without_its_slash_leads_to_the_section(connection: HTTPConnection) -> None:
    response, _ = ask(connection, "/harbour")
    assert (response.status, response.headers["Location"]) == (301, LISTING)


def test_an_unknown_address_is_not_found(connection: HTTPConnection) -> None:
    response, _ = ask(connection, "/../etc/passwd")
    assert response.status == 404


def test_a_query_does_not_matter(connection: HTTPConnection) -> None:
    assert ask(connection, f"{STORY}?utm_source=here")[1] == ask(connection, STORY)[1]


def test_readers_side_by_side_all_get_the_same(site: DemoSite) -> None:
    def read(number: int) -> tuple[int, bytes]:
        connection = connect(site)
        try:
            return [(answer.status, body) for answer, body in (ask(connection, STORY) for _ in range(5))][number % 5]
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as pool:
        answers = set(pool.map(read, range(64)))
    assert len(answers) == 1


def test_the_log_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    with DemoSite() as site:
        connection = connect(site)
        ask(connection, LISTING)
        ask(connection, "/nowhere")
        connection.close()
    assert capfd.readouterr() == ("", "")


def test_closing_ends_kept_connections_and_frees_the_port() -> None:
    with DemoSite() as site:
        connection = connect(site)
        ask(connection, LISTING)
    assert connection.sock.recv(1) == b""
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        connect(site).request("GET", LISTING)


def test_a_second_run_on_the_same_port_serves_the_same_bytes_and_validators() -> None:
    runs = []
    port = 0
    for _ in range(2):
        with DemoSite(port) as site:
            port = urlsplit(site.url).port or 0
            connection = connect(site)
            answers = [ask(connection, path, Accept_Encoding="gzip") for path in ("/", LISTING, STORY, PICTURE)]
            connection.close()
        runs.append([(answer.headers["ETag"], answer.headers["Last-Modified"], body) for answer, body in answers])
    assert runs[0] == runs[1]


def test_a_port_that_is_taken_is_an_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        DemoSite(taken.getsockname()[1])
