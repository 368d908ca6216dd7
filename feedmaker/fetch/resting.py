"""Servers that no connection can be made to: let rest, longer each time, so that a dead one costs little.

Only failures to connect count, which are the server's own; what goes wrong with an answer is the address's alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from feedmaker.errors import Unreachable
from feedmaker.fetch.clock import Clock
from feedmaker.fetch.retrying import REST, RETRIES, backed_off

FORGOTTEN_SECONDS = 3600.0
MANY = 1024

Server = tuple[str, int]
"""A host and a port."""


@dataclass(frozen=True, slots=True)
class _Failures:
    """How often in a row no connection was made, why, and when (monotonic seconds) the next may be tried."""

    times: int
    reason: str
    until: float


class Rests:
    """Which servers rest. Safe to use from several threads."""

    def __init__(self, clock: Clock, jitter: Callable[[], float]) -> None:
        self._clock = clock
        self._jitter = jitter
        self._lock = Lock()
        self._failures: dict[Server, _Failures] = {}

    def check(self, server: Server) -> None:
        """Raise Unreachable, with ``retry_after``, while the server rests."""
        with self._lock:
            known = self._failures.get(server)
        left = known.until - self._clock.monotonic() if known else 0.0
        if known and left > 0:
            raise Unreachable(f"{known.reason}; it is let rest for another {left:.0f} s", retry_after=left)

    def failed(self, server: Server, reason: str) -> None:
        """No connection was made. The attempts that one address has do not count as more than one failure."""
        with self._lock:
            now = self._clock.monotonic()
            times = 1 + (self._failures[server].times if server in self._failures else 0)
            too_often = times - (1 + RETRIES)
            rest = backed_off(REST, too_often, self._jitter()) if too_often >= 0 else 0.0
            self._failures[server] = _Failures(times, reason, now + rest)
            if len(self._failures) > MANY:
                self._failures = {s: f for s, f in self._failures.items() if f.until + FORGOTTEN_SECONDS > now}

    def reached(self, server: Server) -> None:
        """A connection was made."""
        with self._lock:
            self._failures.pop(server, None)
