"""The overview of all feeds, written after changes, but not after each: with thousands of feeds it takes seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

from feedmaker.errors import OutputError, StateError

SHARE = 50  # writing it takes no more than one part of so many of the time
LONGEST_PAUSE = 600.0  # seconds
PAUSE_AFTER_TROUBLE = 15.0  # seconds


class Overview:
    """When the overview is to be written; ``write`` writes it, and raises OutputError or StateError."""

    def __init__(self, write: Callable[[], object], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._write = write
        self._monotonic = monotonic
        self._not_before = 0.0
        self._is_wanted = Event()

    def want(self) -> None:
        """A feed has changed; any thread may tell."""
        self._is_wanted.set()

    def write_in_time(self) -> None:
        """Write it if a feed has changed, and if the last time is long enough ago."""
        if self._is_wanted.is_set() and self._monotonic() >= self._not_before:
            self.write_now()

    def write_now(self) -> None:
        """Write it if a feed has changed."""
        if not self._is_wanted.is_set():
            return
        self._is_wanted.clear()
        started = self._monotonic()
        try:
            self._write()
        except (OutputError, StateError):
            self._is_wanted.set()
            self._not_before = self._monotonic() + PAUSE_AFTER_TROUBLE
            raise
        ended = self._monotonic()
        self._not_before = ended + min(SHARE * (ended - started), LONGEST_PAUSE)
