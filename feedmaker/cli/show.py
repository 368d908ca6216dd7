"""Entries for a person's eyes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from feedmaker.cli.reporter import console
from feedmaker.model import Entry, Image

NAMES_WIDTH = 12
# Broken into lines, they could not be copied: the terminal wraps them.
UNBROKEN = {"url", "images", "content"}


def print_fields(title: str, fields: Iterable[tuple[str, str]]) -> None:
    """Print a title, and below it fields with their names."""
    out = console()
    out.print(Text(title, style="bold"), soft_wrap=True)
    for name, value in fields:
        _print_field(out, _named(name), Text(value), is_unbroken=name in UNBROKEN)


def print_entries(entries: Iterable[Entry]) -> None:
    """Print entries with an empty line behind each."""
    for entry in entries:
        print_entry(entry)
        console().print()


def print_entry(entry: Entry, *, provenance: bool = False) -> None:
    """Print an entry field by field; with ``provenance`` also where each value was found."""
    out = console()
    out.print(Text(entry.title or "(no title)", style="bold"))
    for name, value in _fields(entry):
        place = f"  [{entry.provenance[name]}]" if provenance and name in entry.provenance else ""
        text = Text(value).append(place, style="dim")
        _print_field(out, _named(name), text, is_unbroken=name in UNBROKEN)


def _named(name: str) -> Text:
    return Text(f"  {name}".ljust(NAMES_WIDTH), style="cyan")


def _print_field(out: Console, name: Text, text: Text, *, is_unbroken: bool) -> None:
    if is_unbroken or not out.is_terminal:
        out.print(Text.assemble(name, text), soft_wrap=True)
        return
    grid = Table.grid()
    grid.add_column(width=NAMES_WIDTH)
    grid.add_column(overflow="fold")
    grid.add_row(name, text)
    out.print(grid)


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "url", entry.url
    for name in ("published", "updated"):
        time: datetime | None = getattr(entry, name)
        if time:
            yield name, time.isoformat()
    for name in ("summary", "language", "section", "publisher"):
        if text := getattr(entry, name):
            yield name, text
    if entry.authors:
        yield "authors", ", ".join(person.name for person in entry.authors)
    if entry.tags:
        yield "tags", ", ".join(entry.tags)
    for image in entry.images:
        yield "images", _image(image)
    if entry.is_free is False:
        yield "is_free", "no: behind a paywall"
    if entry.content_html:
        yield "content", entry.content_html


def _image(image: Image) -> str:
    size = f" {image.width}x{image.height}" if image.width and image.height else ""
    credit = f" ({image.credit})" if image.credit else ""
    return f"{image.url}{size}{credit}"
