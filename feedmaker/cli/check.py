"""``feedmaker check``: is the settings file right, without fetching anything?"""

from __future__ import annotations

from pathlib import Path

import click

from feedmaker.cli.as_json import print_json
from feedmaker.cli.configured import settings_from
from feedmaker.errors import SettingsError
from feedmaker.health.words import count


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.pass_obj
def check(config: Path, as_json: bool) -> None:
    """Check the settings file and list every fault with its line."""
    try:
        settings = settings_from(config)
    except SettingsError as error:
        if not as_json:
            raise
        print_json({"ok": False, "path": config, "faults": error.faults})
        raise click.exceptions.Exit(2) from error
    if as_json:
        print_json({"ok": True, "path": config, "output": settings.destination, "sources": settings.sources})
        return
    sources = count(len(settings.sources), "source", "sources")
    click.echo(f"{config} is right: {sources}, feeds go to {settings.destination}")
