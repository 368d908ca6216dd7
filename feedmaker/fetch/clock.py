"""Time, as far as fetching needs it, behind a seam so that tests wait for nothing."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from threading import Condition, Event
from typing import Protocol

from feedmaker.errors import DeadlineExceeded, Stopping

SLICE = 0.25  # seconds after which whoever waits for the network looks whether Feedmaker is stopping


class Clock(Protocol):
    """What tells the time and lets it pass."""

    def monotonic(self) -> float:
        """Seconds since any moment; they never go back."""
        ...

    def now(self) -> datetime:
        """The time of day, aware."""
        ...

    def wait(self, condition: Condition, seconds: float) -> None:
        """Let that many seconds pass, or fewer if the condition, which the caller holds, is notified."""
        ...


class SystemClock:
    """The clock of this machine."""

    def monotonic(self) -> float:
        return time.monotonic()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def wait(self, condition: Condition, seconds: float) -> None:
        condition.wait(seconds)


class Deadline:
    """A moment by which something has to be done, and sooner if Feedmaker is stopping."""

    def __init__(self, seconds: float, clock: Clock, stopped: Event) -> None:
        self._clock = clock
        self._stopped = stopped
        self._end = clock.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left, more than 0. Raises DeadlineExceeded and Stopping."""
        if self._stopped.is_set():
            raise Stopping("Feedmaker is stopping")
        left = self._end - self._clock.monotonic()
        if left <= 0:
            raise DeadlineExceeded("the answer was not complete when the time for it was over")
        return left

    def slice(self) -> float:
        """How long to wait before asking again."""
        return min(self.left(), SLICE)
