"""What a person sees while sources are refreshed: a progress bar on a terminal, a line for each source elsewhere."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import IO, Protocol

import structlog
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from feedmaker.cli.tables import Cell, print_table
from feedmaker.model import Outcome, Result

# What a pipe reads must not be wrapped at the 80 columns of a terminal that isn't there.
PIPE_WIDTH = 1000

log = structlog.stdlib.get_logger("feedmaker")

STYLES = {Result.CHANGED: "green", Result.UNCHANGED: "dim", Result.FAILED: "bold red", Result.STOPPED: "yellow"}


class Reporter(AbstractContextManager["Reporter"], Protocol):
    """Hears how a build goes on; called from several threads."""

    def articles(self, source: str, done: int, total: int) -> None:
        """A source has read ``done`` of ``total`` articles."""

    def outcome(self, outcome: Outcome) -> None:
        """A source is done."""


class LineReporter(AbstractContextManager["LineReporter"]):
    """A line of the log for each source that is done."""

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def articles(self, source: str, done: int, total: int) -> None:
        """Lines are for results."""

    def outcome(self, outcome: Outcome) -> None:
        """Log the source's line, and one for each article that could not be read and other warnings."""
        level = logging.WARNING if outcome.result is Result.FAILED or outcome.problems else logging.INFO
        log.log(level, "refresh", **fields_of(outcome))
        for warning in outcome.warnings:
            log.warning(warning, source=outcome.source)


class BarReporter(AbstractContextManager["BarReporter"]):
    """A bar over all sources, and one for each source that reads articles."""

    def __init__(self, total: int) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._all = self._progress.add_task("sources", total=total)
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> BarReporter:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def articles(self, source: str, done: int, total: int) -> None:
        """Move the source's own bar."""
        if source not in self._tasks:
            self._tasks[source] = self._progress.add_task(f"  {escape(source)}", total=total)
        self._progress.update(self._tasks[source], completed=done)

    def outcome(self, outcome: Outcome) -> None:
        """Move the bar of all sources and take the source's own away."""
        if outcome.source in self._tasks:
            self._progress.remove_task(self._tasks.pop(outcome.source))
        self._progress.advance(self._all)
        for warning in outcome.warnings:
            self._progress.console.print(f"{outcome.source}: warning: {warning}", style="yellow", markup=False)


def reporter(total: int) -> Reporter:
    """Bars where standard error is a terminal, lines elsewhere."""
    return BarReporter(total) if sys.stderr.isatty() else LineReporter()


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Whoever read has gone: a matter of the command line, which rich would end with the code of failed sources."""
        raise BrokenPipeError


def console(file: IO[str] | None = None) -> Console:
    """Where tables are printed: as wide as the terminal, or as wide as they need."""
    file = file or sys.stdout
    return _Console(file=file) if file.isatty() else _Console(file=file, width=PIPE_WIDTH)


def fields_of(outcome: Outcome) -> dict[str, object]:
    """What the log's one line for a refresh says."""
    fields: dict[str, object] = {
        "source": outcome.source,
        "result": outcome.result.value,
        "entries": outcome.entries,
        "added": outcome.added,
        "updated": outcome.updated,
        "requests": outcome.requests,
        "milliseconds": round(outcome.seconds * 1000),
        "bytes": outcome.received,
        "late": round(outcome.late, 1),
    }
    if outcome.error:
        fields["error"] = outcome.error
    if outcome.problems:
        fields["problems"] = [problem.name for problem in outcome.problems]
    return fields


def print_summary(outcomes: Sequence[Outcome]) -> None:
    """The table at the end, and below it what went wrong in full."""
    out = console()
    head = ("source", "result", "entries", "new", "updated", "requests", "seconds")
    print_table(out, head, [_cells(each) for each in outcomes], left=2)
    for each in outcomes:
        if each.error:
            out.print(f"{each.source}: {each.error}", style="red", markup=False, highlight=False)
            continue
        for problem in each.problems:
            text = f"{each.source}: {problem.name}: {problem.evidence}"
            out.print(text, style="yellow", markup=False, highlight=False)


def _cells(outcome: Outcome) -> tuple[Cell, ...]:
    numbers = (outcome.entries, outcome.added, outcome.updated, outcome.requests, f"{outcome.seconds:.1f}")
    return outcome.source, Text(outcome.result, style=STYLES[outcome.result]), *map(str, numbers)
