"""What people see of the output: index.html, which lists the feeds and their newest entries, and its companions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedmaker.model import Feed
from feedmaker.write.dates import rfc3339
from feedmaker.write.markup import direction
from feedmaker.write.names import ATOM, FAVICON, JSON, MEDIA_TYPES, RSS, STYLESHEET, headline, shortened

if TYPE_CHECKING:
    from jinja2 import Template

NEWEST = 10
_MOST_IN_ALL = 1000  # entries; beyond that the page takes a phone seconds to lay out
_FORMATS = (("RSS", RSS), ("Atom", ATOM), ("JSON", JSON))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def page(feeds: Sequence[Feed]) -> bytes:
    """The page as UTF-8 HTML; it needs no script and loads nothing but its icon and the entries' pictures.

    It shows the newest ten entries of each feed, fewer when there are more than a hundred feeds.
    """
    newest = newest_of(len(feeds))
    html = _template().render(feeds=feeds, newest=newest, formats=_FORMATS, types=MEDIA_TYPES, favicon=FAVICON)
    return html.encode() + b"\n"


def newest_of(feeds: int) -> int:
    """How many entries of each feed the page shows when there are so many feeds."""
    return min(NEWEST, _MOST_IN_ALL // max(1, feeds))


def companions() -> dict[str, bytes]:
    """The style sheet of the feeds and the icon of the page, by their file names."""
    return {name: files("feedmaker.write").joinpath("templates", name).read_bytes() for name in (STYLESHEET, FAVICON)}


def spoken(moment: datetime) -> str:
    """``6 Feb 2025, 18:52`` in UTC, whatever the process' locale."""
    moment = moment.astimezone(UTC)
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M}"


def _host(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


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
    environment.filters.update(headline=headline, shortened=shortened, host=_host, direction=direction)
    environment.filters.update(rfc3339=rfc3339, spoken=spoken)
    return environment.get_template("index.html")
