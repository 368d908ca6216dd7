"""A hostile server and a Web that reads it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from feedmaker.fetch import Web
from tests.fetch.hostile import FakeResolver, Reader, Server, policy, serving
from tests.fetch.showing import Place


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that does whatever a test wants of it."""
    with serving() as server:
        yield server


@pytest.fixture
def reader(server: Server) -> Iterator[Reader]:
    """A Web that may read the server and gives up after 0.6 s."""
    with Reader(Web(policy(server), jitter=lambda: 0.0)) as reader:
        yield reader


@pytest.fixture(scope="module")
def shared_browser() -> Iterator[Place]:
    """A browser that tests share, for it takes a second to start."""
    resolver = FakeResolver({"a.test": [["127.0.0.1"]], "b.test": [["127.0.0.1"]], "in.test": [["10.0.0.1"]]})
    with serving() as server, Reader(Web(policy(server, seconds=8), resolver=resolver)) as reader:
        yield Place(server, reader)


@pytest.fixture
def place(shared_browser: Place) -> Place:
    """A browser, and a server that gives nothing yet."""
    shared_browser.server.routes.clear()
    shared_browser.server.requests.clear()
    return shared_browser
