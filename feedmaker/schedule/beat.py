"""APScheduler's trigger for ticks."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from apscheduler.triggers.base import BaseTrigger


class Beat(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 is not typed
    """The next tick comes an interval from now, give or take a quarter of it, whenever the last one was due.

    APScheduler's own IntervalTrigger counts from the last one: after a clock was set forward by a year it makes a list
    of 31 million missed ticks of a second, in minutes and gigabytes, before it comes to the one that is run.
    """

    def __init__(self, interval: timedelta) -> None:
        self._interval = interval

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        """The next tick's time, in the zone of ``now``."""
        return now + self._interval * random.uniform(0.75, 1.25)  # noqa: S311  # no secret
