"""``feedmaker status``: how each source is, from what was remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from rich import box
from rich.markup import escape
from rich.table import Table

from feedmaker.cli.as_json import print_json
from feedmaker.cli.configured import settings_from
from feedmaker.cli.reporter import console
from feedmaker.model import Source, SourceState
from feedmaker.refresh.standing import heard_of
from feedmaker.schedule.due import NEVER, next_due
from feedmaker.store import Store, has_state


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One row: what is known of a source. Times are None where the thing has not happened yet, or never will.

    ``moved_to`` is where its page has moved for good; ``gone`` tells that there is no such page any more.
    """

    source: str
    url: str
    entries: int
    newest: datetime | None
    last_attempt: datetime | None
    last_success: datetime | None
    failures: int
    last_error: str | None
    next_run: datetime | None
    moved_to: str | None
    gone: bool


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the status as JSON.")
@click.pass_obj
def status(config: Path, as_json: bool) -> None:
    """Show each source's last success, entries, failures in a row with the reason, and next run."""
    settings = settings_from(config)
    now = datetime.now(UTC)
    if has_state(settings.state):
        with Store.open(settings.state, readonly=True) as store:
            rows = [_row(source, heard_of(source, store.state(source.name)), store, now) for source in settings.sources]
    else:
        rows = [_row(source, SourceState(source.name), None, now) for source in settings.sources]
    if as_json:
        print_json(rows)
    else:
        _print_table(rows, now)


def _row(source: Source, state: SourceState, store: Store | None, now: datetime) -> SourceStatus:
    newest = store.entries(source.name, limit=1) if store else ()
    next_run = next_due(source.schedule, state, now, store.pace(source.name) if store else None)
    return SourceStatus(
        source=source.name,
        url=source.url,
        entries=store.count(source.name) if store else 0,
        newest=next((each.entry.published or each.first_seen for each in newest), None),
        last_attempt=state.last_attempt,
        last_success=state.last_success,
        failures=state.failures,
        last_error=state.last_error,
        next_run=None if next_run == NEVER else next_run,
        moved_to=state.standing.moved_to,
        gone=state.standing.is_gone,
    )


def _print_table(rows: list[SourceStatus], now: datetime) -> None:
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("source", overflow="fold")
    for name in ("entries", "newest", "last success", "failures", "next run"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        failures = f"[bold red]{row.failures}[/]" if row.failures else "0"
        times = (_ago(row.newest, now), _ago(row.last_success, now))
        table.add_row(escape(row.source), str(row.entries), *times, failures, _due(row, now))
    out = console()
    out.print(table)
    for row in rows:
        if row.last_error:
            out.print(f"{row.source}: {row.last_error}", style="red", markup=False, highlight=False)
        if row.moved_to:
            note = f"{row.source}: moved to {row.moved_to}; change its `url`"
            out.print(note, style="yellow", markup=False, highlight=False)


def _due(row: SourceStatus, now: datetime) -> str:
    if row.next_run is None:
        return "never"
    return "due" if row.next_run <= now else f"in {_span((row.next_run - now).total_seconds())}"


def _ago(time: datetime | None, now: datetime) -> str:
    return f"{_span((now - time).total_seconds())} ago" if time else "never"


def _span(seconds: float) -> str:
    """A duration in its largest fitting unit: 45 s, 12 min, 5 h, 3 d."""
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{int(seconds // size)} {unit}"
    return f"{max(0, int(seconds))} s"
