"""Feeds to files: RSS 2.0, Atom, JSON Feed 1.1, an OPML list and a page for people, replaced on disk in one step."""

from __future__ import annotations

from feedmaker.write.destination import Destination, open_destination
from feedmaker.write.names import content_type, is_file_name
from feedmaker.write.output import Output
from feedmaker.write.page import newest_of
from feedmaker.write.readback import WrittenFeed, archived_entries, newest_archive, written_feed
from feedmaker.write.render import (
    archive_names,
    file_address,
    file_names,
    render_archive,
    render_feed,
    render_overview,
)

__all__ = [
    "Destination",
    "Output",
    "WrittenFeed",
    "archive_names",
    "archived_entries",
    "content_type",
    "file_address",
    "file_names",
    "is_file_name",
    "newest_archive",
    "newest_of",
    "open_destination",
    "render_archive",
    "render_feed",
    "render_overview",
    "written_feed",
]
