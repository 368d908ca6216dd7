"""Ticks and clocks."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from feedmaker.schedule.beat import Beat
from feedmaker.schedule.ticker import ClockWatch, ticking

NOW = datetime(2025, 2, 6, 18, 52, tzinfo=UTC)
WAIT = 10.0  # seconds that no test takes


def test_ticks_come_at_once_and_again_and_again() -> None:
    ticks = threading.Semaphore(0)
    with ticking(ticks.release, timedelta(milliseconds=5), on_error=lambda error: None):
        for _ in range(3):
            assert ticks.acquire(timeout=WAIT)


def test_a_tick_can_be_had_before_its_time() -> None:
    ticks = threading.Semaphore(0)
    with ticking(ticks.release, timedelta(hours=1), on_error=lambda error: None) as tick_now:
        assert ticks.acquire(timeout=WAIT)
        tick_now()
        assert ticks.acquire(timeout=WAIT)


def test_a_year_of_missed_ticks_makes_one() -> None:
    beat = Beat(timedelta(seconds=1))
    later = beat.get_next_fire_time(NOW, NOW + timedelta(days=365))
    assert timedelta(0) < later - (NOW + timedelta(days=365)) < timedelta(seconds=2)


def test_what_a_tick_raises_is_reported() -> None:
    errors: list[BaseException] = []
    heard = threading.Event()
    bug = RuntimeError("a bug")

    def tick() -> None:
        raise bug

    def hear(error: BaseException) -> None:
        errors.append(error)
        heard.set()

    with ticking(tick, timedelta(hours=1), on_error=hear):
        assert heard.wait(WAIT)
    assert errors == [bug]


def test_the_watch_tells_a_jump_from_time_that_passes() -> None:
    watch = ClockWatch(NOW, 100.0)
    assert watch.jump(NOW + timedelta(seconds=60), 160.5) == 0
    assert watch.jump(NOW - timedelta(days=1), 161.0) < -86_000
    assert watch.jump(NOW - timedelta(days=1) + timedelta(seconds=1), 162.0) == 0
    assert watch.jump(NOW + timedelta(days=365), 163.0) > 31_000_000
