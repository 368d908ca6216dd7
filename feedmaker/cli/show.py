"""Entries for a person's eyes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.text import Text

from feedmaker.cli.reporter import console
from feedmaker.model import Entry, Image


def print_entry(entry: Entry, *, provenance: bool = False) -> None:
    """Print an entry field by field; with ``provenance`` also where each value was found."""
    out = console()
    out.print(Text(entry.title or "(no title)", style="bold"))
    for name, value in _fields(entry):
        line = Text(f"  {name:<10}", style="cyan").append(value, style="default")
        if provenance and name in entry.provenance:
            line.append(f"  [{entry.provenance[name]}]", style="dim")
        out.print(line, soft_wrap=True)


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
