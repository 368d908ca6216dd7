"""Regular expressions and templates in settings."""

from __future__ import annotations

import string
import warnings
from functools import lru_cache

import regex

from feedmaker.model import Field
from feedmaker.settings.invalid import Invalid, describe, did_you_mean, require_text

LONGEST = 1000  # characters


def parse_pattern(value: object) -> str:
    """Check a regular expression of the ``regex`` library; raises Invalid."""
    text = require_text(value, "a regular expression")
    if not text or len(text) > LONGEST:
        raise Invalid(f"Expected a regular expression of 1 to {LONGEST} characters, found {describe(text)}.")
    _compile(text)
    return text


@lru_cache(maxsize=256)
def _compile(text: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # regex warns of sets whose meaning will change
            regex.compile(text)
    except (regex.error, FutureWarning, DeprecationWarning, RecursionError, OverflowError) as error:
        message = f"Expected a regular expression, found {describe(text)}: {error}."
        raise Invalid(
            message, "Put a backslash before characters that mean themselves: . * + ? ( ) [ ] { } | ^ $."
        ) from error


def parse_template(value: object) -> str:
    """Check a template whose placeholders name fields, ``https://example.org/{url}``; raises Invalid."""
    text = require_text(value, "a template such as https://example.org/{url}")
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError as error:
        raise Invalid(f"The template {describe(text)} cannot be read: {error}.", "Write {{ for a brace.") from error
    names = [(name, spec, conversion) for _, name, spec, conversion in parts if name is not None]
    if not names:
        raise Invalid(f"The template {describe(text)} names no field.", "Use `constant` for a text that never changes.")
    for name, spec, conversion in names:
        if name not in list(Field) or spec or conversion:
            found = f"{{{name}{'!' + conversion if conversion else ''}{':' + spec if spec else ''}}}"
            raise Invalid(f"The template names {describe(found)}, which is no field.", did_you_mean(name, list(Field)))
    return text
