"""Sources that are due and wait for a worker, host by host."""

from __future__ import annotations

from collections import deque
from urllib.parse import urlsplit

from feedmaker.model import Source


class Lineup:
    """Hands out due sources so that a host with many of them, or a slow one, never holds up the others.

    A host is read by one request at a time anyway, so one worker a host loses nothing and leaves the rest of the
    workers to other hosts. Hosts take turns; the sources of a host go in the order they came.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Source]] = {}
        self._turns: deque[str] = deque()  # hosts that have a source waiting and none running
        self._running: set[str] = set()

    def add(self, source: Source) -> None:
        """A source is due."""
        host = _host(source)
        if host not in self._waiting:
            self._waiting[host] = deque()
            if host not in self._running:
                self._turns.append(host)
        self._waiting[host].append(source)

    def take(self) -> Source | None:
        """The source to refresh now; None when every waiting one's host is at work."""
        if not self._turns:
            return None
        host = self._turns.popleft()
        source = self._waiting[host].popleft()
        if not self._waiting[host]:
            del self._waiting[host]
        self._running.add(host)
        return source

    def done(self, source: Source) -> None:
        """A source that was taken has been refreshed."""
        host = _host(source)
        self._running.discard(host)
        if host in self._waiting:
            self._turns.append(host)


def _host(source: Source) -> str:
    return urlsplit(source.url).hostname or source.url
