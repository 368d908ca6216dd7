"""When a source is due: pure functions of its schedule, what is remembered of it, and the clock."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime, timedelta

from feedmaker.model import Pace, Schedule, SourceState
from feedmaker.schedule import adaptive
from feedmaker.schedule.cron import next_time

LONGEST_BACKOFF = timedelta(hours=24)
LONGEST_HOLD = timedelta(hours=24)  # that a site can ask for
CRON_BACKOFF = timedelta(minutes=15)  # after the second failure in a row, then twice that, ...
EVERY_SPREAD = 0.1  # of the wait, half of it before and half after
LARGEST_SPREAD = timedelta(minutes=5)
CRON_SPREAD = timedelta(seconds=30)  # after the time that the expression names
NEVER = datetime.max.replace(tzinfo=UTC)


def next_due(schedule: Schedule, state: SourceState, now: datetime, pace: Pace | None = None) -> datetime:
    """The moment, in UTC, from which on the source is to be refreshed; ``now`` or earlier means at once.

    A source that was never tried is due at once, whatever its schedule: somebody has just added it. Runs that were
    missed make one run. After failures in a row the wait doubles from one to the next, up to a day. Sources of one
    pace are spread a little, each by a part that follows from its name. What the site has said of its page (gone, the
    same until a time, not to be asked before) counts before all of that. ``pace`` is what an adaptive schedule goes by.
    """
    if state.standing.is_gone:
        return NEVER
    if state.last_attempt is None:
        return now.astimezone(UTC)
    last = min(state.last_attempt, now).astimezone(UTC)  # later than now: the clock was set back since
    due, not_before = _by_schedule(schedule, state, last, pace), state.standing.not_before
    return max(due, min(not_before.astimezone(UTC), last + LONGEST_HOLD)) if not_before else due


def _by_schedule(schedule: Schedule, state: SourceState, last: datetime, pace: Pace | None) -> datetime:
    if schedule.cron is not None:
        pause = _backed_off(CRON_BACKOFF, state.failures - 1) if state.failures > 1 else timedelta()
        named = next_time(schedule.cron, schedule.timezone or UTC, last + pause)
        return named + _spread(state.source) * CRON_SPREAD if named else NEVER
    wait = _backed_off(schedule.every or adaptive.wait(schedule, pace, last), state.failures)
    return last + wait + (_spread(state.source) - 0.5) * min(wait * EVERY_SPREAD, LARGEST_SPREAD)


def _backed_off(wait: timedelta, failures: int) -> timedelta:
    """The wait itself after a success or one failure, then doubled; it never falls below what was asked for."""
    doublings = min(max(failures - 1, 0), 20)  # 2**20 minutes are two years
    return min(wait * (1 << doublings), max(wait, LONGEST_BACKOFF))


def _spread(name: str) -> float:
    """A number in [0, 1) that is always the same for a name and even over many names."""
    return zlib.crc32(name.encode()) / 2**32
