"""What happened to an entry since it was stored: a pure function of the old one, the new one and the clock."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from feedmaker.model import Entry, StoredEntry
from feedmaker.normalize.urls import path_of

_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")
_SOURCE = re.compile(r'(?<= src=")[^"]*')
_RENDERING = timedelta(minutes=5)  # caches serve a page for about as long


class Change(StrEnum):
    """How an entry relates to the stored one."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


def content_hash(entry: Entry) -> str:
    """A hash (SHA-256, hex) of what a reader sees of an entry; its id and where its values were found do not count.

    The same moment in another zone is the same; so is an absent value and an empty one, and a picture's file from
    another host or with other parameters: servers give it with sizes, and with tokens that expire.
    """
    digest = hashlib.sha256()
    for value in _shown(entry):
        # Lengths keep two neighbouring values from being taken for another pair that joins to the same text.
        encoded = value.encode("utf-8", "replace")
        digest.update(b"%d:%b" % (len(encoded), encoded))
    return digest.hexdigest()


def decide(stored: StoredEntry | None, entry: Entry, now: datetime) -> Change:
    """Whether ``entry`` is new, changed or the same as the stored one.

    A page that calls itself updated at the very moment it is read (``now``) only stamps when it was rendered: such an
    update counts only if something else has changed with it.
    """
    if stored is None:
        return Change.NEW
    if entry.updated and entry.updated > now - _RENDERING:
        entry = replace(entry, updated=stored.entry.updated)
    # The stored hash may be that of an older version of the program, which saw other things.
    return Change.SAME if content_hash(entry) == content_hash(stored.entry) else Change.CHANGED


def _shown(entry: Entry) -> Iterator[str]:
    text = _SOURCE.sub(lambda found: _picture_at(found[0]), entry.content_html or "")
    yield from (entry.title or "", entry.summary or "", text, entry.section or "")
    yield from (moment.astimezone(UTC).isoformat() if moment else "" for moment in (entry.published, entry.updated))
    images = (replace(image, url=_picture_at(image.url)) for image in entry.images)
    for group in (entry.authors, images):
        yield from (repr(astuple(value)) for value in group)
        yield ""
    yield from entry.tags


def _picture_at(url: str) -> str:
    """The path of a picture's file; the whole address where its path is not the name of one."""
    path = path_of(url)
    return path if path.lower().endswith(_PICTURES) else url
