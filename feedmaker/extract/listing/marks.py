"""Services known by what they leave in a page's source."""

from __future__ import annotations

import re
from collections.abc import Mapping


def service_of(marks: Mapping[str, str], source: str) -> str | None:
    """The first service whose mark, a regular expression, stands in the source; None if there is none."""
    return next((name for name, mark in marks.items() if re.search(mark, source, re.IGNORECASE)), None)
