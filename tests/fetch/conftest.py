"""A hostile server and a Web that reads it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from feedmaker.fetch import Web
from tests.fetch.hostile import Reader, Server, policy, serving


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
