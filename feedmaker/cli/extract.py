"""``feedmaker extract``: what one article's page says about itself, and where it says so."""

from __future__ import annotations

from pathlib import Path

import click

from feedmaker.cli.as_json import print_json
from feedmaker.cli.one_page import fetch_policy, is_address, saved_page
from feedmaker.cli.show import print_entry
from feedmaker.fetch import Web
from feedmaker.model import Page, Source
from feedmaker.normalize.context import Context
from feedmaker.reading import entry_of
from feedmaker.refresh.services import SourceWeb


@click.command()
@click.argument("address", metavar="URL|FILE")
@click.option("--url", help="The address that a FILE was saved from; relative links in it start there.")
@click.option("--content", is_flag=True, help="Read the text, too.")
@click.option("--json", "as_json", is_flag=True, help="Print the entry as JSON.")
@click.pass_obj
def extract(config: Path, address: str, url: str | None, content: bool, as_json: bool) -> None:
    """Show what an article says about itself, and where it says so.

    The article is read by its address, or from a saved page.
    """
    page = _page(config, address, url)
    entry = entry_of(page, Context.of(None), content=content)
    if as_json:
        print_json(entry)
    else:
        print_entry(entry, provenance=True)


def _page(config: Path, address: str, url: str | None) -> Page:
    if is_address(address):
        with Web(fetch_policy(config)) as web:
            return SourceWeb(Source("extract", address), web).page(address)
    return saved_page(address, url)
