"""What happened to an entry since it was stored: a pure function of the old one, the new one and the clock."""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum

from feedmaker.model import Entry, StoredEntry


class Change(StrEnum):
    """How an entry relates to the stored one."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


def content_hash(entry: Entry) -> str:
    """A hash of what a reader sees of an entry; where its values were found does not count."""
    seen = (entry.title, entry.summary, entry.content_html, entry.published, entry.updated)
    shown = (*seen, entry.authors, entry.tags, entry.images, entry.section)
    return hashlib.sha256(repr(shown).encode("utf-8", "replace")).hexdigest()


def decide(stored: StoredEntry | None, entry: Entry, now: datetime) -> Change:
    """Whether ``entry`` is new, changed or the same as the stored one."""
    if stored is None:
        return Change.NEW
    return Change.SAME if stored.content_hash == content_hash(entry) else Change.CHANGED
