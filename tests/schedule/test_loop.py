"""The loop, with real threads and a clock that the test drives by hand."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from datetime import timedelta
from queue import Queue

from feedmaker.model import Outcome, Result, Source
from feedmaker.schedule.loop import Loop
from feedmaker.store import Store
from tests.schedule.running import HOUR, WAIT, Running, held, source, unchanged


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
