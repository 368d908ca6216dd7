"""Whether 03/04 is in March or in April: decided by all dates of a page or list together, never by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple

from feedmaker.normalize.dates.moment import GRACE

_THREE = re.compile(r"(\d(?<![\d.]\d)\d?)\s?([-/.])\s?(\d{1,2})\s?[-/.]\s?(\d{4}|\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")  # says its order itself (ISO 8601)
_MONTH_FIRST = frozenset(("en-US", "en-PH", "fil", "fil-PH"))  # CLDR short dates
_ENOUGH = 3  # dates, before what varies among them tells anything


class _Numbers(NamedTuple):
    first: int
    second: int
    year: int
    separator: str

    def day(self, *, day_first: bool) -> date | None:
        month, day = (self.second, self.first) if day_first else (self.first, self.second)
        try:
            return date(self.year, month, day)
        except ValueError:
            return None


def day_first_of(raws: Iterable[str], languages: tuple[str, ...] = (), now: datetime | None = None) -> bool | None:
    """Whether the day stands before the month in dates such as 03/04/2025; None if nothing tells.

    A number above 12 decides; then that one of the two stays the same while the other counts through the days of a
    month; then that one order leads into the future; then, on pages whose language is written in many places (``en``
    alone), that one of the orders alone gives a list by time; else the page's language.
    """
    texts = [raw for raw in dict.fromkeys(raws) if not _YEAR_FIRST.match(raw)]
    numbers = list(dict.fromkeys(each for text in texts for each in _numbers(text)))
    first_too_big = sum(each.first > 12 for each in numbers)
    second_too_big = sum(each.second > 12 for each in numbers)
    if first_too_big != second_too_big:
        return first_too_big > second_too_big
    firsts, seconds = {each.first for each in numbers}, {each.second for each in numbers}
    if len({each[:2] for each in numbers}) >= _ENOUGH and min(len(firsts), len(seconds)) == 1:
        return len(firsts) > 1
    usual = _usual(languages)
    slashed = [each for each in numbers if each.separator == "/"]  # 03.04. and 03-04 have the day first
    told = _by_the_future(slashed, now, usual) if now else None
    return _by_time(slashed) if told is None and usual is None else usual if told is None else told


def _numbers(raw: str) -> Iterable[_Numbers]:
    for first, separator, second, year in _THREE.findall(raw):
        yield _Numbers(int(first), int(second), int(year) + (2000 if len(year) == 2 else 0), separator)


def _by_the_future(numbers: Sequence[_Numbers], now: datetime, usual: bool | None) -> bool | None:
    """The order in which no date is still to come, where the other has some.

    Against the usual order of its language a list must have several: one may be that of an event.
    """
    latest = (now + GRACE).date()
    to_come = {
        day_first: sum(day > latest for each in numbers if (day := each.day(day_first=day_first)))
        for day_first in (True, False)
    }
    if all(to_come.values()) or not any(to_come.values()):
        return None
    day_first = not to_come[True]
    is_enough = usual in (None, day_first) or (to_come[not day_first] >= 2 and len(numbers) >= _ENOUGH)
    return day_first if is_enough else None


def _by_time(numbers: Sequence[_Numbers]) -> bool | None:
    """The one order in which the dates stand by time, the newest or the oldest first."""
    if len(numbers) < _ENOUGH:
        return None
    fitting = [day_first for day_first in (True, False) if _stand_by_time(numbers, day_first=day_first)]
    return fitting[0] if len(fitting) == 1 else None


def _stand_by_time(numbers: Sequence[_Numbers], *, day_first: bool) -> bool:
    days = [each.day(day_first=day_first) for each in numbers]
    known = [day for day in days if day]
    steps = {later > earlier for earlier, later in pairwise(known)}
    return len(known) == len(days) and len(steps) == 1


def _usual(languages: tuple[str, ...]) -> bool | None:
    if not languages or languages[0] == "en":
        return None
    return languages[0] not in _MONTH_FIRST


def is_ambiguous(text: str) -> bool:
    """Whether a date in the text can be read in both orders."""
    return any(each.first <= 12 and each.second <= 12 for each in list(_numbers(text))[:1])
