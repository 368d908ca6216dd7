"""The loop that refreshes sources when they are due, until it is told to stop."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from types import TracebackType

from feedmaker.model import Outcome, Source, SourceState
from feedmaker.schedule.agenda import Agenda
from feedmaker.schedule.lineup import Lineup
from feedmaker.schedule.ticker import ClockWatch, ticking

TICK = timedelta(seconds=1)
GRACE = timedelta(seconds=8)

log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def run(
    sources: Iterable[Source],
    refresh_one: Callable[[Source], Outcome],
    states: Callable[[], Mapping[str, SourceState]],
    *,
    stop: threading.Event,
    workers: int,
    on_outcome: Callable[[Outcome], None],
    on_stop: Callable[[], None] | None = None,
    clock: Callable[[], datetime] = utc_now,
    tick: timedelta = TICK,
    grace: timedelta = GRACE,
) -> None:
    """Refresh each source whenever it is due, ``workers`` at once and one of a host, until ``stop`` is set.

    ``on_outcome`` hears of each refresh, one call at a time, from a worker's thread. Once ``stop`` is set nothing new
    is started, ``on_stop`` is called (it should tell running refreshes to end), and running refreshes are waited for,
    ``grace`` at most. Whatever ``refresh_one`` or ``on_outcome`` raise ends the loop in the same way, sets ``stop``,
    and is raised from here with its trace.
    """
    watch = ClockWatch(clock(), time.monotonic())
    loop = Loop(Agenda(sources, states(), clock()), refresh_one, on_outcome, stop=stop, workers=workers, clock=clock)
    try:
        loop.start()
        with ticking(loop.tick, tick, on_error=loop.met_bug) as tick_now:
            while not stop.wait(tick.total_seconds()):
                if jump := watch.jump(clock(), time.monotonic()):
                    loop.reckon()
                    log.warning("the clock jumped by %+.0f s; all due times were worked out anew", jump)
                    tick_now()
    finally:
        stop.set()
        if on_stop:
            on_stop()
        loop.end(grace)
    loop.raise_bug()


class Loop:
    """The workers and what they share: the agenda, the line-up, and the first bug that any of them met."""

    def __init__(
        self,
        agenda: Agenda,
        refresh_one: Callable[[Source], Outcome],
        on_outcome: Callable[[Outcome], None],
        *,
        stop: threading.Event,
        workers: int,
        clock: Callable[[], datetime],
    ) -> None:
        self._agenda = agenda
        self._refresh_one = refresh_one
        self._on_outcome = on_outcome
        self._stop = stop
        self._workers = workers
        self._clock = clock
        self._lineup = Lineup()
        self._running = 0
        self._work: SimpleQueue[Source | None] = SimpleQueue()
        self._changed = threading.Condition()
        self._outcome_lock = threading.Lock()
        self._bug: BaseException | None = None

    def start(self) -> None:
        """Start the workers. They are daemons: a refresh that hangs must not keep the process from ending, which a
        pool of concurrent.futures does, as it joins its threads at exit.
        """
        for number in range(self._workers):
            threading.Thread(target=self._worker, name=f"refresh-{number}", daemon=True).start()

    def tick(self) -> None:
        """Line up what has become due and hand it to free workers. Costs nothing for sources that are not due."""
        with self._changed:
            for source in self._agenda.take_due(self._clock()):
                self._lineup.add(source)
            self._hand_out()

    def reckon(self) -> None:
        """Work out all due times anew: the clock was set."""
        with self._changed:
            self._agenda.reckon(self._clock())

    def end(self, grace: timedelta) -> None:
        """Let the workers go, and wait for those that are at work."""
        for _ in range(self._workers):
            self._work.put(None)
        with self._changed:
            if not self._changed.wait_for(lambda: not self._running, grace.total_seconds()):
                log.warning("ended with %d refreshes still running; what they had stored stays", self._running)

    def met_bug(self, error: BaseException) -> None:
        """Stop everything for an error that nobody expected; the first is the one to raise."""
        with self._changed:
            self._bug = self._bug or error
        self._stop.set()

    def raise_bug(self) -> None:
        """Raise what a worker met, if any did."""
        if self._bug:
            raise self._bug

    def _worker(self) -> None:
        while (source := self._work.get()) is not None:
            with _Caught(self.met_bug):
                self._refresh(source)
            with self._changed:
                self._running -= 1
                self._hand_out()
                self._changed.notify_all()

    def _refresh(self, source: Source) -> None:
        if self._stop.is_set():
            return
        started = self._clock()
        outcome = self._refresh_one(source)
        with self._changed:
            self._agenda.note(source, outcome, started, self._clock())
            self._lineup.done(source)
        with self._outcome_lock:
            self._on_outcome(outcome)

    def _hand_out(self) -> None:
        while self._running < self._workers and not self._stop.is_set():
            source = self._lineup.take()
            if source is None:
                return
            self._running += 1
            self._work.put(source)


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
