"""What tests of several rooms share: a news site on loopback that a test can change while it is served."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from feedmaker.model import Database
from tests.store.server import Server, programs, serving
from tests.town import Answer, Heard, Site


@pytest.fixture
def site() -> Iterator[Site]:
    """The site, served until the test ends."""
    with served("127.0.0.1") as site:
        yield site


@contextmanager
def served(address: str) -> Iterator[Site]:
    """A site at an address of this machine; 0.0.0.0 for every one, each of them a host of its own."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            site.heard.append(Heard(self.command, self.path, dict(self.headers), self.rfile.read(length).decode()))
            condition = self.headers.get("If-None-Match")
            site.hear(f"{self.path} {condition}" if condition else self.path)
            answer = site.answers.get(self.path, Answer("not here", status=404))
            if answer.hold:
                answer.hold.wait(60)
            is_known = condition is not None and condition == answer.etag
            body = b"" if is_known else answer.body.encode()
            self.send_response_only(304 if is_known else answer.status)
            if "Date" not in answer.headers:
                self.send_header("Date", self.date_time_string())
            self.send_header("Content-Type", answer.type)
            self.send_header("Content-Length", str(len(body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.etag:
                self.send_header("ETag", answer.etag)
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer((address, 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server for all tests that need one."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed here")
    with serving(found) as server:
        yield server


@pytest.fixture
def database(server: Server) -> Database:
    """An empty database on the server."""
    return server.new_database()
