"""Threads that refresh sources: as many as are needed, up to a limit that may change."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from types import TracebackType

from feedmaker.model import Source

log = logging.getLogger(__name__)


class Workers:
    """Threads that take sources from a queue. All but ``let_go`` is to be called under one lock, the caller's.

    They are daemons: a refresh that hangs must not keep the process from ending, which a pool of concurrent.futures
    does, as it joins its threads at exit. ``busy`` is how many have a source; ``work`` has to count it down, and
    ``on_error`` hears what it raises.
    """

    def __init__(self, work: Callable[[Source], None], on_error: Callable[[BaseException], None]) -> None:
        self.limit = 0
        self.busy = 0
        self._work = work
        self._on_error = on_error
        self._started = 0
        self._is_refused = False
        self._queue: SimpleQueue[Source | None] = SimpleQueue()

    def has_free(self) -> bool:
        """Whether one is free; a thread more is started if need be, unless the machine refuses it."""
        if self.busy >= self.limit:
            return False
        if self.busy < self._started:
            return True
        return self._start()

    def give(self, source: Source) -> None:
        """Let one that is free work on a source."""
        self.busy += 1
        self._queue.put(source)

    def let_go(self) -> None:
        """Let each end when it has nothing to do."""
        for _ in range(self._started):
            self._queue.put(None)

    def _start(self) -> bool:
        try:
            threading.Thread(target=self._loop, name=f"refresh-{self._started}", daemon=True).start()
        except RuntimeError as error:  # "can't start new thread"
            if not self._is_refused:
                log.error("a thread more cannot be started (%s); %d go on", error, self._started)
            self._is_refused = True
            return False
        self._started += 1
        self._is_refused = False
        return True

    def _loop(self) -> None:
        while (source := self._queue.get()) is not None:
            with _Caught(self._on_error):
                self._work(source)


class _Caught:
    """Hands whatever is raised within to somebody who will raise it again in a thread where it is heard."""

    def __init__(self, hand_over: Callable[[BaseException], None]) -> None:
        self._hand_over = hand_over

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if error is not None:
            self._hand_over(error)
        return True
