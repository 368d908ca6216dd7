"""How the loop ends, and what it meets: bugs, interrupts, a state or an output out of order, no threads."""

from __future__ import annotations

import logging
import threading
import traceback
from datetime import timedelta
from pathlib import Path

import pytest

from feedmaker.errors import OutputError, StateDamaged, StateError
from feedmaker.model import Outcome, Source
from feedmaker.schedule import trouble
from feedmaker.schedule.loop import Hooks, run
from feedmaker.store import Store
from tests.schedule.running import HOUR, WAIT, Running, held, source, unchanged


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
