"""``feedmaker record``: keep a source's pages, and what comes of them, for ``feedmaker replay``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from feedmaker.cli.configured import settings_from
from feedmaker.cli.logs import mask
from feedmaker.fetch import Web
from feedmaker.health.words import count
from feedmaker.refresh import recording
from feedmaker.settings import pick


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.pass_obj
def record(config: Path, sources: tuple[str, ...]) -> None:
    """Save the pages of sources, and what came of them.

    They can be replayed whenever settings or Feedmaker have changed.
    """
    settings = settings_from(config)
    with Web(settings.fetch) as web:
        for source in pick(settings, sources):
            made, look = recording.record(source, web, settings.recordings, mask, datetime.now(UTC))
            for warning in look.warnings:
                click.echo(f"{source.name}: warning: {warning}", err=True)
            click.echo(f"{source.name}: {count(len(look.entries), 'entry', 'entries')} recorded in {made.folder}")
    click.echo(f"Next: feedmaker --config {config} replay")
