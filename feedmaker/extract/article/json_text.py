"""JSON as it really stands in script elements: read strictly first, then mended step by step."""

from __future__ import annotations

import html
import json
import re
from typing import TypeAlias

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"

_WRAPPING = re.compile(
    r"^\s*(?:<!--|<!\[CDATA\[|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|(?://\s*|/\*\s*)?\]\]>(?:\s*\*/)?)\s*;?\s*$"
)
# A string, a comment, or a comma before a closing bracket; strings are matched first so that they stay as they are.
_TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")|/\*.*?\*/|//[^\n]*|,(?=\s*[}\]])', re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_DECODER = json.JSONDecoder(strict=False)  # control characters in strings are let through


def loads(text: str) -> Json:
    """Read JSON text, mending comments, trailing commas, control characters, entities and double encoding.

    Text that cannot be mended gives None; this never raises.
    """
    for mend in (_as_it_is, _unwrapped, _tidied, _unescaped):
        mended = mend(text)
        value = _decode(mended)
        if isinstance(value, str):  # JSON within a JSON string
            value = _decode(value)
        if isinstance(value, dict | list):
            return value
    return None


def _decode(text: str) -> Json:
    try:
        value: Json = _DECODER.raw_decode(text.lstrip("\ufeff \t\r\n\0;"))[0]
    except (ValueError, RecursionError):
        return None
    return value


def _as_it_is(text: str) -> str:
    return text


def _unwrapped(text: str) -> str:
    return _WRAPPING.sub("", _WRAPPING.sub("", text))


def _tidied(text: str) -> str:
    text = _TOKEN.sub(lambda match: match[1] or "", _unwrapped(text))
    return _BAD_ESCAPE.sub(r"\\\\", text)


def _unescaped(text: str) -> str:
    return _tidied(html.unescape(text))
