"""``feedmaker replay``: what would come of recorded pages today, and what of that is not as it was."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from feedmaker.cli.as_json import print_json
from feedmaker.cli.configured import settings_from
from feedmaker.health.words import count
from feedmaker.refresh import recording
from feedmaker.refresh.recording import Difference, Recording
from feedmaker.settings import Settings, pick

SOMETHING_DIFFERS = 1
SHOWN = 200  # characters of a value


@dataclass(frozen=True, slots=True)
class Replayed:
    """A recording, and what would differ today; whether that is what is expected from now on."""

    source: str
    recorded: datetime
    differences: tuple[Difference, ...]
    warnings: tuple[str, ...]
    accepted: bool = False


@click.command()
@click.argument("sources", nargs=-1)
@click.option("--accept", is_flag=True, help="Let what comes of the pages today be what is expected from now on.")
@click.option("--json", "as_json", is_flag=True, help="Print what differs as JSON.")
@click.pass_obj
def replay(config: Path, sources: tuple[str, ...], accept: bool, as_json: bool) -> None:
    """Read recordings again and show what would differ today.

    All are read, or those of SOURCES; no site is asked. What differs is shown field by field.
    """
    settings = settings_from(config)
    pick(settings, sources)
    found = [each for each in recording.recordings(settings.recordings) if not sources or each.source in sources]
    if not found:
        hint = f"feedmaker --config {config} record SOURCE makes one"
        of = f" of {', '.join(sources)}" if sources else ""
        raise click.UsageError(f"There are no recordings{of} in {settings.recordings}; {hint}.")
    results = [_replayed(each, settings, accept=accept) for each in found]
    if as_json:
        print_json(results)
    else:
        _print(results)
    if any(result.differences and not result.accepted for result in results):
        raise click.exceptions.Exit(SOMETHING_DIFFERS)


def _replayed(made: Recording, settings: Settings, *, accept: bool) -> Replayed:
    source = next((each for each in settings.sources if each.name == made.source), None)
    if source is None:
        gone = Difference("", "source", made.source, None)
        return Replayed(made.source, made.at, (gone,), (f"no source has this name any more; delete {made.folder}",))
    found = recording.replay(made, source)
    is_accepted = accept and bool(found.differences) and found.result is not None
    if is_accepted and found.result is not None:
        recording.accept(made, found.result)
    return Replayed(made.source, made.at, found.differences, found.warnings, is_accepted)


def _print(results: list[Replayed]) -> None:
    for result in results:
        for line in _lines(result):
            click.echo(line)
    differing = [result for result in results if result.differences]
    fields = count(sum(len(result.differences) for result in differing), "difference", "differences")
    accepted = sum(result.accepted for result in differing)
    end = f"{len(differing)} with {fields}, {accepted or 'none'} accepted" if differing else "nothing differs"
    click.echo(f"{count(len(results), 'recording', 'recordings')}; {end}.")


def _lines(result: Replayed) -> Iterator[str]:
    """What differs in a recording, entry by entry."""
    entry = None
    for each in result.differences:
        if each.entry != entry:
            entry = each.entry
            yield f"{result.source}: {entry or 'the list'}"
        yield f"  {each.field}"
        yield f"    was {_shown(each.was)}"
        yield f"    now {_shown(each.now)}"
    for warning in result.warnings:
        yield f"{result.source}: warning: {warning}"


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(text)} characters)"
