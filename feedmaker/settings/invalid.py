"""What every check of a setting says when it refuses a value."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable

SECRET = frozenset({"headers", "cookies", "auth", "login", "body", "proxy", "state", "webhook", "password"})
"""Settings whose values no message repeats."""
NO_SOURCE = "There is no source."
LONGEST_SHOWN = 60  # characters of a value that a message repeats
LONGEST_COMPARED = 64  # no valid name is nearly as long, and comparing costs time by length


class Invalid(ValueError):
    """A value that a setting cannot have; ``hint`` is what to write instead, a sentence, if that is known."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


def describe(value: object) -> str:
    """A value as a message shows it: what kind it is, and what it says if it is short."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            shown = value if len(value) <= LONGEST_SHOWN else value[: LONGEST_SHOWN - 1] + "…"
            return json.dumps(shown, ensure_ascii=False)
        case dict():
            return "a mapping" if value else "an empty mapping"
        case list():
            return "a list" if value else "an empty list"
        case _:
            return f"the number {value}"


def kind_of(value: object) -> str:
    """What kind of value it is, for messages about values that must not be shown."""
    match value:
        case str():
            return "text"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case _:
            return describe(value)


def require_text(value: object, expected: str) -> str:
    """The value if it is text; raises Invalid with a hint to quote what YAML takes for a number or a truth value."""
    if isinstance(value, str):
        return value
    hint = f'Put it in quotes if it is meant as text: "{value}".' if isinstance(value, int | float) else None
    raise Invalid(f"Expected {expected}, found {describe(value)}.", hint)


def nearest(name: str, names: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The valid name that a mistyped one was probably meant to be; ``cutoff`` is how alike they must be, up to 1."""
    if len(name) > LONGEST_COMPARED:
        return None
    by_form = {_form(valid): valid for valid in names}
    close = difflib.get_close_matches(_form(name), by_form, n=1, cutoff=cutoff)
    return by_form[close[0]] if close else None


def reason(error: Exception) -> str:
    """What a library says is wrong, without its full stop."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return str(error).strip().rstrip(".") or type(error).__name__


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """A hint that names the nearest valid name, or all of them when none is near."""
    names = list(names)
    match = nearest(name, names)
    return f'Did you mean "{match}"?' if match else f"Valid here: {', '.join(names)}."


def _form(name: str) -> str:
    return name.strip().casefold().replace("-", "_").replace(" ", "_")
