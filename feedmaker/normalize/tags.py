"""Raw tags -> tags."""

from __future__ import annotations

import re

from feedmaker.normalize.text import plain

_SEPARATORS = re.compile(r"[,;|\n]")


def tags(raw: tuple[str, ...]) -> tuple[str, ...]:
    """The tags of a group, in its order, each once."""
    found: dict[str, str] = {}
    for text in raw:
        for part in _SEPARATORS.split(text):
            tag = plain(part)
            if tag:
                found.setdefault(tag.casefold(), tag)
    return tuple(found.values())
