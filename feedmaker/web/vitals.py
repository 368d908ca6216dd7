"""Whether the program is alive: does its loop tick, and can its state be used."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from feedmaker.errors import StateError

HANGING = 30.0  # seconds without a tick, of which there is one each second


@dataclass(slots=True)
class Vitals:
    """What tells whether the program is alive; from any thread. ``ask_state`` raises StateError if it is of no use.

    ``monotonic`` is the clock: it goes on when the wall clock is set.
    """

    ask_state: Callable[[], object]
    monotonic: Callable[[], float] = time.monotonic
    started: float = field(init=False)
    ticked: float | None = None

    def __post_init__(self) -> None:
        self.started = self.monotonic()

    def tick(self) -> None:
        """The loop has come round."""
        self.ticked = self.monotonic()

    @property
    def since_tick(self) -> float:
        """Seconds since the last tick, or since the start as long as there was none."""
        return self.monotonic() - (self.started if self.ticked is None else self.ticked)

    def fault(self) -> str | None:
        """Why the program is not well, or None."""
        if self.since_tick > HANGING:
            return f"the loop has not come round for {self.since_tick:.0f} s"
        try:
            self.ask_state()
        except StateError as error:
            return str(error)
        return None
