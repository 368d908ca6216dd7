"""index.html: a page for people that lists the feeds and their newest entries."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from feedmaker.model import Feed
from feedmaker.write.dates import rfc3339
from feedmaker.write.names import headline

if TYPE_CHECKING:
    from jinja2 import Template

NEWEST = 10


def page(feeds: Sequence[Feed]) -> bytes:
    """The page as UTF-8 HTML; it needs no script and loads nothing but the entries' pictures."""
    return _template().render(feeds=feeds, newest=NEWEST).encode() + b"\n"


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("feedmaker.write"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(headline=headline, rfc3339=rfc3339)
    return environment.get_template("index.html")
