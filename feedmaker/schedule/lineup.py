"""Sources that are due and wait for a worker, site by site."""

from __future__ import annotations

from collections import deque

from feedmaker.fetch.addresses import group_of
from feedmaker.model import Source


class Lineup:
    """Hands out due sources so that a site with many of them, or a slow one, never holds up the others.

    A site (the hosts of one registrable domain) is read by one request at a time anyway, so one worker a site loses
    nothing and leaves the rest of the workers to others. Sites take turns; the sources of a site go in the order they
    came.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Source]] = {}
        self._turns: deque[str] = deque()  # sites that have a source waiting and none running
        self._running: set[str] = set()

    def add(self, source: Source) -> None:
        """A source is due."""
        site = _site(source)
        if site not in self._waiting:
            self._waiting[site] = deque()
            if site not in self._running:
                self._turns.append(site)
        self._waiting[site].append(source)

    def take(self) -> Source | None:
        """The source to refresh now; None when every waiting one's site is at work."""
        if not self._turns:
            return None
        site = self._turns.popleft()
        source = self._waiting[site].popleft()
        if not self._waiting[site]:
            del self._waiting[site]
        self._running.add(site)
        return source

    def clear(self) -> list[Source]:
        """Take all sources that wait out of the line; what runs goes on."""
        waiting = [source for sources in self._waiting.values() for source in sources]
        self._waiting.clear()
        self._turns.clear()
        return waiting

    def done(self, source: Source) -> None:
        """A source that was taken has been refreshed."""
        site = _site(source)
        self._running.discard(site)
        if site in self._waiting:
            self._turns.append(site)


def _site(source: Source) -> str:
    return group_of(source.url) or source.url
