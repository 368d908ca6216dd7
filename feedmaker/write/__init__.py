"""Feeds to files: RSS 2.0, Atom, JSON Feed 1.1, an OPML list and a page for people, replaced on disk in one step."""

from __future__ import annotations

from feedmaker.write.output import Output
from feedmaker.write.render import (
    archive_names,
    file_address,
    file_names,
    render_archive,
    render_feed,
    render_overview,
)

__all__ = [
    "Output",
    "archive_names",
    "file_address",
    "file_names",
    "render_archive",
    "render_feed",
    "render_overview",
]
