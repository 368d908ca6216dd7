"""The loop that refreshes sources when they are due, until it is told to stop."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from feedmaker.errors import OutputError, StateDamaged, StateError
from feedmaker.health.words import count
from feedmaker.model import Outcome, Source
from feedmaker.schedule.agenda import Agenda, Memory
from feedmaker.schedule.at_work import AtWork
from feedmaker.schedule.lineup import Lineup
from feedmaker.schedule.ticker import ClockWatch, ticking
from feedmaker.schedule.trouble import Trouble
from feedmaker.schedule.workers import Workers

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pulse:
    """What time is to a loop: the wall clock, the monotonic one (seconds), how often it ticks by the second of them,
    and how long it waits at its end for what still runs."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    monotonic: Callable[[], float] = time.monotonic
    tick: timedelta = timedelta(seconds=1)
    grace: timedelta = timedelta(seconds=8)


PULSE = Pulse()


Alive = Callable[[], None]
"""What a refresh calls to show that it comes further."""


def _nothing(*_: object) -> None:
    """Nobody is to be called."""


def _for_ever(_source: Source) -> float:
    return math.inf


@dataclass(frozen=True, slots=True)
class Hooks:
    """What a loop calls.

    ``refresh`` refreshes a source, in a worker's thread; ``on_outcome`` hears of each refresh, one call at a time, in
    such a thread, too. ``meanwhile`` is called at each tick, in the thread of ``run``, for whatever else is to be done;
    ``on_tick`` after each, in the thread that ticks, which tells that the loop does not hang. It is called no more when
    all refreshes that run have gone without a sign of life for longer than ``patience`` (seconds) has for them.
    ``on_stop`` is called once the loop is to end, and should tell running refreshes to end.
    """

    refresh: Callable[[Source, Alive], Outcome]
    on_outcome: Callable[[Outcome], None] = _nothing
    meanwhile: Callable[[Loop], None] = _nothing
    on_tick: Callable[[], None] = _nothing
    on_stop: Callable[[], None] = _nothing
    patience: Callable[[Source], float] = _for_ever


def run(
    sources: Iterable[Source],
    memory: Memory,
    hooks: Hooks,
    *,
    stop: threading.Event,
    workers: int,
    common: str = "",
    pulse: Pulse = PULSE,
) -> None:
    """Refresh each source whenever it is due, ``workers`` at once and one of a host, until ``stop`` is set.

    Then nothing new is started, and running refreshes are waited for, for a while. A state or an output that cannot be
    used for a while makes everything wait, and is tried again. Whatever else ``refresh``, ``on_outcome`` or
    ``meanwhile`` raise ends the loop, sets ``stop``, and is raised from here.
    """
    watch = ClockWatch(pulse.clock(), pulse.monotonic())
    loop = Loop(memory, hooks, stop=stop, pulse=pulse)
    loop.settle(sources, workers, common)
    try:
        with ticking(loop.tick, pulse.tick, on_error=loop.met_bug) as tick_now:
            while not stop.wait(pulse.tick.total_seconds()):
                if jump := watch.jump(pulse.clock(), pulse.monotonic()):
                    loop.reckon()
                    log.warning("the clock jumped by %+.0f s; all due times were worked out anew", jump)
                    tick_now()
                loop.do(hooks.meanwhile)
    finally:
        stop.set()
        hooks.on_stop()
        loop.end(pulse.grace)
    loop.raise_bug()


class Loop:
    """The agenda, the line-up, the workers, and the first bug that any of them met."""

    def __init__(self, memory: Memory, hooks: Hooks, *, stop: threading.Event, pulse: Pulse = PULSE) -> None:
        self._hooks = hooks
        self._agenda = Agenda(memory)
        self._stop = stop
        self._clock = pulse.clock
        self._lineup = Lineup()
        self._changed = threading.Condition()
        self._outcome_lock = threading.Lock()
        self._at_work = AtWork(hooks.patience, pulse.monotonic)
        self._workers = Workers(self._work, self.met_bug)
        self._trouble = Trouble(pulse.monotonic)
        self._must_reckon = False
        self._bug: BaseException | None = None

    def settle(self, sources: Iterable[Source], workers: int, common: str = "") -> None:
        """Take over settings: these sources, and so many workers. What runs goes on as it began. Raises StateError.

        ``common`` is what the settings say of all feeds: where it has changed, all of them are refreshed.
        """
        with self._changed:
            for source in self._lineup.clear():
                self._agenda.give_back(source)
            self._workers.limit = workers
        self._agenda.settle(sources, self._clock(), common)

    def tick(self) -> None:
        """Line up what has become due and hand it to free workers. Costs nothing for sources that are not due."""
        self._line_up()
        if not self._at_work.are_stuck():
            self._hooks.on_tick()

    def _line_up(self) -> None:
        if self._trouble.is_pausing:
            return
        try:
            if self._must_reckon:
                self._reckon()
            due = self._agenda.take_due(self._clock())
        except StateError as error:
            self._meet(error)
            return
        with self._changed:
            for source in due:
                self._lineup.add(source)
            self._hand_out()

    def reckon(self) -> None:
        """Work out all due times anew, at a later tick if the state cannot be used now: the clock was set."""
        self._must_reckon = True
        try:
            self._reckon()
        except StateError as error:
            self._meet(error)

    def _reckon(self) -> None:
        self._agenda.reckon(self._clock())
        self._must_reckon = False

    def do(self, meanwhile: Callable[[Loop], None]) -> None:
        """Do something else; a state or an output that it cannot use makes everything wait."""
        try:
            meanwhile(self)
        except (StateError, OutputError) as error:
            self._meet(error)

    def end(self, grace: timedelta) -> None:
        """Let the workers go, and wait for those that are at work."""
        self._workers.let_go()
        with self._changed:
            if not self._changed.wait_for(lambda: not self._workers.busy, grace.total_seconds()):
                running = count(self._workers.busy, "refresh", "refreshes")
                log.warning("ended with %s still running; what was stored stays", running)

    def met_bug(self, error: BaseException) -> None:
        """Stop everything for an error that nobody expected; the first is the one to raise."""
        with self._changed:
            self._bug = self._bug or error
        self._stop.set()

    def raise_bug(self) -> None:
        """Raise what a worker met, if any did."""
        if self._bug:
            raise self._bug

    def _work(self, source: Source) -> None:
        """What a worker does with a source that it was given."""
        try:
            if not self._stop.is_set():
                self._refresh(source)
        except (StateError, OutputError) as error:
            self._meet(error)
            self._agenda.give_back(source)
        finally:
            with self._changed:
                self._workers.busy -= 1
                self._at_work.end(source)
                self._lineup.done(source)
                self._hand_out()
                self._changed.notify_all()

    def _refresh(self, source: Source) -> None:
        outcome = self._hooks.refresh(source, partial(self._at_work.alive, source))
        if not self._stop.is_set():
            self._agenda.note(source, self._clock())
        self._trouble.is_over()
        with self._outcome_lock:
            self._hooks.on_outcome(outcome)

    def _meet(self, error: StateError | OutputError) -> None:
        """The state or the output cannot be used: a damaged state is a matter for whoever opened it."""
        if isinstance(error, StateDamaged):
            self.met_bug(error)
        elif not self._stop.is_set():
            self._trouble.meet(error)

    def _hand_out(self) -> None:
        while self._workers.has_free() and not self._stop.is_set() and not self._trouble.is_pausing:
            source = self._lineup.take()
            if source is None:
                return
            self._at_work.alive(source)
            self._workers.give(source)
