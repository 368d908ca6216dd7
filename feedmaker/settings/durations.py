"""Durations as people write them: ``90s``, ``15m``, ``6h``, ``90d``, ``1h30m``."""

from __future__ import annotations

import re
from datetime import timedelta

from feedmaker.settings.invalid import Invalid, describe, require_text

UNITS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
PATTERN = "^(?=.)" + "".join(f"([0-9]{{1,7}}{unit})?" for unit in UNITS) + "$"
DURATION = re.compile(PATTERN)
PART = re.compile(r"([0-9]+)([dhms])")
WORDS = re.compile(r"([0-9]{1,7})\s*(d|h|m|s)[a-z]*[\s,]*")  # 30 minutes, 1h 30m, 15 min
EXPECTED = "a duration such as 30s, 15m, 6h or 1h30m"
LONGEST = timedelta(days=3650)


def parse_duration(value: object, minimum: timedelta = timedelta(0), maximum: timedelta = LONGEST) -> timedelta:
    """Read a duration; raises Invalid for a bare number, for what is no duration, and for one beyond the bounds."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        raise Invalid(f"Expected {EXPECTED}, found the number {value} without a unit.", _with_units(str(value)))
    text = require_text(value, EXPECTED)
    if not DURATION.fullmatch(text):
        raise Invalid(f"Expected {EXPECTED}, found {describe(text)}.", _suggest(text))
    duration = timedelta(seconds=sum(int(number) * UNITS[unit] for number, unit in PART.findall(text)))
    if not minimum <= duration <= maximum:
        bounds = f"from {format_duration(minimum)} to {format_duration(maximum)}"
        raise Invalid(f"Expected a duration {bounds}, found {text}.")
    return duration


def format_duration(duration: timedelta) -> str:
    """The shortest form of a duration that ``parse_duration`` reads: ``1h30m``; parts of a second are left out."""
    rest, parts = int(duration.total_seconds()), []
    for unit, seconds in UNITS.items():
        count, rest = divmod(rest, seconds)
        if count:
            parts.append(f"{count}{unit}")
    return "".join(parts) or "0s"


def _with_units(number: str) -> str | None:
    return f"Write {number}s or {number}m." if number.isdecimal() else None


def _suggest(text: str) -> str | None:
    """What was probably meant: 30 minutes is 30m, PT15M is 15m, and 30 lacks its unit."""
    plain = text.strip().lower().removeprefix("p").replace("t", "", 1) if text[:1] in "pP" else text.strip().lower()
    if plain.isdecimal():
        return _with_units(plain)
    if not re.fullmatch(f"(?:{WORDS.pattern})+", plain):
        return None
    meant = "".join(number + unit for number, unit in WORDS.findall(plain))
    return f"Write {meant}." if DURATION.fullmatch(meant) else None
