"""What a fault needs to happen: a hostile server, one that speaks TLS, DNS of our own, and a clock that never waits."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any

import trustme

from feedmaker.fetch import Web
from feedmaker.fetch.courier import NO_ACCESS
from feedmaker.model import Access, FetchPolicy
from tests.fetch.hostile import FakeResolver, Reader, Server, policy, serving
from tests.town import HurriedClock

EXPIRED = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class Lab:
    """A place to try one fault in. ``access`` is what the source of the fault needs; ``stack`` ends what it begins."""

    server: Server
    resolver: FakeResolver
    clock: HurriedClock
    closed_port: int
    stack: ExitStack
    access: Access = NO_ACCESS

    def policy(self, **options: Any) -> FetchPolicy:
        """Only 127.0.0.1 itself is allowed, so that the rest of loopback is as private as any address."""
        ports = frozenset({self.server.port, self.closed_port})
        values = {"allow_private": (ip_network("127.0.0.1/32"),), "allow_ports": ports, **options}
        return policy(**values)

    def reader(self, **options: Any) -> Reader:
        return Reader(Web(self.policy(**options), resolver=self.resolver, clock=self.clock, jitter=lambda: 0.5))


@contextmanager
def lab(context: ssl.SSLContext | None = None) -> Iterator[Lab]:
    with serving(context) as server, ExitStack() as stack:
        yield Lab(server, FakeResolver({"news.test": [["127.0.0.1"]]}), HurriedClock(), closed_port(), stack)


def tls(name: str = "127.0.0.1", ca: trustme.CA | None = None, *, is_expired: bool = False) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate for one name that nobody trusts who does not know its CA."""
    ca = ca or trustme.CA()
    issued = ca.issue_cert(name, not_after=EXPIRED, not_before=datetime(2019, 1, 1, tzinfo=UTC)) if is_expired else None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (issued or ca.issue_cert(name)).configure_cert(context)
    return context


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
