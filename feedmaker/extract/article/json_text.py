"""JSON as it really stands in script elements: read strictly first, then mended step by step."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

LIMIT = 2_000_000  # characters of one block that are read; the largest on real pages has 600,000
_MANY = 100  # values in a row that are read
_LONG = 20_000  # characters of one value that is saved
_OPENINGS = ("<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "//", "\ufeff", "\0", ";")
# A string, a comment, or a comma before a closing bracket. Strings are matched first, so that they stay as they are;
# what is never closed runs to the end, so that no text is scanned twice.
_TOKEN = re.compile(
    r'("[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z))|/\*.*?(?:\*/|\Z)|//[^\n]*|<!--|-->|,(?=\s*[}\]])|([\[{]\s*),', re.DOTALL
)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_DECODER = json.JSONDecoder(strict=False)  # lets control characters in strings through
# Properties that are worth saving from a block that stays broken, and what may follow a value that is whole.
_PROPERTY = re.compile(
    r'"(headline|datePublished|dateModified|description|author|keywords|image|thumbnailUrl|articleSection|inLanguage'
    r'|publisher|isAccessibleForFree)"\s{0,9}:\s{0,9}'
)
_BEHIND = re.compile(r'\s{0,9}(?:[,}\]]|"@?\w+"\s{0,9}:|\Z)')


def blocks(text: str) -> Iterator[Json]:
    """The JSON values that a script's text holds, mended where they are broken; nothing for what cannot be saved.

    Mends comments, CDATA marks, trailing commas, control characters, bad escapes, entities, JSON within a JSON string
    and several values in a row. Never raises.
    """
    text = _unwrapped(text[:LIMIT])
    for mend in (_as_it_is, _tidied, _unescaped):
        values = list(_values(mend(text)))
        if values:
            yield from values
            return
    saved = dict(_saved(_tidied(text)))
    if "headline" in saved:
        yield {"@type": "Article", **saved}


def _saved(text: str) -> Iterator[tuple[str, Json]]:
    """The properties whose values can be read by themselves; the first of each name comes last, and so counts."""
    for match in reversed([*islice(_PROPERTY.finditer(text), _MANY)]):
        part = text[match.end() : match.end() + _LONG]
        try:
            value, end = _DECODER.raw_decode(part)
        except (ValueError, RecursionError):
            continue
        if _BEHIND.match(part, end):
            yield match[1], value


def _values(text: str) -> Iterator[Json]:
    """Objects and arrays in a row; the first that cannot be read ends the run."""
    at = 0
    for _ in range(_MANY):
        if at >= len(text):
            return
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        if isinstance(value, str):
            yield from _values(value.strip()) if value.lstrip().startswith(("{", "[")) else ()
        elif isinstance(value, dict | list):
            yield value
        at = _skip(text, at)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n,;":
        at += 1
    return at


def _unwrapped(text: str) -> str:
    text = text.strip()
    while opening := next((opening for opening in _OPENINGS if text.startswith(opening)), None):
        text = text[len(opening) :].lstrip()
    return text


def _as_it_is(text: str) -> str:
    return text


def _tidied(text: str) -> str:
    return _BAD_ESCAPE.sub(r"\\\\", _TOKEN.sub(lambda match: match[1] or match[2] or "", text))


def _unescaped(text: str) -> str:
    return _tidied(html.unescape(text))
