"""A hostile server on loopback: each path is a piece of code that may do to its socket whatever it likes."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_network
from typing import Self

from feedmaker.fetch import Web
from feedmaker.model import FetchPolicy, NotModified, Page

PAGE = b"<html><head><title>News</title></head><body><p>All is well.</p></body></html>"

TLS_HELLO = b"\x16\x03"


@dataclass
class Request:
    """A request as it came, when (monotonic seconds) it was there, and when the last of its answer was sent off."""

    host: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    began: float
    ended: float = 0.0


class Peer:
    """The server's end of a connection."""

    def __init__(self, sock: socket.socket, closing: threading.Event, request: Request | None = None) -> None:
        self.sock = sock
        self.closing = closing
        self.request = request

    def send(self, data: bytes) -> None:
        if self.request:
            self.request.ended = (
                time.monotonic()
            )  # before the client can know of it, so that no gap looks smaller than it was
        self.sock.sendall(data)

    def answer(self, body: bytes = PAGE, status: str = "200 OK", headers: str = "") -> None:
        """A whole answer, after which the connection stays open; ``headers`` are lines that end in CRLF."""
        self.send(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{headers}\r\n".encode() + body)

    def forever(self, *data: bytes, pause: float = 0.0) -> None:
        """Send pieces again and again until the client has had enough of it or the server closes."""
        while not self.closing.wait(pause):
            for piece in data:
                self.send(piece)

    def silence(self) -> None:
        self.closing.wait(30)

    def answer_and_close(self) -> None:
        """A whole answer, after which the connection is closed without a word."""
        self.answer()
        self.sock.close()

    def reset(self) -> None:
        """Break the connection off with RST instead of FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


Route = Callable[[Peer], None]


def says(body: bytes = PAGE, status: str = "200 OK", headers: str = "") -> Route:
    """A route that gives one answer."""
    return lambda peer: peer.answer(body, status, headers)


@dataclass
class Server:
    """What a server knows: its port, what each path does, and what it was asked for."""

    port: int
    routes: dict[str, Route] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    scheme: str = "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def add(self, path: str, *routes: Route) -> str:
        """The address of a path that takes its routes one after another, the last one for good."""
        left = list(routes)
        self.routes[path] = lambda peer: (left.pop(0) if len(left) > 1 else left[0])(peer)
        return self.url + path

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]


@contextmanager
def serving(context: ssl.SSLContext | None = None, address: str = "127.0.0.1", port: int = 0) -> Iterator[Server]:
    """A server that runs until the block ends."""
    closing = threading.Event()
    with socket.create_server((address, port), backlog=64) as listener:
        server = Server(listener.getsockname()[1], scheme="https" if context else "http")
        listener.settimeout(0.02)

        def accept() -> None:
            while not closing.is_set():
                with suppress(TimeoutError):
                    sock, _ = listener.accept()
                    server.connections += 1
                    threading.Thread(target=talk, args=(sock,), daemon=True).start()

        def talk(sock: socket.socket) -> None:
            with suppress(OSError):
                sock.settimeout(10)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                wrapped = context.wrap_socket(sock, server_side=True) if context else sock
                with wrapped:
                    while hear(wrapped, server, closing):
                        pass

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield server
        finally:
            closing.set()
            thread.join()


def hear(sock: socket.socket, server: Server, closing: threading.Event) -> bool:
    """One request and what its route does; whether there may be another."""
    request = _request(sock)
    if request is None:
        return False
    route = server.routes.get(request.path, says(b"not here", "404 Not Found"))
    server.requests.append(request)
    route(Peer(sock, closing, request))
    return sock.fileno() != -1


def _request(sock: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = sock.recv(65536)
        if not piece:
            return None
        if piece.startswith(TLS_HELLO):
            sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return None
        data += piece
    began = time.monotonic()
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += sock.recv(65536)
    method, path, _ = first.split(" ")
    return Request(headers.get("host", ""), method, path, headers, body, began)


def policy(*servers: Server, seconds: float = 0.6, **options: object) -> FetchPolicy:
    """A policy that lets only these servers be read, in less than a second."""
    ports = frozenset(server.port for server in servers)
    values = {"allow_private": (ip_network("127.0.0.0/8"),), "allow_ports": ports, **options}
    return FetchPolicy(deadline=timedelta(seconds=seconds), **values)  # type: ignore[arg-type]


@dataclass
class FakeResolver:
    """DNS as a test wants it: the answers of each host, one list after another, the last one for good."""

    hosts: dict[str, list[list[str]]]
    asked: list[str] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> list[str]:
        self.asked.append(host)
        if host not in self.hosts:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answers = self.hosts[host]
        return answers.pop(0) if len(answers) > 1 else answers[0]


class Reader:
    """A Web for tests: without delays and robots.txt unless a test asks for them."""

    def __init__(self, web: Web) -> None:
        self.web = web

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.web.close()

    def fetch(self, url: str, **options: object) -> Page | NotModified:
        values = {"delay": timedelta(0), "robots": False, **options}
        return self.web.fetch(url, **values)  # type: ignore[arg-type]

    def page(self, url: str, **options: object) -> Page:
        page = self.fetch(url, **options)
        assert isinstance(page, Page)
        return page
