"""The pictures of a srcset: one picture in several widths."""

from __future__ import annotations

import re
from dataclasses import dataclass

EMBEDDED = ("data:", "blob:", "about:")  # addresses that hold a picture, or stand for one until scripts have run
_CANDIDATE = re.compile(r"(\S+)(?:\s+(\d{1,5}(?:\.\d{1,3})?)([wxh]))?\s*,?")
_WIDEST = 2_000  # pixels: wider renditions are for printing
_LONGEST = 20_000  # characters of a srcset


@dataclass(frozen=True, slots=True)
class Rendition:
    """One of the addresses of a picture, and its width in pixels where that is told."""

    url: str
    width: int | None = None


def widest(srcset: str) -> Rendition | None:
    """The widest picture in a srcset (HTML Standard, 4.8.4.2.1) that is not beyond any screen."""
    found = [
        (float(match[2]) * (1000 if match[3] == "x" else 1) if match[2] else 1.0, match[3], url)
        for match in _CANDIDATE.finditer(srcset[:_LONGEST])
        if (url := match[1].strip(",")) and not url.startswith(EMBEDDED)
    ]
    fitting = [offer for offer in found if offer[0] <= _WIDEST] or found[:1]
    if not fitting:
        return None
    width, unit, url = max(fitting, key=lambda offer: offer[0])
    return Rendition(url, int(width) if unit == "w" else None)
