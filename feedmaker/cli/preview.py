"""``feedmaker preview``: the entries of a section as they would be, without writing anything."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from feedmaker.cli.as_json import print_json
from feedmaker.cli.configured import settings_from
from feedmaker.cli.one_page import ADDRESSES, fetch_policy, is_address
from feedmaker.cli.show import print_entries
from feedmaker.fetch import Web
from feedmaker.health.words import count
from feedmaker.model import FetchPolicy, Source
from feedmaker.refresh.detection import LOOKING_DELAY
from feedmaker.refresh.looking import look_at
from feedmaker.settings import pick


@click.command()
@click.argument("target", metavar="URL|SOURCE")
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="How many entries to read.")
@click.option("--json", "as_json", is_flag=True, help="Print the entries as JSON.")
@click.pass_obj
def preview(config: Path, target: str, limit: int, as_json: bool) -> None:
    """Show entries as they would be in a feed, and write nothing.

    The section is named by its address, or by its source's name in the settings.
    """
    source, policy = _target(config, target)
    with Web(policy) as web:
        look = look_at(source, web, datetime.now(UTC), limit=limit)
    for warning in look.warnings:
        click.echo(f"warning: {warning}", err=True)
    listing = look.listing
    if as_json:
        print_json({"url": source.url, "how": listing.how, "listed": len(listing.items), "entries": look.entries})
        return
    print_entries(look.entries)
    how = f"{listing.how.extractor} ({listing.how.confidence:.0%} sure)"
    listed = count(len(listing.items), "entry", "entries")
    click.echo(f"{listed} listed at {source.url}, found by {how}; {len(look.entries)} shown.")


def _target(config: Path, target: str) -> tuple[Source, FetchPolicy]:
    if is_address(target):
        return Source("preview", target, delay=LOOKING_DELAY), fetch_policy(config)
    if "." in target or "/" in target:  # no name of a source has them
        raise click.UsageError(f"{target!r} is neither an address nor a name of a source; {ADDRESSES}.")
    settings = settings_from(config)
    (source,) = pick(settings, [target])
    return source, settings.fetch
