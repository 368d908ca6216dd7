"""Ticks in a thread of their own, and what clocks do to them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apscheduler.events import JobExecutionEvent

# It warns of each tick that falls into a slow one, which is how it should be.
_quiet = logging.getLogger(f"{__name__}.apscheduler")
_quiet.setLevel(logging.ERROR)

JUMP = 2.0  # seconds by which the wall clock may move against the monotonic one between two looks


@contextmanager
def ticking(
    tick: Callable[[], None], interval: timedelta, *, on_error: Callable[[BaseException], None]
) -> Iterator[Callable[[], None]]:
    """Call ``tick`` now and each ``interval``, give or take a quarter of it; gives a function that ticks at once.

    It is APScheduler's one job: ticks never run side by side, never pile up, and a late one counts like any other.
    What it raises goes to ``on_error``.
    """
    from apscheduler.events import EVENT_JOB_ERROR
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.schedulers.background import BackgroundScheduler

    from feedmaker.schedule.beat import Beat

    def report(event: JobExecutionEvent) -> None:
        on_error(event.exception)

    def tick_now() -> None:
        scheduler.modify_job("tick", next_run_time=datetime.now(UTC))

    scheduler = BackgroundScheduler(logger=_quiet, timezone=UTC, executors={"default": ThreadPoolExecutor(1)})
    scheduler.add_listener(report, EVENT_JOB_ERROR)
    scheduler.add_job(
        tick,
        Beat(interval),
        id="tick",
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    scheduler.start()
    try:
        yield tick_now
    finally:
        scheduler.shutdown(wait=False)


class ClockWatch:
    """Notices that the wall clock was set, or that the machine slept, by the monotonic clock.

    APScheduler waits by the wall clock alone: set back by a day, it would not tick for a day.
    """

    def __init__(self, wall: datetime, monotonic: float) -> None:
        self._offset = wall.timestamp() - monotonic

    def jump(self, wall: datetime, monotonic: float) -> float:
        """By how many seconds the wall clock has jumped since the last look; 0 for a drift that is no matter."""
        moved = wall.timestamp() - monotonic - self._offset
        self._offset += moved
        return moved if abs(moved) > JUMP else 0.0
