"""What a server, DNS or a certificate does wrong, as functions that set it up and give the address to fetch."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import brotli
import trustme
from backports import zstd

from feedmaker.model import Access
from tests.fetch.hostile import PAGE, Peer, Route, says, serving
from tests.fetch.lab import Lab, tls

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
MEGABYTE = bytes(1024 * 1024)


def raw(*pieces: bytes, then: Callable[[Peer], None] | None = None) -> Route:
    """A route that sends bytes as they are and then does something else, or closes."""

    def route(peer: Peer) -> None:
        for piece in pieces:
            peer.send(piece)
        (then or close)(peer)

    return route


def close(peer: Peer) -> None:
    peer.sock.close()


def at(*routes: Route, path: str = "/news") -> Callable[[Lab], str]:
    return lambda lab: lab.server.add(path, *routes)


def slowly(data: bytes) -> Callable[[Peer], None]:
    return lambda peer: peer.forever(data, pause=0.05)


def fast(*data: bytes) -> Callable[[Peer], None]:
    return lambda peer: peer.forever(*data)


def redirect(location: str, status: str = "302 Found") -> Route:
    return says(b"", status, f"Location: {location}\r\n")


def elsewhere(location: str) -> Callable[[Lab], str]:
    """An address that redirects; PORT stands for the server's own."""
    return lambda lab: lab.server.add("/news", redirect(location.replace("PORT", str(lab.server.port))))


def many_redirects(lab: Lab) -> str:
    for number in range(100):
        lab.server.add(f"/{number}", redirect(f"/{number + 1}"))
    return f"{lab.server.url}/0"


def refused(lab: Lab) -> str:
    return f"http://127.0.0.1:{lab.closed_port}/news"


def named(host: str, *answers: list[str]) -> Callable[[Lab], str]:
    """An address by a host name that DNS gives these answers for."""

    def url(lab: Lab) -> str:
        if answers:
            lab.resolver.hosts[host] = list(answers)
        lab.server.add("/news", says())
        return f"http://{host}:{lab.server.port}/news"

    return url


def rebound(lab: Lab) -> str:
    """An address whose host is in a private network when it is asked for the second time."""
    lab.resolver.hosts["rebound.test"] = [["127.0.0.1"], ["10.0.0.1"]]
    head = b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    return lab.server.add("/news", raw(head)).replace("127.0.0.1", "rebound.test")


def certified(*, is_known: bool, is_expired: bool = False) -> Callable[[Lab], str]:
    """An address by TLS; the source knows the server's CA or does not."""

    def url(lab: Lab) -> str:
        ca = trustme.CA()
        server = lab.stack.enter_context(serving(tls("127.0.0.1", ca, is_expired=is_expired), port=lab.closed_port))
        address = server.add("/news", says())
        if is_known:
            lab.access = Access(address, ca_file=Path(lab.stack.enter_context(ca.cert_pem.tempfile())))
        return address

    return url


def slow_handshake(lab: Lab) -> str:
    """An address by TLS whose server never gets to the end of its greeting."""
    greeting = b"\x16\x03\x03\x40\x00"

    def greet(sock: socket.socket) -> None:
        with sock, suppress(OSError):
            sock.recv(65536)
            Peer(sock, closing).send(greeting)
            Peer(sock, closing).forever(b"\0", pause=0.05)

    closing = threading.Event()
    listener = lab.stack.enter_context(socket.create_server(("127.0.0.1", lab.closed_port)))
    lab.stack.callback(closing.set)
    threading.Thread(target=lambda: greet(listener.accept()[0]), daemon=True).start()
    return f"https://127.0.0.1:{lab.closed_port}/news"


def busy_dns(lab: Lab) -> str:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    lab.resolver.resolve = resolve  # type: ignore[method-assign]
    return f"http://news.test:{lab.server.port}/news"


@cache
def squeezed(coding: str) -> bytes:
    """200 megabytes of zeros, compressed; made when they are first asked for, for that takes a second."""
    if coding == "gzip, gzip":
        return gzip.compress(squeezed("gzip"))
    engines: dict[str, Callable[[], Any]] = {
        "gzip": lambda: zlib.compressobj(9, zlib.DEFLATED, 31),
        "deflate": lambda: zlib.compressobj(9),
        "zstd": lambda: zstd.ZstdCompressor(1),
    }
    if coding == "br":
        press = brotli.Compressor(quality=1)
        return b"".join([*(press.process(MEGABYTE) for _ in range(200)), press.finish()])
    engine = engines[coding]()
    return b"".join([*(engine.compress(MEGABYTE) for _ in range(200)), engine.flush()])


def bomb(coding: str) -> Callable[[Lab], str]:
    """An answer of a few kilobytes that would become 200 megabytes."""
    return lambda lab: coded(coding, squeezed(coding))(lab)


def coded(coding: str, body: bytes) -> Callable[[Lab], str]:
    return at(says(body, headers=f"Content-Encoding: {coding}\r\n"))


def typed(kind: str, body: bytes = PAGE) -> Callable[[Lab], str]:
    return at(says(body, headers=f"Content-Type: {kind}\r\n"))


def huge_robots(lab: Lab) -> str:
    line = b"Disallow: /nothing/of/interest\n" * 1000
    head = OK + b"Content-Length: 50000000\r\n\r\nUser-agent: *\n"
    lab.server.add("/robots.txt", raw(head, then=fast(line)))
    return at(says())(lab)


def slow_robots(lab: Lab) -> str:
    lab.server.add("/robots.txt", raw(OK + b"\r\n", then=slowly(b"#")))
    return at(says())(lab)
