"""The loop, with real threads and a clock that the test drives by hand."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from queue import Queue

import pytest

from feedmaker.errors import FeedmakerError, OutputError, StateDamaged, StateError
from feedmaker.model import Outcome, Result, Schedule, Source, SourceState
from feedmaker.schedule import trouble
from feedmaker.schedule.loop import PULSE, Alive, Hooks, Loop, Pulse, run
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


@pytest.fixture
def running(store: Store) -> Iterator[Running]:
    loop = Running(store)
    yield loop
    loop.stop.set()
    loop.end()


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


def test_every_source_is_refreshed_at_the_start_and_again_when_it_is_due(running: Running) -> None:
    running.start([source("a"), source("b")], unchanged)
    assert {running.next(), running.next()} == {"a", "b"}
    for _ in range(3):
        running.clock.now += 2 * HOUR
        assert {running.next(), running.next()} == {"a", "b"}


def test_what_was_refreshed_lately_waits_for_its_time_after_a_restart(store: Store) -> None:
    first = Running(store)
    first.start([source("a")], unchanged)
    assert first.next() == "a"
    first.stop.set()
    first.end()
    second = Running(store)
    second.start([source("a"), source("b")], unchanged)
    assert second.next() == "b"
    second.clock.now += 2 * HOUR
    assert {second.next(), second.next()} == {"a", "b"}
    second.stop.set()
    second.end()


def test_missed_runs_make_one_run(running: Running) -> None:
    running.start([source("a"), source("b")], unchanged)
    assert {running.next(), running.next()} == {"a", "b"}
    running.clock.now += 1000 * HOUR
    assert {running.next(), running.next()} == {"a", "b"}
    running.stop.set()
    running.end()
    assert running.outcomes.empty()


def test_a_source_never_runs_twice_at_once(running: Running) -> None:
    with held() as (refresh_one, begun, go):

        def either(source: Source) -> Outcome:
            return unchanged(source) if source.name == "quick" else refresh_one(source)

        running.start([source("slow"), source("quick")], either)
        assert begun.get(timeout=WAIT) == "slow"
        assert running.next() == "quick"
        for _ in range(3):  # the quick one shows that the loop went on; the slow one was due each time as well
            running.clock.now += 2 * HOUR
            assert running.next() == "quick"
        assert begun.empty()
        go.set()
        assert running.next() == "slow"


def test_no_more_than_the_workers_run_at_once_and_none_is_left_out(running: Running) -> None:
    with held() as (refresh_one, begun, go):
        running.start([source(f"s{n}") for n in range(10)], refresh_one, workers=3)
        first = {begun.get(timeout=WAIT) for _ in range(3)}
        assert begun.empty()
        go.set()
        assert len(first | {begun.get(timeout=WAIT) for _ in range(7)}) == 10


def test_a_slow_host_leaves_the_other_workers_to_others(running: Running) -> None:
    with held() as (refresh_one, begun, _go):
        slow = [source(f"slow{n}", "slow") for n in range(20)]
        others = [source(f"other{n}") for n in range(5)]
        running.start(slow + others, lambda s: refresh_one(s) if s in slow else unchanged(s), workers=2)
        assert {running.next() for _ in others} == {each.name for each in others}
        assert begun.get(timeout=WAIT) == "slow0"
        assert begun.empty()


def test_a_failing_source_is_tried_again_later_and_costs_the_others_nothing(running: Running) -> None:
    def refresh_one(source: Source) -> Outcome:
        return Outcome(source.name, Result.FAILED if source.name == "bad" else Result.UNCHANGED)

    # Time passes here: a clock that is set while its last setting is noticed may make sources due once more.
    running.start([source("bad"), source("good")], refresh_one, monotonic=lambda: running.clock.now.timestamp())
    heard = [{running.next(), running.next()}]
    for both in (True, False, True, False, False, False, True, False):
        running.clock.now += timedelta(minutes=65)
        heard.append({running.next() for _ in range(2 if both else 1)})
    # The bad one after 1, 2 and 4 hours, each on the next tick; the good one every time.
    assert [len(names) for names in heard] == [2, 2, 1, 2, 1, 1, 1, 2, 1]
    assert all("good" in names for names in heard)


def test_a_clock_set_back_a_day_stops_nothing(running: Running) -> None:
    noticed = threading.Event()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            noticed.set()

    listener = Listener()
    logging.getLogger("feedmaker.schedule.loop").addHandler(listener)
    try:
        running.start([source("a")], unchanged)
        assert running.next() == "a"
        running.clock.now -= 24 * HOUR
        assert noticed.wait(WAIT)
        running.clock.now += 2 * HOUR
        assert running.next() == "a"
    finally:
        logging.getLogger("feedmaker.schedule.loop").removeHandler(listener)


def test_outcomes_are_heard_one_at_a_time(running: Running) -> None:
    hearing = threading.Lock()
    heard: Queue[bool] = Queue()

    def hear(outcome: Outcome) -> None:
        alone = hearing.acquire(blocking=False)
        heard.put(alone)
        if alone:
            hearing.release()

    running.start([source(f"s{n}") for n in range(50)], unchanged, on_outcome=hear, workers=8)
    assert all(heard.get(timeout=WAIT) for _ in range(50))


def test_stopping_waits_for_what_runs_and_starts_nothing_new(running: Running) -> None:
    with held() as (refresh_one, begun, go):
        running.start([source("a", "x"), source("b", "x")], refresh_one, on_stop=go.set)
        assert begun.get(timeout=WAIT) == "a"
        running.stop.set()
        assert running.next() == "a"
        running.end()
        assert begun.empty()


def test_a_refresh_that_does_not_end_is_left_behind_after_the_grace(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    with held() as (refresh_one, begun, _go):
        running.start([source("a")], refresh_one, grace=timedelta(milliseconds=20))
        assert begun.get(timeout=WAIT) == "a"
        running.stop.set()
        running.end()
    assert "1 refresh still running" in caplog.text


def test_an_unexpected_error_stops_the_loop_and_is_raised_with_its_trace(running: Running) -> None:
    def broken_extractor(source: Source) -> Outcome:
        raise RuntimeError("a bug")

    running.start([source("a")], broken_extractor)
    running.end()
    assert running.stop.is_set()
    assert running.raised is not None
    assert "broken_extractor" in "".join(traceback.format_exception(running.raised))


def test_an_unexpected_error_in_the_callers_own_listener_is_raised_too(running: Running) -> None:
    def hear(outcome: Outcome) -> None:
        raise RuntimeError("a bug")

    running.start([source("a")], unchanged, on_outcome=hear)
    running.end()
    assert str(running.raised) == "a bug"


def test_an_interrupt_while_waiting_ends_the_loop_in_order(store: Store) -> None:
    ended = threading.Event()

    class Interrupted(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            raise KeyboardInterrupt

    hooks = Hooks(lambda source, _alive: unchanged(source), on_stop=ended.set)
    with pytest.raises(KeyboardInterrupt):
        run([], store, hooks, stop=Interrupted(), workers=1)
    assert ended.is_set()


@pytest.mark.parametrize("kind", [OutputError, StateError])
def test_an_output_or_a_state_that_fails_for_a_while_is_tried_again(
    running: Running,
    kind: type[OutputError | StateError],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(trouble, "PAUSE", 0.02)
    caplog.set_level(logging.WARNING, "feedmaker")
    left = threading.Semaphore(20)

    def full(source: Source) -> Outcome:
        if left.acquire(blocking=False):
            raise kind("the disk is full", path=Path("feeds"))
        return unchanged(source)

    running.start([source(f"s{n}") for n in range(10)], full)
    assert sorted(running.next() for _ in range(10)) == sorted(f"s{n}" for n in range(10))
    running.clock.now += 2 * HOUR
    assert {running.next() for _ in range(10)} == {f"s{n}" for n in range(10)}
    assert caplog.text.count("the disk is full") == 1
    assert caplog.text.count("can be used again") == 1


def test_a_damaged_state_ends_the_loop_for_whoever_can_mend_it(running: Running) -> None:
    def damaged(source: Source) -> Outcome:
        raise StateDamaged("torn", path=Path("feedmaker.db"))

    running.start([source("a")], damaged)
    running.end()
    assert isinstance(running.raised, StateDamaged)


def test_settings_are_taken_over_while_the_loop_runs(running: Running) -> None:
    """A source is added, one removed, one changed, and the number of workers as well."""
    seen: Queue[Source] = Queue()
    next_settings: Queue[tuple[list[Source], int]] = Queue()

    def refresh_one(source: Source) -> Outcome:
        seen.put(source)
        return unchanged(source)

    def meanwhile(loop: Loop) -> None:
        if not next_settings.empty():
            loop.settle(*next_settings.get())

    a, b = source("a"), source("b")
    running.start([a, b], refresh_one, meanwhile=meanwhile)
    assert {running.next(), running.next()} == {"a", "b"}
    changed, c = replace(b, keep=7), source("c")
    next_settings.put(([changed, c], 1))
    assert {running.next(), running.next()} == {"b", "c"}
    running.clock.now += 2 * HOUR
    assert {running.next(), running.next()} == {"b", "c"}
    assert [changed, c] == sorted([seen.get() for _ in range(6)][-2:], key=lambda each: each.name)


def test_a_machine_that_refuses_threads_leaves_those_there_are(
    running: Running, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    start = threading.Thread.start

    def refused(thread: threading.Thread) -> None:
        if thread.name in {"refresh-1", "refresh-2"}:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", refused)
    running.start([source(f"s{n}") for n in range(6)], unchanged)
    assert {running.next() for _ in range(6)} == {f"s{n}" for n in range(6)}
    assert caplog.text.count("cannot be started") == 1
