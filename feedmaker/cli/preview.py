"""``feedmaker preview``: the entries of a section as they would be, without writing anything."""

from __future__ import annotations

from pathlib import Path

import click

from feedmaker.cli.as_json import print_json
from feedmaker.cli.configured import settings_from
from feedmaker.cli.one_page import fetch_policy, is_address
from feedmaker.cli.show import print_entry
from feedmaker.fetch import Web
from feedmaker.model import Entry, FetchPolicy, Listing, Source
from feedmaker.normalize.context import Context
from feedmaker.refresh.detection import LOOKING_DELAY
from feedmaker.refresh.following import Follower
from feedmaker.refresh.listing_pages import ListingPages
from feedmaker.refresh.selection import selected
from feedmaker.refresh.services import SourceWeb
from feedmaker.settings import pick


@click.command()
@click.argument("target", metavar="URL|SOURCE")
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, help="How many entries to read.")
@click.option("--json", "as_json", is_flag=True, help="Print the entries as JSON.")
@click.pass_obj
def preview(config: Path, target: str, limit: int, as_json: bool) -> None:
    """Show the newest entries of a section, by its address or its name in the settings."""
    source, policy = _target(config, target)
    with Web(policy) as web:
        listing, entries = _entries(source, web, limit)
    if as_json:
        print_json({"url": source.url, "how": listing.how, "listed": len(listing.items), "entries": entries})
        return
    for entry in entries:
        print_entry(entry)
    how = f"{listing.how.extractor} ({listing.how.confidence:.0%} sure)"
    click.echo(f"{len(listing.items)} entries listed at {source.url}, found by {how}; {len(entries)} are shown.")


def _target(config: Path, target: str) -> tuple[Source, FetchPolicy]:
    if is_address(target):
        return Source("preview", target, delay=LOOKING_DELAY), fetch_policy(config)
    settings = settings_from(config)
    (source,) = pick(settings, [target])
    return source, settings.fetch


def _entries(source: Source, web: Web, limit: int) -> tuple[Listing, list[Entry]]:
    context = Context.of(None, source.timezone)
    source_web = SourceWeb(source, web)
    pages = ListingPages(source, source_web, context)
    listing = pages.read(source_web.listing_page(source.url))
    follower = Follower(source, source_web, context)
    found = follower.follow(listing.items[:limit], {}).values()
    for warning in (*pages.warnings, *follower.warnings):
        click.echo(f"warning: {warning}", err=True)
    return listing, [each.entry for each in selected(source.filters, found, context.now)]
