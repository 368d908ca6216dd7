"""How often a source brings something new, and when its silence is longer than it ever was: pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from feedmaker.model import Extent

LEAST = 10  # entries from which anything can be told
PATIENCE = 3  # times the longest pause: nights, weekends and holidays are among the pauses
LEAST_QUIET = timedelta(days=1)
TELLING = 20  # pauses, so many that the longest may be left out


@dataclass(frozen=True, slots=True)
class Pauses:
    """The date of the newest entry, and the longest pause between two; None if there are too few to tell."""

    newest: datetime | None = None
    longest: timedelta | None = None

    @property
    def quiet_after(self) -> datetime | None:
        """The moment from which on the silence is longer than any before by far."""
        if self.newest is None or self.longest is None:
            return None
        return self.newest + max(PATIENCE * self.longest, LEAST_QUIET)


def pauses_of(times: Iterable[datetime]) -> Pauses:
    """The pauses between entries with these times, in any order."""
    moments = sorted(times)
    if len(moments) < LEAST or moments[0] == moments[-1]:
        return Pauses(newest=moments[-1] if moments else None)
    pauses = sorted(later - earlier for earlier, later in pairwise(moments))
    # An old story that is pinned to the page makes one pause that is none; two of a kind are the source's own.
    longest = pauses[-2] if len(pauses) >= TELLING else pauses[-1]
    return Pauses(moments[-1], longest)


def entries_per_day(extent: Extent) -> float | None:
    """How many entries come in a day on average; None if there are too few to tell."""
    if extent.entries < LEAST or extent.oldest == extent.newest:
        return None
    return (extent.entries - 1) / ((extent.newest - extent.oldest) / timedelta(days=1))
