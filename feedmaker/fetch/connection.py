"""Connections that guard themselves: to vetted IP addresses only, within a deadline and a number of bytes.

The guards sit below urllib3's pools, where sockets are opened and read, so that nothing above can go around them: no
redirect, no robots.txt, no name that resolves to something else the second time (DNS rebinding). The host's name stays
in the Host header, in SNI and in the check of its certificate. Errors raised here name no address; whoever sends the
request adds it.
"""

from __future__ import annotations

import http.client
import io
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from threading import Event
from typing import TYPE_CHECKING, Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from feedmaker.errors import AddressRefused, ResponseTooLarge, Unreachable
from feedmaker.fetch.addresses import PORTS, refusal
from feedmaker.fetch.clock import Clock, Deadline
from feedmaker.fetch.resolving import Resolver, addresses_of
from feedmaker.fetch.resting import Rests
from feedmaker.model import FetchPolicy

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

HEADER_BYTES = 64 * 1024  # of one response: its status line, and every 100 Continue before it, included
READ_AHEAD = 32 * 1024


@dataclass(frozen=True)
class Guard:
    """What every connection of one process keeps to."""

    policy: FetchPolicy
    resolver: Resolver
    clock: Clock
    stopped: Event
    rests: Rests

    def deadline(self, seconds: float) -> Deadline:
        return Deadline(seconds, self.clock, self.stopped)

    def connect(self, host: str, port: int, seconds: float, *, is_proxy: bool = False) -> socket.socket:
        """A socket to the first IP address of the host that answers, once all of them have been vetted.

        A proxy is vetted by whoever wrote it into the settings.
        """
        self.rests.check((host, port))
        deadline = self.deadline(seconds)
        found = addresses_of(host, port, self.resolver, deadline)
        if not is_proxy:
            self.vet(host, port, found)
        try:
            sock = _connected(host, port, found, deadline)
        except Unreachable as error:
            self.rests.failed((host, port), str(error))
            raise
        self.rests.reached((host, port))
        return sock

    def vet_behind_proxy(self, host: str, port: int, seconds: float) -> None:
        """Vet what a proxy will be asked for, as far as this machine can: the proxy resolves names once more."""
        try:
            found = addresses_of(host, port, self.resolver, self.deadline(seconds))
        except Unreachable:  # the proxy may know names that this machine does not
            found = []
        self.vet(host, port, found)

    def vet(self, host: str, port: int, found: Sequence[str]) -> None:
        """Raise AddressRefused unless the port and every IP address of the host are allowed."""
        if port not in PORTS | self.policy.allow_ports:
            raise AddressRefused(f"port {port} is not one that is read from; allow_ports: [{port}] allows it")
        for ip in found:
            if reason := refusal(ip_address(ip), self.policy.allow_private):
                raise AddressRefused(
                    f"{host} is at {ip}, {reason}; if it is meant, allow_private: [{ip}] in the settings allows it"
                )


def _connected(host: str, port: int, found: Sequence[str], deadline: Deadline) -> socket.socket:
    """Try the addresses in turn; each gets an equal share of the time that is left."""
    failure: OSError | None = None
    for tried, ip in enumerate(found):
        try:
            sock = socket.create_connection((ip, port), deadline.left() / (len(found) - tried))
        except OSError as error:
            failure = error
            continue
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.settimeout(deadline.left())  # a TLS handshake is next
        return sock
    reason = "it does not answer" if isinstance(failure, TimeoutError) else failure and failure.strerror
    reason = reason or "it has no IP address"
    raise Unreachable(
        f"no connection to {host}, port {port} ({reason}); look whether a browser reaches it"
    ) from failure


class WireReader(io.RawIOBase):
    """A socket's bytes, read within the time that its timeout allowed at first and within a number of bytes."""

    def __init__(self, held: io.RawIOBase, sock: socket.socket, guard: Guard) -> None:
        super().__init__()
        self._held = held  # keeps the socket open until this is closed (socket.makefile counts)
        self._sock = sock
        self._deadline = guard.deadline(sock.gettimeout() or 0)
        self._left = HEADER_BYTES
        self._what = f"headers of more than {HEADER_BYTES:,} bytes"

    def readable(self) -> bool:
        return True

    def allow_body(self, max_bytes: int) -> None:
        """The headers are complete: from here on the bytes of the body count."""
        self._left = max_bytes + READ_AHEAD
        self._what = f"more than {max_bytes:,} bytes"

    def readinto(self, buffer: WriteableBuffer) -> int:
        if self._left <= 0:
            raise ResponseTooLarge(f"the answer has {self._what}, which is the most that is read")
        while True:
            self._sock.settimeout(self._deadline.slice())
            try:
                count = self._sock.recv_into(buffer)
            except TimeoutError:
                continue
            self._left -= count
            return count

    def close(self) -> None:
        self._held.close()
        super().close()


class GuardedResponse(http.client.HTTPResponse):
    """A response that is read through a WireReader, its status line and headers included."""

    def __init__(self, guard: Guard, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self._max_bytes = guard.policy.max_bytes
        self._wire = WireReader(self.fp.detach(), sock, guard)
        self.fp = io.BufferedReader(self._wire, READ_AHEAD)

    def begin(self) -> None:
        super().begin()
        self._wire.allow_body(self._max_bytes)


class GuardedHTTPConnection(HTTPConnection):
    """urllib3's connection, opened and read through the guard."""

    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._guard = guard
        self.response_class = partial(GuardedResponse, guard)  # type: ignore[assignment]  # called, never subclassed

    def _new_conn(self) -> socket.socket:
        return self._guard.connect(self._dns_host, self.port, self.timeout or 0, is_proxy=self.proxy is not None)


class GuardedHTTPSConnection(GuardedHTTPConnection, HTTPSConnection):
    """The same with TLS on top."""


class GuardedHTTPPool(HTTPConnectionPool):
    """The connections to one host and port."""

    ConnectionCls = GuardedHTTPConnection

    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn_kw["guard"] = guard


class GuardedHTTPSPool(HTTPSConnectionPool):
    """The same with TLS on top."""

    ConnectionCls = GuardedHTTPSConnection

    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn_kw["guard"] = guard
