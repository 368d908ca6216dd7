"""A state or an output that cannot be used for a while: everything waits, and the log says so once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock

from feedmaker.errors import OutputError, StateError

PAUSE = 15.0  # seconds until it is tried again

log = logging.getLogger(__name__)


class Trouble:
    """Whether there is trouble, by a clock that counts seconds and is never set."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._until = 0.0
        self._message: str | None = None
        self._lock = Lock()

    @property
    def is_pausing(self) -> bool:
        """Whether nothing is to be tried now."""
        return self._message is not None and self._monotonic() < self._until

    def meet(self, error: StateError | OutputError) -> None:
        """Wait for a while; a message is logged once, however many meet the same."""
        with self._lock:
            self._until = self._monotonic() + PAUSE
            message = str(error)
            if message != self._message:
                log.error("%s Everything waits; it is tried again every %.0f s.", message, PAUSE)
            self._message = message

    def is_over(self) -> None:
        """A refresh has come to its end."""
        with self._lock:
            if self._message is not None and self._monotonic() >= self._until:
                log.warning("state and output can be used again; sources are refreshed as they are due")
                self._message = None
