"""The refreshes that are being done: does any of them come further, or do all of them hang?"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock

from feedmaker.model import Source

SHOWN = 5  # names that the log shows

log = logging.getLogger(__name__)


class AtWork:
    """The sources that workers have, each with the moment by which it should have given a sign of life.

    ``patience`` is how long, in seconds, a source may go without one. ``monotonic`` is a clock that is never set. All
    may be called from many threads.
    """

    def __init__(self, patience: Callable[[Source], float], monotonic: Callable[[], float]) -> None:
        self._patience = patience
        self._monotonic = monotonic
        self._until: dict[str, float] = {}
        self._are_stuck = False
        self._lock = Lock()

    def alive(self, source: Source) -> None:
        """The refresh of a source begins, or has come further."""
        until = self._monotonic() + self._patience(source)
        with self._lock:
            self._until[source.name] = until

    def end(self, source: Source) -> None:
        """The refresh of a source is over."""
        with self._lock:
            self._until.pop(source.name, None)

    def are_stuck(self) -> bool:
        """Whether there are some, and none of them has given a sign of life in time; the log says so once."""
        with self._lock:
            names = sorted(self._until)
            were_stuck = self._are_stuck
            self._are_stuck = bool(names) and max(self._until.values()) < self._monotonic()
        if self._are_stuck and not were_stuck:
            shown = ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
            log.error("all refreshes that run hang (%s); a service manager now begins Feedmaker anew", shown)
        return self._are_stuck
