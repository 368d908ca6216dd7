"""``feedmaker status``: how each source is, from what was remembered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from feedmaker.cli import SOME_SOURCES_FAILED
from feedmaker.cli.as_json import print_json
from feedmaker.cli.configured import settings_from
from feedmaker.cli.reporter import console
from feedmaker.cli.tables import Cell, print_table
from feedmaker.health.pauses import entries_per_day
from feedmaker.health.words import count, span
from feedmaker.model import Database, Extent, Pace, Problem, Source, SourceState
from feedmaker.refresh.standing import heard_of
from feedmaker.schedule.due import NEVER, next_due
from feedmaker.store import Store, has_state


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One row: what is known of a source. Times are None where the thing has not happened yet, or never will.

    ``per_day`` is how many entries come on average; None if there are too few to tell. ``moved_to`` is where its page
    has moved for good; ``gone`` tells that there is no such page any more. ``problems`` is all that is wrong.
    """

    source: str
    url: str
    entries: int
    newest: datetime | None
    per_day: float | None
    last_attempt: datetime | None
    last_success: datetime | None
    failures: int
    last_error: str | None
    next_run: datetime | None
    moved_to: str | None
    gone: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What is remembered of all sources, by name, read at once: thousands of them are one question to the state."""

    states: Mapping[str, SourceState] = field(default_factory=dict)
    paces: Mapping[str, Pace] = field(default_factory=dict)
    extents: Mapping[str, Extent] = field(default_factory=dict)
    problems: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, place: Path | Database) -> Known:
        """What a state holds; nothing before the first refresh."""
        if not has_state(place):
            return cls()
        with Store.open(place, readonly=True) as store:
            return cls(store.states(), store.paces(), store.extents(), _by_source(store.health.open_problems()))


@click.command()
@click.option(
    "--problems",
    "only_problems",
    is_flag=True,
    help="Show only sources with which something is wrong, and exit with 1 if there are any.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@click.pass_obj
def status(config: Path, only_problems: bool, as_json: bool) -> None:
    """Show how each source is, and what is wrong with it.

    That is its last success, entries, pace, failures in a row and next run.
    """
    settings = settings_from(config)
    now = datetime.now(UTC)
    known = Known.of(settings.state)
    bad = [source for source in settings.sources if source.name in known.problems]
    rows = [_row(source, known, now) for source in (bad if only_problems else settings.sources)]
    if as_json:
        print_json(rows)
    else:
        _print_table(rows, now)
        click.echo(f"{count(len(settings.sources), 'source', 'sources')}, {len(bad) or 'none'} with problems.")
    if bad and only_problems:
        raise click.exceptions.Exit(SOME_SOURCES_FAILED)


def _row(source: Source, known: Known, now: datetime) -> SourceStatus:
    state = heard_of(source, known.states.get(source.name) or SourceState(source.name))
    extent = known.extents.get(source.name)
    next_run = next_due(source.schedule, state, now, known.paces.get(source.name))
    return SourceStatus(
        source=source.name,
        url=source.url,
        entries=extent.entries if extent else 0,
        newest=extent.newest if extent else None,
        per_day=entries_per_day(extent) if extent else None,
        last_attempt=state.last_attempt,
        last_success=state.last_success,
        failures=state.failures,
        last_error=state.last_error,
        next_run=None if next_run == NEVER else next_run,
        moved_to=state.standing.moved_to,
        gone=state.standing.is_gone,
        problems=known.problems.get(source.name, ()),
    )


def _by_source(problems: Iterable[Problem]) -> dict[str, tuple[Problem, ...]]:
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.source].append(problem)
    return {source: tuple(each) for source, each in found.items()}


def _print_table(rows: list[SourceStatus], now: datetime) -> None:
    if not rows:
        return
    head = ("source", "entries", "newest", "pace", "last success", "failures", "next run")
    out = console()
    print_table(out, head, [_cells(row, now) for row in rows])
    for row in rows:
        _print_notes(row, now, out)


def _cells(row: SourceStatus, now: datetime) -> tuple[Cell, ...]:
    failures = Text(str(row.failures), style="bold red") if row.failures else "0"
    times = (_ago(row.newest, now), _pace(row.per_day), _ago(row.last_success, now))
    return row.source, str(row.entries), *times, failures, _due(row, now)


def _print_notes(row: SourceStatus, now: datetime, out: Console) -> None:
    """What is wrong with a source, and since when; the last error where no problem tells of it."""
    for problem in row.problems:
        text = f"{row.source}: {problem.name} for {span(now - problem.since)}: {problem.evidence}"
        out.print(text, style="red", markup=False, highlight=False)
    if row.last_error and not any(row.last_error in problem.evidence for problem in row.problems):
        out.print(f"{row.source}: {row.last_error}", style="red", markup=False, highlight=False)
    if row.moved_to:
        note = f"{row.source}: moved to {row.moved_to}; change its `url`"
        out.print(note, style="yellow", markup=False, highlight=False)


def _due(row: SourceStatus, now: datetime) -> str:
    if row.next_run is None:
        return "never"
    return "due" if row.next_run <= now else f"in {span(row.next_run - now)}"


def _ago(time: datetime | None, now: datetime) -> str:
    return f"{span(now - time)} ago" if time else "never"


def _pace(per_day: float | None) -> str:
    """How many entries come, in the shortest time in which some do."""
    if per_day is None:
        return ""
    per, unit = next(((days, unit) for unit, days in (("d", 1), ("wk", 7)) if per_day * days >= 1), (365, "y"))
    return f"{per_day * per:.0f}/{unit}"
