"""When a source is worth looking at again: requests go where its news comes. All here is pure.

Entries that come at a rate r wait half the time between two looks, on average. For a given number of requests over many
sources and hours, that wait is shortest in sum if looks are as frequent as the square root of r (the Lagrangian of
r / 2f under a bound on the sum of f; Sia, Cho and Cho, "Efficient monitoring algorithm for fast news alerts", IEEE TKDE
19(7), 2007). So a section with ten entries a day is looked at every half hour, one with a hundred every ten minutes,
one with a single entry every hour and a half; and the nights and weekends that it rests, seldom.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import sqrt

from feedmaker.model import Pace, Schedule
from feedmaker.refresh.pace import HOUR, TYPICAL_RATE, Rates, hours_between

TYPICAL_WAIT = timedelta(minutes=30)  # of a section that has the typical rate
LOOKS_PER_ROOT = (HOUR / TYPICAL_WAIT) / sqrt(TYPICAL_RATE)


def wait(schedule: Schedule, pace: Pace | None, last: datetime) -> timedelta:
    """How long to wait after the last look, within the bounds of the schedule."""
    rates = Rates(pace, schedule.timezone)
    last = last.astimezone(UTC)
    looks = 0.0
    for start, end in hours_between(last, last + schedule.longest):
        frequency = LOOKS_PER_ROOT * sqrt(rates.at(start))  # looks an hour
        in_piece = frequency * ((end - start) / HOUR)
        if looks + in_piece >= 1:
            due = start + (1 - looks) / frequency * HOUR
            return max(schedule.shortest, due - last)
        looks += in_piece
    return schedule.longest
