"""The identity of an entry: one id, however its address is spelled."""

from __future__ import annotations

from urllib.parse import urlsplit

from feedmaker.normalize.urls import clean


def entry_id(url: str) -> str:
    """A stable id for the entry at ``url``: its https address without what changes from link to link."""
    parts = urlsplit(clean(url))
    host = (parts.hostname or "").removeprefix("www.")
    query = f"?{parts.query}" if parts.query else ""
    return f"https://{host}{parts.path.rstrip('/')}{query}"
