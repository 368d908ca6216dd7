"""A person's own access to a source, TLS and the proxy of the settings."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from feedmaker.errors import AddressRefused, BadCertificate, FetchError, Unreachable
from feedmaker.fetch import Web
from feedmaker.model import Access, BasicAuth, Method
from tests.fetch.hostile import FakeResolver, Peer, Reader, Route, Server, policy, says, serving
from tests.fetch.lab import lab, tls

SECRET = "Geheimnis"


def secrets(url: str) -> Access:
    return Access(
        url=url,
        headers={"X-Key": SECRET, "user-agent": "Custom"},
        cookies={"session": SECRET, "lang": "dé"},
        auth=BasicAuth("me", SECRET),
    )


def test_access_goes_along_to_its_origin(server: Server, reader: Reader) -> None:
    url = server.add("/a", says(b"", "302 Found", "Location: /b\r\nSet-Cookie: step=1\r\n"))
    server.add("/b", says())
    reader.page(url, access=secrets(url))
    first, second = (request.headers for request in server.requests)
    assert first["x-key"] == second["x-key"] == SECRET
    assert first["authorization"] == second["authorization"] == "Basic bWU6R2VoZWltbmlz"
    assert first["user-agent"] == "Custom"
    assert first["cookie"].encode("latin-1").decode() == f"session={SECRET}; lang=dé"
    assert second["cookie"].encode("latin-1").decode() == f"session={SECRET}; lang=dé; step=1"


def test_access_goes_nowhere_else(server: Server) -> None:
    resolver = FakeResolver({"a.test": [["127.0.0.1"]], "www.a.test": [["127.0.0.1"]]})
    with serving() as other, Reader(Web(policy(server, other), resolver=resolver)) as reader:
        base = f"http://a.test:{server.port}"
        elsewhere = [f"http://www.a.test:{server.port}/x", f"http://a.test:{other.port}/x"]
        other.add("/x", says())
        server.add("/x", says())
        for number, target in enumerate(elsewhere):
            server.add(f"/{number}", says(b"", "302 Found", f"Location: {target}\r\nSet-Cookie: own=1\r\n"))
            reader.page(f"{base}/{number}", access=secrets(base + "/"))
            reader.page(target, access=secrets(base + "/"))
        requests = [request for request in server.requests + other.requests if request.path == "/x"]
    assert len(requests) == 4
    assert SECRET not in str([request.headers for request in requests])


def test_nothing_secret_goes_along_from_https_to_http(tmp_path: Path) -> None:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")
    resolver = FakeResolver({"news.test": [["127.0.0.1"]]})
    with serving(tls("news.test", ca)) as safe, serving() as plain:
        url = f"https://news.test:{safe.port}/a"
        down = f"Location: http://news.test:{plain.port}/b\r\nSet-Cookie: id={SECRET}; Path=/\r\n"
        safe.add("/a", says(b"", "302 Found", down))
        plain.add("/b", says())
        access = replace(secrets(url), ca_file=tmp_path / "ca.pem")
        with Reader(Web(policy(safe, plain, seconds=3), resolver=resolver)) as reader:
            reader.page(url, access=access)
    assert safe.requests[0].headers["x-key"] == SECRET
    assert SECRET not in str(plain.requests[0].headers)
    assert "cookie" not in plain.requests[0].headers


@pytest.mark.parametrize(
    "answer",
    [
        says(f'{{"error": "no such key: {SECRET}"}}'.encode(), "403 Forbidden"),
        says(f"<title>Bearer {SECRET} is not known</title>".encode(), "401 Unauthorized"),
        says(headers=f"Content-Type: image/{SECRET}\r\n"),
        lambda peer: peer.send(f"{SECRET} is no HTTP\r\n\r\n".encode()),
        says(b"", "302 Found", f"Location: http://127.0.0.1:25/{SECRET}\r\n"),
    ],
    ids=["JSON", "title", "type", "status line", "redirect"],
)
def test_a_secret_that_a_site_repeats_is_not_shown(server: Server, reader: Reader, answer: Route) -> None:
    url = server.add("/", answer)
    access = Access(url, {"Authorization": f"Bearer {SECRET}"}, {"session": f"{SECRET}2"})
    with pytest.raises(FetchError) as caught:
        reader.fetch(url, access=access)
    assert "***" in f"{caught.value} {vars(caught.value)}"
    assert SECRET.lower() not in f"{caught.value} {vars(caught.value)}".lower()


def test_access_is_not_shown() -> None:
    assert SECRET not in repr(secrets("http://h/"))


@pytest.mark.parametrize("value", [f"{SECRET}\r\nX: y", f" {SECRET}", f"{SECRET}\n"])
def test_a_secret_that_is_no_header_is_not_shown_either(server: Server, reader: Reader, value: str) -> None:
    url = server.add("/", says())
    with pytest.raises(FetchError, match="not valid in HTTP") as caught:
        reader.fetch(url, access=Access(url=url, headers={"X-Key": value}))
    assert SECRET not in str(caught.value)


def test_post_is_for_the_source_itself(server: Server, reader: Reader) -> None:
    url = server.add("/search", says(b"[]"))
    access = Access(url=url, method=Method.POST, body='{"q": "ü"}', headers={"Content-Type": "application/json"})
    reader.page(url, access=access)
    reader.page(server.add("/article", says()), access=access)
    search, article = server.requests
    assert (search.method, search.body.decode(), search.headers["content-type"]) == (
        *("POST", '{"q": "ü"}', "application/json"),
    )
    assert (article.method, article.body) == ("GET", b"")


def test_a_server_is_believed_by_the_ca_file_of_its_source(tmp_path: Path) -> None:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")
    with lab(tls("news.test", ca)) as place, place.reader(seconds=2) as reader:
        place.server.add("/", says())
        url = f"https://news.test:{place.server.port}/"
        for _ in range(2):
            reader.page(url, access=Access(url=url, ca_file=tmp_path / "ca.pem"))
        assert place.server.connections == 1
        with pytest.raises(BadCertificate, match=r"certificate is not valid .*ca_file"):
            reader.fetch(url)


def test_a_missing_ca_file_is_a_fault_of_its_source(server: Server, reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "junk.pem").write_text("junk")
    url = server.url.replace("http:", "https:")
    for name in ("none.pem", "junk.pem"):
        with pytest.raises(FetchError, match=name):
            reader.fetch(url, access=Access(url=url, ca_file=tmp_path / name))


@pytest.mark.parametrize("case", ["self-signed", "expired", "another name"])
def test_a_certificate_that_is_not_valid_is_refused(tmp_path: Path, case: str) -> None:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")
    context = tls("other.test" if case == "another name" else "news.test", ca, is_expired=case == "expired")
    with lab(context) as place, place.reader(seconds=2) as reader:
        url = f"https://news.test:{place.server.port}/"
        access = Access(url=url, ca_file=None if case == "self-signed" else tmp_path / "ca.pem")
        words = {"self-signed": "unable to get", "expired": "expired", "another name": "not valid for 'news.test'"}
        with pytest.raises(BadCertificate, match=words[case]):
            reader.fetch(url, access=access)
        assert place.server.connections == 1


def test_tls_with_a_server_that_has_none_is_a_clear_fault(server: Server, reader: Reader) -> None:
    with pytest.raises(Unreachable, match="TLS failed"):
        reader.fetch(f"https://127.0.0.1:{server.port}/")


def test_a_tls_handshake_without_an_answer_ends_with_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(listener.getsockname()[1])
        reader = Reader(Web(policy(server, seconds=0.4), jitter=lambda: 0.0))
        with reader, pytest.raises(Unreachable, match="not made in time"):
            reader.fetch(f"https://127.0.0.1:{server.port}/")


class Proxy:
    """A small HTTP proxy: it resolves every name to loopback, answers http itself and lets https through."""

    def __init__(self, port: int, target: int) -> None:
        self.port, self.target = port, target
        self.heard: list[str] = []

    def talk(self, sock: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += sock.recv(65536)
        self.heard.append(head.decode())
        if not head.startswith(b"CONNECT"):
            Peer(sock, threading.Event()).answer(b"<p>by proxy")
            return
        sock.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        with socket.create_connection(("127.0.0.1", self.target)) as server:
            there = threading.Thread(target=pump, args=(sock, server))
            there.start()
            pump(server, sock)
            there.join()


def pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def proxying(target: int) -> Iterator[Proxy]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = Proxy(listener.getsockname()[1], target)
        listener.settimeout(5)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    sock, _ = listener.accept()
                    with sock:
                        proxy.talk(sock)

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield proxy
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(1)


def test_the_proxy_of_the_settings_is_asked_even_on_a_private_address(server: Server) -> None:
    with proxying(server.port) as proxy:
        settings = policy(proxy=f"http://me:{SECRET}@127.0.0.1:{proxy.port}", allow_private=())
        with Reader(Web(settings, resolver=FakeResolver({}))) as reader:
            assert reader.page("http://only.the.proxy.knows.test/a").content == b"<p>by proxy"
    assert proxy.heard[0].startswith("GET http://only.the.proxy.knows.test/a HTTP/1.1\r\n")
    assert "Proxy-Authorization: Basic" in proxy.heard[0]


def test_https_goes_through_the_proxy_unread(tmp_path: Path) -> None:
    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")
    with serving(tls("news.test", ca)) as server, proxying(server.port) as proxy:
        server.add("/", says())
        settings = policy(server, seconds=2, proxy=f"http://127.0.0.1:{proxy.port}")
        with Reader(Web(settings, resolver=FakeResolver({}))) as reader:
            url = f"https://news.test:{server.port}/"
            reader.page(url, access=Access(url=url, ca_file=tmp_path / "ca.pem", headers={"X-Key": SECRET}))
        assert server.requests[0].headers["x-key"] == SECRET
    assert SECRET not in str(proxy.heard)


def test_a_proxy_is_asked_for_nothing_private(server: Server) -> None:
    with proxying(server.port) as proxy:
        settings = policy(proxy=f"http://127.0.0.1:{proxy.port}", allow_private=())
        with Reader(Web(settings, resolver=FakeResolver({"in.test": [["10.0.0.1"]]}))) as reader:
            for host in ("169.254.169.254", "127.0.0.1", "in.test"):
                with pytest.raises(AddressRefused):
                    reader.fetch(f"http://{host}/")
    assert proxy.heard == []


def test_a_proxy_that_is_away_is_named(server: Server) -> None:
    with lab() as place:
        settings = place.policy(proxy=f"http://me:{SECRET}@127.0.0.1:{place.closed_port}")
        with Reader(Web(settings, resolver=place.resolver, clock=place.clock)) as reader:
            with pytest.raises(Unreachable, match=f"no connection to 127.0.0.1, port {place.closed_port}") as caught:
                reader.fetch("http://news.test/")
            assert SECRET not in str(caught.value)
