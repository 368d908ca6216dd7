"""Regular expressions, words and templates in settings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import regex

from feedmaker.model import Field
from feedmaker.settings.invalid import Invalid, describe, did_you_mean, reason, require_text

LONGEST = 1000  # characters
LARGEST = 100_000  # parts of a pattern with its repeats written out, as `regex` compiles them: about 30 MB
REPEAT = re.compile(r"(\)\s*)?\{\s*([0-9]*)\s*(?:,\s*([0-9]*)\s*)?\}")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
SCRIPTS = ("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan")
UNSPACED = "".join(rf"\p{{scx={script}}}" for script in SCRIPTS)
BOUND_AT_START = regex.compile(rf"(?V1)[\w--[{UNSPACED}]]")
BOUND_AT_END = regex.compile(rf"(?V1)[\w--[{UNSPACED}\p{{scx=Hangul}}]]$")
ESCAPES = "Put a backslash before a character that means itself: . * + ? ( ) [ ] { } | ^ $"


def parse_pattern(value: object) -> str:
    """Check a regular expression of the ``regex`` library; raises Invalid."""
    text = require_text(value, "a regular expression")
    if not text or len(text) > LONGEST:
        raise Invalid(f"Expected a regular expression of 1 to {LONGEST} characters, found {describe(text)}.")
    if _size(text) > LARGEST:
        raise Invalid(f"The regular expression {describe(text)} repeats too much.", "Use smaller numbers in {}.")
    _compile(text)
    return text


def pattern_of_words(words: Iterable[str]) -> str:
    """A regular expression that finds any of these words as a whole, in capitals or not.

    A word may be several ones. In scripts that put no space between words, or add endings to them without one, a word
    is found within a run of letters as well.
    """
    return f"(?if)(?:{'|'.join(_whole(word) for word in words)})"


def _whole(word: str) -> str:
    parts = unicodedata.normalize("NFC", word).split()
    before = r"(?<!\w)" if BOUND_AT_START.match(parts[0]) else ""
    after = r"(?!\w)" if BOUND_AT_END.search(parts[-1]) else ""
    return before + r"\s+".join(regex.escape(part, literal_spaces=True) for part in parts) + after


def _size(text: str) -> int:
    """An upper bound of a pattern's parts: what is repeated adds up, and what is repeated as a group multiplies."""
    parts, factor = len(text), 1
    for group, least, most in REPEAT.findall(text):
        count = max(int(least[:9] or 1), int(most[:9] or 1))
        if group:
            factor *= max(count, 1)
        else:
            parts += count
    return parts * factor


@lru_cache(maxsize=256)
def _compile(text: str) -> None:
    try:
        regex.compile(text)
    except (regex.error, ValueError, RecursionError) as error:
        message = f"Expected a regular expression, found {describe(text)}: {reason(error)}."
        raise Invalid(message, ESCAPES) from error


def parse_template(value: object) -> str:
    """Check a template whose placeholders name fields, ``https://example.org/{url}``; raises Invalid.

    Other braces are refused: they would be placeholders that were mistyped.
    """
    text = require_text(value, "a template such as https://example.org/{url}")
    names = PLACEHOLDER.findall(text)
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        raise Invalid(f"The template {describe(text)} has a brace that encloses no name.", "Write {title}.")
    if not names:
        raise Invalid(f"The template {describe(text)} names no field.", "Use `constant` for a text that never changes.")
    for name in names:
        if name not in list(Field):
            found = describe("{" + name + "}")
            raise Invalid(f"The template names {found}, which is no field.", did_you_mean(name, list(Field)))
    return text
