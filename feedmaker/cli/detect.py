"""``feedmaker detect``: what an address offers, by which way, and what else there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from feedmaker.cli.as_json import print_json
from feedmaker.cli.one_page import fetch_policy, is_address, saved_page
from feedmaker.cli.reporter import console
from feedmaker.cli.show import print_fields
from feedmaker.fetch import Web
from feedmaker.health.words import count
from feedmaker.model import Kind, ListingRules
from feedmaker.normalize.context import Context
from feedmaker.reading import listing_of
from feedmaker.refresh import detection
from feedmaker.refresh.detection import Finding


@click.command()
@click.argument("address", metavar="URL|FILE")
@click.option("--url", help="The address that a FILE was saved from; relative links in it start there.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_obj
def detect(config: Path, address: str, url: str | None, as_json: bool) -> None:
    """Show what can be read at an address.

    That is the list on the page, and the feeds that it announces, the best first.
    """
    context = Context.of(None)
    if is_address(address):
        with Web(fetch_policy(config)) as web:
            findings = detection.detect(address, web, context)
    else:
        page = saved_page(address, url)
        findings = (Finding(Kind.AUTO, page.url, listing_of(page, ListingRules(), context)),)
    if as_json:
        print_json(findings)
    else:
        print_findings(findings)
    if not any(finding.is_usable for finding in findings):
        raise click.exceptions.Exit(1)


def print_findings(findings: tuple[Finding, ...]) -> None:
    """Print findings, the best first; below them, why a page shows no list, or none that is sure."""
    for finding in findings:
        print_fields(finding.url, _fields(finding))
        console().print()
    for finding in findings:
        how = finding.listing.how if finding.listing else None
        reason = finding.error or (how.note if how and not (finding.is_usable and how.is_sure) else "")
        if reason:
            console().print(f"{finding.url}: {reason}", style="yellow", markup=False, highlight=False)


def _fields(finding: Finding) -> Iterator[tuple[str, str]]:
    listing = finding.listing
    if listing is None:
        yield "way", finding.kind
        return
    sure = f"{listing.how.confidence:.0%} sure"
    yield "way", f"{listing.how.extractor}: {count(len(listing.items), 'entry', 'entries')}, {sure}"
    if listing.items and listing.items[0].title:
        yield "first", listing.items[0].title
