"""``feedmaker add``: from an address to a source in the settings file."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

import click

from feedmaker.cli import exit_code
from feedmaker.cli.detect import print_findings
from feedmaker.cli.one_page import ADDRESSES, fetch_policy, is_address
from feedmaker.cli.show import print_entries
from feedmaker.errors import NoEntries, SettingsError
from feedmaker.fetch import Web
from feedmaker.model import Source
from feedmaker.normalize.context import Context
from feedmaker.refresh import detection
from feedmaker.refresh.detection import LOOKING_DELAY, Finding
from feedmaker.refresh.following import Follower
from feedmaker.refresh.services import SourceWeb
from feedmaker.settings import slug
from feedmaker.settings.editing import add_source

SHOWN = 3
DULL = {"www", "com", "org", "net", "feed", "rss", "atom", "index", "html", "htm", "php", "xml", "json", "news"}


@click.command()
@click.argument("url")
@click.option("--name", help="The source's name, which its feed's files get. [default: from the address]")
@click.option("--every", help="How often it is refreshed, such as 30m or 6h. [default: as the settings say]")
@click.option("--dry-run", is_flag=True, help="Show what would be added, and change nothing.")
@click.pass_obj
def add(config: Path, url: str, name: str | None, every: str | None, dry_run: bool) -> None:
    """Show the first entries at URL and add it to the settings file."""
    if not is_address(url):
        raise click.UsageError(f"{url!r} is no address of a page; {ADDRESSES}.")
    context = Context.of(None)
    with Web(fetch_policy(config)) as web:
        findings = detection.detect(url, web, context)
        print_findings(findings)
        best = findings[0]
        if not best.listing or not best.listing.items:
            raise NoEntries(f"{url} lists no entries; nothing was added. Try another address of the site", address=url)
        _show(best, web, context)
    name = name or name_of(best.url)
    values = {"url": best.url} | ({"every": every} if every else {})
    try:
        add_source(config, name, values, os.environ, is_dry_run=dry_run)
    except SettingsError as error:
        click.echo(f"feedmaker: nothing {'would be' if dry_run else 'was'} added to {config}:\n{error}", err=True)
        raise click.exceptions.Exit(exit_code(error)) from error
    if dry_run:
        click.echo(f"{config} would get the source {name}: {best.url}")
        return
    click.echo(f"{config} has the source {name} now: {best.url}")
    click.echo(f"Next: feedmaker --config {config} build {name}")


def name_of(url: str) -> str:
    """A readable name from an address: ``https://www.example.org/world/africa/`` is ``example-world-africa``."""
    parts = urlsplit(url)
    labels = (parts.hostname or "").split(".")
    host = [] if labels[-1].isdecimal() else [label for label in labels[:-1] if label not in DULL]
    path = [word for word in parts.path.replace(".", "/").split("/") if word and word not in DULL]
    return slug("-".join(host[-1:] + path)) or slug(parts.hostname or "") or "source"


def _show(best: Finding, web: Web, context: Context) -> None:
    assert best.listing
    source = Source("preview", best.url, delay=LOOKING_DELAY)
    follower = Follower(source, SourceWeb(source, web), context)
    print_entries(each.entry for each in follower.follow(best.listing.items[:SHOWN], {}).values())
    for warning in follower.warnings:
        click.echo(f"warning: {warning}", err=True)
