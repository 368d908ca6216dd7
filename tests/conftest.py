"""What tests of several rooms share: a news site on loopback that a test can change while it is served."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import copyfile

import pytest

from feedmaker.model import Database
from feedmaker.store import Store
from tests.store.server import Server, programs, serving
from tests.town import Answer, Heard, Site


@pytest.fixture
def site() -> Iterator[Site]:
    """The site, served until the test ends."""
    with served("127.0.0.1") as site:
        yield site


class Handler(BaseHTTPRequestHandler):
    """Answers with what its server's site has for a path."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or else a body waits for the client to acknowledge its headers: 40 ms
    server: SiteServer

    def do_GET(self) -> None:
        site = self.server.site
        length = int(self.headers.get("Content-Length", 0))
        site.heard.append(Heard(self.command, self.path, dict(self.headers), self.rfile.read(length).decode()))
        condition = self.headers.get("If-None-Match")
        site.hear(f"{self.path} {condition}" if condition else self.path)
        answer = site.answers.get(self.path, Answer("not here", status=404))
        if answer.hold:
            answer.hold.wait(60)
        self._give(answer, is_known=condition is not None and condition == answer.etag)

    def do_POST(self) -> None:
        self.do_GET()

    def _give(self, answer: Answer, *, is_known: bool) -> None:
        body = b"" if is_known else answer.body.encode()
        self.send_response_only(304 if is_known else answer.status)
        headers = {
            "Date": format_datetime(self.server.site.clock(), usegmt=True),
            "Content-Type": answer.type,
            "Content-Length": str(len(body)),
            **answer.headers,
        }
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class SiteServer(ThreadingHTTPServer):
    """Serves a site."""

    daemon_threads = True

    def __init__(self, address: str, site: Site) -> None:
        super().__init__((address, 0), Handler)
        self.site = site
        site.url = f"http://127.0.0.1:{self.server_port}"


@contextmanager
def served(address: str) -> Iterator[Site]:
    """A site at an address of this machine; 0.0.0.0 for every one, each of them a host of its own."""
    site = Site()
    with SiteServer(address, site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield site
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def empty_state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new state, to be copied: to make one takes Alembic and each step from the first schema on."""
    path = tmp_path_factory.mktemp("state") / "feedmaker.db"
    Store.open(path).close()
    return path


@pytest.fixture
def new_state(empty_state: Path, tmp_path: Path) -> Path:
    """A new state of the test's own."""
    return copyfile(empty_state, tmp_path / "feedmaker.db")


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
