"""``feedmaker status``: how each source is, from what was remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from feedmaker.cli.as_json import print_json
from feedmaker.cli.configured import settings_from
from feedmaker.cli.reporter import console
from feedmaker.health.pauses import pauses_of
from feedmaker.health.words import count, span
from feedmaker.model import Problem, Source, SourceState
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


@click.command()
@click.option("--problems", "only_problems", is_flag=True, help="Show only sources with which something is wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@click.pass_obj
def status(config: Path, only_problems: bool, as_json: bool) -> None:
    """Show how each source is, and what is wrong with it.

    That is its last success, entries, pace, failures in a row and next run.
    """
    settings = settings_from(config)
    now = datetime.now(UTC)
    if has_state(settings.state):
        with Store.open(settings.state, readonly=True) as store:
            rows = [_row(source, heard_of(source, store.state(source.name)), store, now) for source in settings.sources]
    else:
        rows = [_row(source, SourceState(source.name), None, now) for source in settings.sources]
    shown = [row for row in rows if row.problems or not only_problems]
    if as_json:
        print_json(shown)
    else:
        _print_table(shown, now)
        click.echo(_summary(rows))


def _row(source: Source, state: SourceState, store: Store | None, now: datetime) -> SourceStatus:
    pauses = pauses_of(store.health.dates(source.name) if store else ())
    next_run = next_due(source.schedule, state, now, store.pace(source.name) if store else None)
    return SourceStatus(
        source=source.name,
        url=source.url,
        entries=store.count(source.name) if store else 0,
        newest=pauses.newest,
        per_day=pauses.per_day,
        last_attempt=state.last_attempt,
        last_success=state.last_success,
        failures=state.failures,
        last_error=state.last_error,
        next_run=None if next_run == NEVER else next_run,
        moved_to=state.standing.moved_to,
        gone=state.standing.is_gone,
        problems=store.health.watch(source.name).problems if store else (),
    )


def _print_table(rows: list[SourceStatus], now: datetime) -> None:
    if not rows:
        return
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("source", overflow="fold")
    for name in ("entries", "newest", "pace", "last success", "failures", "next run"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        failures = f"[bold red]{row.failures}[/]" if row.failures else "0"
        times = (_ago(row.newest, now), _pace(row.per_day), _ago(row.last_success, now))
        table.add_row(escape(row.source), str(row.entries), *times, failures, _due(row, now))
    out = console()
    out.print(table)
    for row in rows:
        _print_notes(row, now, out)


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


def _summary(rows: list[SourceStatus]) -> str:
    bad = sum(1 for row in rows if row.problems)
    return f"{count(len(rows), 'source', 'sources')}, {bad or 'none'} with problems."


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
