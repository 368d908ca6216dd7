"""A source's pace: how many entries come in which hour of the week, learnt from their times. All here is pure.

News has a daily and a weekly rhythm, so the rate is taken to be one for each hour of the week. A few weeks of a quiet
section are not enough to tell 168 rates apart, so each is drawn towards the product of three that are known better:
the rate of all hours, what the hour of the day makes of it, and what the day of the week does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import takewhile

from feedmaker.model import Pace

HOUR = timedelta(hours=1)
WEEK = timedelta(days=7)
HOURS = 168  # of a week
LONGEST_WATCH = timedelta(weeks=8)  # when a watch is this long, its first half counts half from then on
LONGEST_GAP = WEEK  # between two looks; what came before that is no longer on the page
FIRST_SPAN = timedelta(weeks=4)  # of the entries that are there at the first look
FIRST_SHARE = 0.75  # of them that count, the newest: a story that is pinned to the top would stretch the span
FEWEST = 3  # entries that tell a span

TYPICAL_RATE = 4 / 9  # entries an hour, of a section of which nothing is known
TYPICAL_HOURS = 6  # for how many hours of watching it counts
PSEUDO_ENTRIES = 2  # by how many entries a rate is drawn to what is known better

Entries = Iterable[datetime | None]


def first_watch(published: Entries, now: datetime, zone: tzinfo | None) -> Pace:
    """The pace that the entries which are there at the first look tell by their publication dates."""
    dated = sorted((each for each in published if each and now - FIRST_SPAN < each <= now), reverse=True)
    newest = dated[: round(len(dated) * FIRST_SHARE)]
    if len(newest) < FEWEST:
        return Pace(now, now, (0.0,) * HOURS)
    since = newest[-1]
    counts = [0.0] * HOURS
    for each in takewhile(lambda each: each > since, newest):
        end = min(each + timedelta(days=1), now) if _is_day(each) else each
        _count(counts, each, end, zone)
    return Pace(since.astimezone(UTC), now, tuple(counts))


def watched(before: Pace, arrived: Entries, last_look: datetime, now: datetime, zone: tzinfo | None) -> Pace:
    """The pace after another look, at which entries with these publication dates were new.

    A date is believed if it lies between the last look and this one; else the entry came at some time in between.
    """
    if now <= before.until:  # the clock was set back
        return replace(before, since=before.since - (before.until - now), until=now)
    since = before.since + max(timedelta(), now - max(last_look, before.until) - LONGEST_GAP)
    start = max(min(last_look, now), now - LONGEST_GAP)
    counts = list(before.counts)
    for each in arrived:
        is_known = each is not None and start < each <= now and not _is_day(each)
        _count(counts, each if is_known and each else start, each if is_known and each else now, zone)
    return _halved(Pace(since, now, tuple(counts)))


class Rates:
    """What a pace says of each hour of the week, in entries an hour; without one, what is typical."""

    def __init__(self, pace: Pace | None, zone: tzinfo | None) -> None:
        self._zone = zone or UTC
        self._counts = pace.counts if pace else (0.0,) * HOURS
        self._hours = _hours_watched(pace, self._zone) if pace else [0.0] * HOURS
        known = sum(self._counts) + TYPICAL_RATE * TYPICAL_HOURS
        self.mean = known / (sum(self._hours) + TYPICAL_HOURS)

    def at(self, moment: datetime) -> float:
        """The rate of the hour in which a moment lies."""
        hour = hour_of_week(moment, self._zone)
        day = hour // 24 * 24
        by_hour = [self._against(self.mean, slice(each % 24, None, 24)) for each in range(hour - 1, hour + 2)]
        by_day = self._against(self.mean, slice(day, day + 24))
        product = self.mean * _drawn(*_smooth(by_hour)) * _drawn(*by_day)
        near = [self._against(product, slice(each % HOURS, each % HOURS + 1)) for each in range(hour - 1, hour + 2)]
        return product * _drawn(*_smooth(near))

    def expected(self, since: datetime, until: datetime) -> float:
        """How many entries are to be expected in a span of at most some weeks."""
        return sum(self.at(start) * ((end - start) / HOUR) for start, end in hours_between(since, until))

    def _against(self, rate: float, hours: slice) -> tuple[float, float]:
        """How many entries came in some hours of the week, and how many would have at this rate."""
        return sum(self._counts[hours]), sum(self._hours[hours]) * rate


def hour_of_week(moment: datetime, zone: tzinfo) -> int:
    """The hour from Monday at 0:00 on, on the clocks of a zone."""
    there = moment.astimezone(zone)
    return there.weekday() * 24 + there.hour


def hours_between(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The span in pieces, each within one hour of the clock; zones that differ by parts of an hour are near enough."""
    start = since
    while start < until:
        end = min(until, start.replace(minute=0, second=0, microsecond=0) + HOUR)
        yield start, end
        start = end


def _hours_watched(pace: Pace, zone: tzinfo) -> list[float]:
    """How often each hour of the week was watched."""
    weeks, rest = divmod((pace.until - pace.since) / HOUR, HOURS)
    hours = [weeks] * HOURS
    first = hour_of_week(pace.since, zone)
    for place in range(int(rest)):
        hours[(first + place) % HOURS] += 1.0
    hours[(first + int(rest)) % HOURS] += rest % 1
    return hours


def _count(counts: list[float], start: datetime, end: datetime, zone: tzinfo | None) -> None:
    """Count one entry that came at some time from ``start`` to ``end``."""
    zone = zone or UTC
    if start >= end:
        counts[hour_of_week(start, zone)] += 1
        return
    for since, until in hours_between(start, end):
        counts[hour_of_week(since, zone)] += (until - since) / (end - start)


def _halved(pace: Pace) -> Pace:
    """The pace with the first half of its time forgotten in part, should it have become too long."""
    span = pace.until - pace.since
    if span <= LONGEST_WATCH:
        return pace
    return Pace(pace.until - span / 2, pace.until, tuple(count / 2 for count in pace.counts))


def _smooth(near: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """What came and what was expected in the middle one of three hours, with half of what did in those beside it."""
    before, here, after = near
    return (before[0] + 2 * here[0] + after[0]) / 4, (before[1] + 2 * here[1] + after[1]) / 4


def _drawn(counted: float, expected: float) -> float:
    """By how much more came than was expected; close to 1 as long as little was expected at all."""
    return (counted + PSEUDO_ENTRIES) / (expected + PSEUDO_ENTRIES)


def _is_day(moment: datetime) -> bool:
    """Whether a date says no more than the day: where it was written, it is midnight."""
    return moment.timetz().replace(tzinfo=None) == time.min
