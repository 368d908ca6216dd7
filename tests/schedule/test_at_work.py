"""Refreshes that hang: one alone is no matter of the loop, all of them are."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from queue import Queue

import pytest

from feedmaker.model import Outcome, Result, Source
from feedmaker.schedule.at_work import AtWork
from feedmaker.schedule.loop import Alive, Hooks, Loop, Pulse
from feedmaker.store import Store

WAIT = 10.0  # seconds that no test takes
TOWN, PORT, QUAY = (Source(name, f"https://{name}.example/") for name in ("town", "port", "quay"))


class HandClock:
    """Seconds that stand until they are moved."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_some_hang_if_all_of_them_are_silent_for_longer_than_they_may_be(caplog: pytest.LogCaptureFixture) -> None:
    clock = HandClock()
    at_work = AtWork(lambda source: 60.0 if source is TOWN else 600.0, clock)
    assert not at_work.are_stuck(), "nothing runs"
    at_work.alive(TOWN)
    at_work.alive(PORT)
    clock.seconds += 61
    assert not at_work.are_stuck(), "one may take longer"
    clock.seconds += 540
    assert at_work.are_stuck()
    assert at_work.are_stuck()
    assert caplog.text.count("all refreshes that run hang (port, town)") == 1
    at_work.alive(QUAY)
    assert not at_work.are_stuck(), "a third one works"
    at_work.end(QUAY)
    assert at_work.are_stuck()
    at_work.alive(PORT)
    assert not at_work.are_stuck(), "one has come further"
    at_work.end(TOWN)
    at_work.end(PORT)
    clock.seconds += 9999
    assert not at_work.are_stuck()


def test_the_loop_gives_no_sign_of_life_while_all_that_runs_hangs(store: Store) -> None:
    clock, stop, go = HandClock(), threading.Event(), threading.Event()
    begun: Queue[Alive] = Queue()
    ticks: list[float] = []

    def refresh(source: Source, alive: Alive) -> Outcome:
        begun.put(alive)
        assert go.wait(WAIT)
        return Outcome(source.name, Result.UNCHANGED)

    hooks = Hooks(refresh, on_tick=lambda: ticks.append(clock.seconds), patience=lambda _: 60.0)
    pulse = Pulse(lambda: datetime(2026, 11, 24, tzinfo=UTC), clock)
    loop = Loop(store, hooks, stop=stop, pulse=pulse)
    loop.settle([TOWN], workers=1)
    try:
        loop.tick()
        alive = begun.get(timeout=WAIT)
        for clock.seconds in (160.0, 161.0, 170.0):
            loop.tick()
        assert ticks == [100.0, 160.0]
        alive()
        for clock.seconds in (230.0, 231.0):
            loop.tick()
        assert ticks == [100.0, 160.0, 230.0]
    finally:
        stop.set()
        go.set()
        loop.end(timedelta(seconds=WAIT))
    loop.tick()
    assert ticks == [100.0, 160.0, 230.0, 231.0]
