"""Plain text that a reader might take for HTML, and how each format says what it is."""

from __future__ import annotations

import re
from html import escape

_TAG = re.compile(r"</?[A-Za-z!]")
_TAG_OR_ENTITY = re.compile(r"</?[A-Za-z!]|&#?\w+;")


def escaped(plain: str) -> str:
    """Plain text as HTML."""
    return escape(plain, quote=False)


def typed(plain: str) -> tuple[str, str | None]:
    """Plain text for an element that may declare its type: escaped as HTML, and so declared, if it looks like HTML."""
    return (escaped(plain), "html") if _TAG_OR_ENTITY.search(plain) else (plain, None)


def untyped(plain: str) -> str:
    """Plain text for an RSS element that cannot declare its type.

    Readers decode such a text once more as HTML (Miniflux twice, FreshRSS when it looks like HTML), so that tags in a
    title would vanish; these are escaped for that. A lone "&" or an entity is not: it comes out right either way.
    """
    return escaped(plain) if _TAG.search(plain) else plain


def paragraphs(plain: str) -> str:
    """Plain text as HTML, one ``<p>`` for each run of lines."""
    parts = (part.strip() for part in plain.split("\n\n"))
    return "".join(f"<p>{escaped(part)}</p>" for part in parts if part)
