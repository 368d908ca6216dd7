"""Dates that are told from the moment of reading: "2 hours ago", "gestern, 19:40", "3小时前"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise

from feedmaker.normalize.dates.moment import Moment
from feedmaker.normalize.dates.visible import without_clock
from feedmaker.normalize.dates.words import (
    ago_phrases,
    ago_words,
    attached_units,
    day_words,
    now_words,
    two_of,
    unit_of,
)

_TOKEN = re.compile(r"\d+|[^\s\d,.;:|()/•·–—\[\]\"+]+")
_ONE = """a an one ein eine einer einem un una une uno um uma een één en ett et jeden jednu jedną jedna один одну
    одна egy bir o یک एक μία μια ένα"""
_ONES = frozenset(_ONE.split())
_BETWEEN = frozenset(("de", "and", "und", "y", "e", "og", "och", "i", "и", "ve"))
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_FEW_WORDS = 6
_THAI_AGO = re.compile("ที่(?:แล้ว|ผ่านมา)")  # written behind its unit without a space


def read_relative(text: str, now: datetime) -> Moment | None:
    """The moment that a text tells by its distance from ``now``, which is aware and in the zone of its reader.

    Hours and less give a time to the minute; days and more give a day alone, months and years an estimate of it.
    """
    folded = text.casefold()
    if _is_now(folded):
        return Moment(now.replace(second=0, microsecond=0), has_time=True)
    if distance := _distance(folded):
        return _before(now, *distance)
    return _named_day(text, now)


def is_within_a_day(text: str) -> bool:
    """Whether a text tells a distance in hours or less, so that it says a time and not only a day."""
    folded = text.casefold()
    distance = _distance(folded)
    return _is_now(folded) or (distance is not None and distance[1] > 0)


def says_ago(text: str) -> bool:
    """Whether a text in lower case has a word for a distance into the past, in any language."""
    return not ago_words().isdisjoint(_TOKEN.findall(text)) or any(phrase in text for phrase in ago_phrases())


def _is_now(text: str) -> bool:
    """Whether a text in lower case says that something has come just now, and nothing else."""
    return text.strip(" .!") in now_words()


def is_distance(text: str) -> bool:
    """Whether a text in lower case tells a distance into the past and nothing else: "an hour ago", "just now"."""
    return _is_now(text) or (says_ago(text) and _distance(text) is not None)


def is_attached(text: str) -> bool:
    """Whether a text in lower case tells a distance in a script that leaves no spaces, such as "3天前"."""
    return _attached(text) is not None


def _before(now: datetime, days: int, seconds: int) -> Moment | None:
    try:
        at = now - timedelta(days=days, seconds=seconds)
    except OverflowError:
        return None
    if seconds:
        return Moment(at.replace(second=0, microsecond=0), has_time=True)
    return Moment(at.replace(hour=0, minute=0, second=0, microsecond=0), has_time=False)


def _distance(text: str) -> tuple[int, int] | None:
    """Days and seconds that a text in lower case says to have passed."""
    text = _THAI_AGO.sub(r" \g<0>", text)
    return _attached(text) or (_summed(text) if says_ago(text) else None)


@cache
def _attached_pattern() -> re.Pattern[str]:
    return re.compile(rf"(\d+)\s?({'|'.join(attached_units())})\s?(?:之前|以前|前|전)")


def _attached(text: str) -> tuple[int, int] | None:
    if text.isascii() or not (found := _attached_pattern().search(text)):
        return None
    return _measured(int(found[1]), attached_units()[found[2]])


def _measured(count: int, unit: str) -> tuple[int, int]:
    return count * _DAYS.get(unit, 0), count * _SECONDS.get(unit, 0)


def _summed(text: str) -> tuple[int, int] | None:
    """The first run of numbers with their units; a unit alone beside a word for the past counts once."""
    tokens = [token for token in _TOKEN.findall(text) if token not in _BETWEEN or token in _ONES]
    days = seconds = 0
    for count, word in pairwise(tokens):
        unit = unit_of(word, text) if count.isdigit() or count in _ONES else None
        if unit:
            more = _measured(int(count) if count.isdigit() else 1, unit)
            days, seconds = days + more[0], seconds + more[1]
        elif (days or seconds) and not unit_of(count, text):
            break
    if days or seconds:
        return days, seconds
    if two := next((two_of()[token] for token in tokens if token in two_of()), None):
        return _measured(2, two) if len(tokens) == 2 else None
    units = [unit for token in tokens if token not in ago_words() and (unit := unit_of(token, text))]
    return _measured(1, units[0]) if len(units) == 1 and len(tokens) == 1 + len(units) else None


def _named_day(text: str, now: datetime) -> Moment | None:
    """Today, yesterday or the day before, in any language, with the time beside it if there is one."""
    tokens = _TOKEN.findall(text.casefold())
    for at, token in enumerate(tokens):
        distance = day_words().get(token, day_words().get(" ".join(tokens[at : at + 2])))
        if distance is None or (at and len(tokens) > _FEW_WORDS):
            continue
        clock, zone, _ = without_clock(text)
        day = (now + timedelta(days=distance)).replace(hour=0, minute=0, second=0, microsecond=0)
        if clock is None:
            return Moment(day, has_time=False)
        return Moment(datetime.combine(day, clock, tzinfo=zone or now.tzinfo), has_time=True)
    return None
