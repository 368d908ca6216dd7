"""Whether requests go where news comes: adaptive sources against sources that are read at fixed times.

    python -m benchmarks.adaptive [--weeks N] [--json]

Entries come by chance, in a rhythm: few at night, a quarter at the weekend. A source learns its pace for four weeks,
and is then watched: how often it is looked at, and how long an entry waits until it is seen. The same entries are then
watched with as many looks at even distances. Nothing is fetched; what is due, and the pace, are the program's own.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import click

from feedmaker.model import Schedule, SourceState
from feedmaker.refresh.pace import first_watch, watched
from feedmaker.schedule.due import next_due

ZONE = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
LEARNING = timedelta(weeks=4)
ON_PAGE = 30
A_DAY = (1, 4, 10, 30, 100, 300)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of a section with so many entries a day: looks a day, and minutes that an entry waits on average."""

    entries: int
    looks: float
    wait: float
    wait_even: float


@click.command(help=__doc__)
@click.option("--weeks", default=12, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def main(weeks: int, as_json: bool) -> None:
    figures = [measured(a_day, timedelta(weeks=weeks)) for a_day in A_DAY]
    print(json.dumps([asdict(each) for each in figures]) if as_json else table(figures))


def measured(a_day: int, span: timedelta) -> Figures:
    entries = list(arrivals(a_day, span, random.Random(a_day)))
    looks, wait = watch(entries, span, Schedule(timezone=ZONE))
    _, even = watch(entries, span, Schedule(every=timedelta(days=1) / looks))
    return Figures(a_day, looks, wait, even)


def arrivals(a_day: int, span: timedelta, chance: random.Random) -> Iterator[datetime]:
    """The times of a section's entries, from some days before the first look on."""
    now = BEGIN - timedelta(days=7)
    while now < BEGIN + span:
        now += MINUTE
        there = now.astimezone(ZONE)
        rhythm = (1.45 if 6 <= there.hour < 22 else 0.02) * (0.25 if there.weekday() >= 5 else 1.2)
        if chance.random() < a_day / 1440 * rhythm:
            yield now


def watch(entries: list[datetime], span: timedelta, schedule: Schedule) -> tuple[float, float]:
    """Looks a day and minutes of waiting, after the weeks of learning."""
    now, seen, looks, waits = BEGIN, 0, 0, list[float]()
    pace = first_watch([each for each in entries if each <= now][-ON_PAGE:], now, ZONE)
    while now < BEGIN + span:
        last, now = now, next_due(schedule, SourceState("section", last_attempt=now), now, pace)
        new = []
        while seen < len(entries) and entries[seen] <= now:
            new.append(entries[seen])
            seen += 1
        pace = watched(pace, [each for each in new if each > last], last, now, ZONE)
        if now > BEGIN + LEARNING:
            looks += 1
            waits += [(now - each) / MINUTE for each in new]
    return looks / ((span - LEARNING) / timedelta(days=1)), sum(waits) / max(1, len(waits))


def table(figures: list[Figures]) -> str:
    rows = [("entries a day", "looks a day", "wait", "wait at even distances", "ratio")]
    for each in figures:
        waits = (f"{each.wait:.1f} min", f"{each.wait_even:.1f} min", f"{each.wait / each.wait_even:.2f}")
        rows.append((str(each.entries), f"{each.looks:.0f}", *waits))
    return "\n".join(f"{a:>14} {b:>12} {c:>10} {d:>23} {e:>6}" for a, b, c, d, e in rows)


if __name__ == "__main__":
    main()
