"""Plain text that a reader might take for HTML, and how each format says what it is."""

from __future__ import annotations

import re
from html import escape, unescape
from html.entities import name2codepoint

# Languages and scripts that are written from right to left (ISO 639, ISO 15924).
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
_SCRIPTS = frozenset({"arab", "hebr", "nkoo", "syrc", "thaa"})
_REFERENCE = re.compile(r"&(#?\w+)")


def escaped(plain: str) -> str:
    """Plain text as HTML."""
    return escape(plain, quote=False)


def typed(plain: str) -> tuple[str, str | None]:
    """Plain text for an element that may declare its type: escaped as HTML, and so declared, if it looks like HTML."""
    return (escaped(plain), "html") if _looks_like_html(plain) else (plain, None)


def _looks_like_html(plain: str) -> bool:
    """Whether an HTML parser would read the text as something else, or the W3C validator takes it for HTML.

    References need no semicolon for either: "sin&theta", "3&4".
    """
    if "&" not in plain:
        return "<" in plain
    names = _REFERENCE.findall(plain)
    return "<" in plain or unescape(plain) != plain or any(_may_be_reference(name) for name in names)


def _may_be_reference(name: str) -> bool:
    return name in name2codepoint or not name.isalpha()


def untyped(plain: str) -> str:
    """Plain text for an RSS element that cannot declare its type.

    Readers take such a text for HTML: FreshRSS when it looks like it, Miniflux always, and NetNewsWire drops what
    follows a "<" even where no tag does. So a text with "<" is escaped as HTML. A lone "&" is not: it comes out right
    in all of them, and in readers that take the text as it is.
    """
    return escaped(plain) if "<" in plain else plain


def paragraphs(plain: str) -> str:
    """Plain text as HTML, one ``<p>`` for each run of lines."""
    parts = (part.strip() for part in plain.split("\n\n"))
    return "".join(f"<p>{escaped(part)}</p>" for part in parts if part)


def direction(language: str | None) -> str:
    """The direction in which a language is written: rtl, ltr, or auto where the language is not known.

    A script of its own in the tag decides: ``az-Arab`` and ``ks-Deva``.
    """
    if not language:
        return "auto"
    first, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    return "rtl" if (script in _SCRIPTS if script else first in _RIGHT_TO_LEFT) else "ltr"
