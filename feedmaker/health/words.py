"""Numbers and times in words for people."""

from __future__ import annotations

from datetime import timedelta


def span(time: timedelta) -> str:
    """A duration in its largest fitting unit: 45 s, 12 min, 5 h, 3 d."""
    seconds = time.total_seconds()
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= size:
            return f"{int(seconds // size)} {unit}"
    return f"{max(0, int(seconds))} s"


def count(number: int, one: str, many: str) -> str:
    """A number of things: 1 entry, 2 entries."""
    return f"{number} {one if number == 1 else many}"
