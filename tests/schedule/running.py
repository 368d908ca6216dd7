"""A loop with real threads, in a thread of its own, by a clock that the test drives by hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from queue import Queue

from feedmaker.errors import FeedmakerError
from feedmaker.model import Outcome, Result, Schedule, Source, SourceState
from feedmaker.schedule.loop import PULSE, Alive, Hooks, Pulse, run
from feedmaker.store import Store

WAIT = 10.0  # seconds that no test takes
TICK = timedelta(milliseconds=5)
HOUR = timedelta(hours=1)


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2025, 2, 6, 18, 52, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


def source(name: str, host: str | None = None) -> Source:
    return Source(name, f"https://{host or name}.example/", schedule=Schedule(every=HOUR))


Refresh = Callable[[Source], Outcome]


def unchanged(source: Source) -> Outcome:
    return Outcome(source.name, Result.UNCHANGED)


class Running:
    """A loop in a thread of its own, and the outcomes it gives."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.clock = HandClock()
        self.stop = threading.Event()
        self.outcomes: Queue[Outcome] = Queue()
        self.raised: BaseException | None = None

    def start(
        self,
        sources: list[Source],
        refresh_one: Callable[[Source], Outcome],
        *,
        workers: int = 4,
        grace: timedelta = PULSE.grace,
        monotonic: Callable[[], float] = time.monotonic,
        **hooks: Callable[..., None],
    ) -> None:
        def remembered(source: Source, _alive: Alive) -> Outcome:
            outcome = refresh_one(source)
            failures = self.store.state(source.name).failures + 1 if outcome.result is Result.FAILED else 0
            self.store.save_state(SourceState(source.name, last_attempt=self.clock(), failures=failures))
            return outcome

        def target() -> None:
            try:
                run(
                    sources,
                    self.store,
                    Hooks(remembered, **({"on_outcome": self.outcomes.put} | hooks)),
                    stop=self.stop,
                    workers=workers,
                    pulse=Pulse(self.clock, monotonic, TICK, grace),
                )
            except (RuntimeError, FeedmakerError) as error:
                self.raised = error

        self.thread = threading.Thread(target=target)
        self.thread.start()

    def next(self) -> str:
        return self.outcomes.get(timeout=WAIT).source

    def end(self) -> None:
        self.thread.join(WAIT)
        assert not self.thread.is_alive()


@contextmanager
def held() -> Iterator[tuple[Callable[[Source], Outcome], Queue[str], threading.Event]]:
    """A refresh that tells it has begun and then waits to be let go."""
    begun: Queue[str] = Queue()
    go = threading.Event()

    def refresh_one(source: Source) -> Outcome:
        begun.put(source.name)
        assert go.wait(WAIT)
        return unchanged(source)

    try:
        yield refresh_one, begun, go
    finally:
        go.set()
