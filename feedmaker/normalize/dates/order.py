"""Whether 03/04 is in March or in April: decided by all dates of a page or list together, never by one."""

from __future__ import annotations

import re
from collections.abc import Iterable

_THREE = re.compile(r"(\d(?<![\d.]\d)\d?)\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(?:\d{4}|\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")  # says its order itself (ISO 8601)
_MONTH_FIRST = frozenset(("en-US", "en-PH", "fil", "fil-PH"))  # CLDR short dates
_ENOUGH = 3  # dates, before what varies among them tells anything


def day_first_of(raws: Iterable[str], languages: tuple[str, ...] = ()) -> bool | None:
    """Whether the day stands before the month in dates such as 03/04/2025; None if nothing tells.

    A number above 12 decides; then that one of the two stays the same while the other counts through the days of a
    month; then the page's own language, if it is written in one place only (``en`` alone is not).
    """
    texts = {raw for raw in raws if not _YEAR_FIRST.match(raw)}
    pairs = {(int(found[1]), int(found[2])) for text in texts for found in _THREE.finditer(text)}
    first_too_big = sum(first > 12 for first, _ in pairs)
    second_too_big = sum(second > 12 for _, second in pairs)
    if first_too_big != second_too_big:
        return first_too_big > second_too_big
    firsts, seconds = {first for first, _ in pairs}, {second for _, second in pairs}
    if len(pairs) >= _ENOUGH and min(len(firsts), len(seconds)) == 1:
        return len(firsts) > 1
    return _usual(languages)


def _usual(languages: tuple[str, ...]) -> bool | None:
    if not languages or languages[0] == "en":
        return None
    return languages[0] not in _MONTH_FIRST


def is_ambiguous(text: str) -> bool:
    """Whether a date in the text can be read in both orders."""
    found = _THREE.search(text)
    return found is not None and int(found[1]) <= 12 and int(found[2]) <= 12
