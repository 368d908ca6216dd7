"""``feedmaker add``: from an address to a source in the settings file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

from feedmaker.cli.detect import print_findings
from feedmaker.cli.one_page import ADDRESSES, fetch_policy, is_address
from feedmaker.cli.show import print_entries
from feedmaker.errors import NoEntries, OutputError, SettingsError
from feedmaker.fetch import Web
from feedmaker.model import Source
from feedmaker.normalize.context import Context
from feedmaker.normalize.urls import registrable_domain
from feedmaker.refresh import detection
from feedmaker.refresh.detection import LOOKING_DELAY, Finding
from feedmaker.refresh.following import Follower
from feedmaker.refresh.services import SourceWeb
from feedmaker.settings import slug
from feedmaker.settings.editing import add_source, check_addition, free_name

SHOWN = 3
# Words of an address that tell nothing of what is read there.
DULL = {"www", "feed", "feeds", "rss", "atom", "index", "html", "htm", "php", "aspx", "xml", "json", "news"}
WORDPRESS_POSTS = ("wp-json", "wp", "v2", "posts")  # the end of the path of WordPress' own interface


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
    options = {"every": every} if every else {}
    name = name or free_name(config, name_of(url))
    with _nothing_added():
        check_addition(config, name, {"url": url} | options, os.environ)  # before anything is fetched
    context = Context.of(None)
    with Web(fetch_policy(config)) as web:
        findings = detection.detect(url, web, context)
        print_findings(findings)
        best = findings[0]
        if not best.listing or not best.listing.items:
            raise NoEntries(f"{url} lists no entries; nothing was added. Try another address of the site", address=url)
        _show(best, web, context)
    with _nothing_added():
        (check_addition if dry_run else add_source)(config, name, {"url": best.url} | options, os.environ)
    if dry_run:
        click.echo(f"{config} would get the source {name}: {best.url}")
        return
    click.echo(f"{config} has the source {name} now: {best.url}")
    click.echo(f"Next: feedmaker --config {config} build {name}")


@contextmanager
def _nothing_added() -> Iterator[None]:
    try:
        yield
    except (SettingsError, OutputError):
        click.echo("Nothing was added:", err=True)
        raise


def name_of(url: str) -> str:
    """A readable name from an address: ``https://www.example.org/world/africa/`` is ``example-world-africa``."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    is_number = ":" in host or host[-1:].isdecimal()
    owner = "" if is_number else registrable_domain(host.removeprefix("www.")).partition(".")[0]
    words = [word for word in unquote(parts.path).replace(".", "/").split("/") if word and word.lower() not in DULL]
    words = words[:-4] if tuple(words[-4:]) == WORDPRESS_POSTS else words
    return slug("-".join((_readable(owner), *words))) or (slug(host) if is_number else "") or "source"


def _readable(label: str) -> str:
    """The part of a host's name in its own letters (RFC 3492)."""
    try:
        return label.encode("ascii").decode("idna") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _show(best: Finding, web: Web, context: Context) -> None:
    assert best.listing
    source = Source("preview", best.url, delay=LOOKING_DELAY)
    follower = Follower(source, SourceWeb(source, web), context)
    print_entries(each.entry for each in follower.follow(best.listing.items[:SHOWN], {}).values())
    for warning in follower.warnings:
        click.echo(f"warning: {warning}", err=True)
