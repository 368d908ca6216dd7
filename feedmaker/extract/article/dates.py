"""Which of a page's dates says most: a moment with its zone before one without, and any moment before a mere day."""

from __future__ import annotations

import re

from feedmaker.model import Candidate, RawDate

_MOMENT = re.compile(r"\d{1,2}:\d\d|T\d{4}|^\d{10,13}$")
_MIDNIGHT = re.compile(r"T00:00(?::00)?(?:\.0+)?(?!:?\d)")
_ZONE = re.compile(r"(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\s*$|^\d{10,13}$", re.IGNORECASE)


_UNIX = 1e8  # seconds: numbers below are years or days


def in_order(run: tuple[Candidate[RawDate], ...]) -> tuple[Candidate[RawDate], ...]:
    """The candidates with those that lack a time or a zone behind those that have them; else as they were."""
    return tuple(sorted(run, key=lambda candidate: _lacks(candidate.value)))


def is_exact(value: RawDate) -> bool:
    """Whether a date tells a moment and its zone, so that no other one is needed."""
    return _lacks(value) == 0


def _lacks(value: RawDate) -> int:
    if isinstance(value, int | float):
        return 0 if _UNIX < value < _UNIX * 1e6 else 3
    text = value if isinstance(value, str) else value.isoformat()
    if not _MOMENT.search(text):
        return 3
    if _MIDNIGHT.search(text):
        return 2
    return 0 if _ZONE.search(text) else 1
