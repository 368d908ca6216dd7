"""Dates as people read them on a page: numbers in any order, or the name of a month in any of many languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, tzinfo
from itertools import takewhile

from feedmaker.normalize.dates.moment import GRACE, Moment, clock_of, moment_of
from feedmaker.normalize.dates.words import month_of
from feedmaker.normalize.dates.zones import zone_after

CLOCK = re.compile(
    r"(?P<east>午前|上午|오전|午後|下午|오후|晚上)?\s?(?<![\d:./-])(?P<hour>[01]?\d|2[0-4])"
    r"(?:\s?[:h時时시]\s?(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?(?!\d|:\d)\s?[分분]?|(?=\s?[ap]\.?m\b))"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?(?P<length>\s?(?:min|sec|sek|мин)\b)?",
    re.IGNORECASE,
)
# What every time has, so that a date without one is not looked through letter by letter.
_CLOCK_MARK = re.compile(r"\d\s?(?:[:h時时시]|[ap]\.?m)", re.IGNORECASE)
# 18.52 is a time only with a word for it, or behind a day and at the end.
_DOTTED_CLOCK = re.compile(r"(?<![\d.])([01]?\d|2[0-4])\.([0-5]\d)(?![\d.])")
_BEFORE_CLOCK = re.compile(r"(?:\b(?:kl|klo|kello|um|at|ore|alle|às)\.?|[|,–—-]|\d{4})\s$", re.IGNORECASE)
_AFTER_CLOCK = re.compile(r"\s?(?:uhr|h)\b", re.IGNORECASE)
_YEAR_FIRST = re.compile(
    r"((?:19|20|25)(?<![\d.]\d\d)\d\d)\s?(?:[-/.年]|년)\s?(\d{1,2})\s?(?:[-/.月]|월)\s?(\d{1,2})(?!\d)"
)
_THREE_NUMBERS = re.compile(r"(\d(?<![\d.]\d)\d?)\s?([-/.‑–])\s?(\d{1,2})\s?\2\s?(\d{4}|\d\d)(?!\d)")
_ERA = re.compile(r"(令和|平成|昭和|民國|民国)\s?(元|\d{1,3})年\s?(\d{1,2})月\s?(\d{1,2})日")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_EAST_DAY = re.compile(r"(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s*,|\s+năm|\s*/)?\s*(\d{4})", re.IGNORECASE)
_DOTTED_DAY = re.compile(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.(?!\s?\d)")
_SLASHED_DAY = re.compile(r"[^\d/]*(\d{1,2})[/.](\d{1,2})[^\d/]*")
_TOKEN = re.compile(r"\d+|[^\s\d,.;:|()/\\•·–—\[\]\"'’`_+-]{2,}", re.UNICODE)
_YEAR_ANYWHERE = re.compile(r"(?<!\d)20\d\d(?!\d)")
_COUNT = re.compile(r"\(\d+\)")  # how many entries an archive has of a month
_YEAR = re.compile(r"(?:19|20|25)\d\d$")
# Words that may stand between a day, its month and the year.
_FILLERS = frozenset(
    ("de", "del", "of", "st", "nd", "rd", "th", "er", "eme", "ος", "η", "dne", "gada", "the", "day", "año", "an", "พ.ศ")
)
_YEAR_FIRST_LANGUAGES = ("ko", "ja", "zh", "hu", "lt", "sv", "fa", "mn")
_BUDDHIST_ERA = 543
_NEIGHBOURS = 3
_FEW_WORDS = 4  # longer texts without a year only happen to hold a number beside a word
_SHORT_TEXT = 25


@dataclass(frozen=True, slots=True)
class Reader:
    """What helps to read an ambiguous date: when it is read, the page's languages, its order of day and month."""

    now: datetime
    languages: tuple[str, ...] = ()
    day_first: bool | None = None


def read_visible(text: str, reader: Reader) -> Moment | None:
    """The first date in a short text, with the time that stands beside it; None if there is none."""
    clock, zone, rest = without_clock(text)
    parts = _by_numbers(rest, reader) or _by_month(rest, reader) or _without_year(rest, reader, has_clock=bool(clock))
    return moment_of(*parts, clock, zone) if parts else None


def month_first(reader: Reader) -> bool:
    """Whether 03/04 is the fourth of March as far as the page's language tells (CLDR; en alone is American)."""
    if reader.day_first is not None:
        return not reader.day_first
    return not reader.languages or reader.languages[0] in ("en", "en-US", "fil", "en-PH")


def without_clock(text: str) -> tuple[time | None, tzinfo | None, str]:
    """The first time of day in a text, the zone behind it, and the text without both."""
    for found in CLOCK.finditer(text) if _CLOCK_MARK.search(text) else ():
        if found["length"]:
            continue  # how long a video is
        half = found["half"] or ("p" if found["east"] in ("午後", "下午", "오후", "晚上") else found["east"] and "a")
        hour = int(found["hour"])
        clock = clock_of(hour % 24, int(found["minute"] or 0), int(found["second"] or 0), half if hour <= 12 else None)
        return clock, zone_after(text, found.end()), text[: found.start()] + " " + text[found.end() :]
    for found in _DOTTED_CLOCK.finditer(text):
        before, after = text[: found.start()], text[found.end() :]
        if _AFTER_CLOCK.match(after) or (_BEFORE_CLOCK.search(before) and not after.strip(" )")):
            return clock_of(int(found[1]) % 24, int(found[2])), None, f"{before} {after}"
    return None, None, text


def _by_numbers(text: str, reader: Reader) -> tuple[int, int, int] | None:
    is_ascii = text.isascii()
    if not is_ascii and (found := _ERA.search(text)):
        year = _ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
        return year, int(found[3]), int(found[4])
    if found := _YEAR_FIRST.search(text):
        return _common_era(int(found[1])), int(found[2]), int(found[3])
    if not is_ascii and (found := _VIETNAMESE.search(text)):
        return int(found[3]), int(found[2]), int(found[1])
    for found in _THREE_NUMBERS.finditer(text):
        if parts := _ordered(int(found[1]), int(found[3]), found[4], found[2], reader):
            return parts
    return None


def _ordered(first: int, second: int, third: str, separator: str, reader: Reader) -> tuple[int, int, int] | None:
    """Year, month and day of three numbers of which the last or, with two digits each, the first may be the year."""
    language = reader.languages[0][:2] if reader.languages else ""
    if len(third) == 2 and (first > 31 or (language in _YEAR_FIRST_LANGUAGES and second <= 12)):
        return _full_year(first, reader), second, int(third)
    year = _common_era(int(third)) if len(third) == 4 else _full_year(int(third), reader)
    is_month_first = second > 12 or (first <= 12 and separator == "/" and month_first(reader))
    if reader.day_first is False and first <= 12:
        is_month_first = True
    month, day = (first, second) if is_month_first else (second, first)
    return (year, month, day) if month <= 12 and day <= 31 else None


def _full_year(short: int, reader: Reader) -> int:
    return short + (2000 if short <= reader.now.year % 100 + 1 else 1900)


def _common_era(year: int) -> int:
    return year - _BUDDHIST_ERA if year > 2400 else year


def _by_month(text: str, reader: Reader) -> tuple[int, int, int] | None:
    """A day with the name of its month: D month Y, month D Y, Y month D or Y D month; the year may be missing."""
    tokens = [
        token
        for token in _TOKEN.findall(_COUNT.sub(" | ", text.casefold()) if "(" in text else text.casefold())
        if token not in _FILLERS
    ]
    for at, word in enumerate(tokens):
        if word.isdigit() or not (month := month_of(word, reader.languages)):
            continue
        if word == "ago" and not _YEAR_ANYWHERE.search(text):
            continue  # August in Italian, Spanish and Portuguese
        before = _numbers(tokens[:at][: -_NEIGHBOURS - 1 : -1])
        after = _numbers(tokens[at + 1 : at + 1 + _NEIGHBOURS])
        year, day = _year_and_day(before, after, reader)
        if day and year:
            return year, month, day
        if day and len(tokens) <= _FEW_WORDS:
            return _latest_year(month, day, reader), month, day
    return None


def _numbers(neighbours: list[str]) -> list[str]:
    """The numbers next to a month, nearest first, up to the first word."""
    return list(takewhile(str.isdigit, neighbours))


def _year_and_day(before: list[str], after: list[str], reader: Reader) -> tuple[int | None, int | None]:
    """Year and day out of the numbers before and after the name of a month; either may be missing."""
    if before and _is_day(before[0]):
        if after and _YEAR.match(after[0]):
            return _common_era(int(after[0])), int(before[0])
        if len(before) > 1 and _YEAR.match(before[1]):
            return int(before[1]), int(before[0])
        short = int(after[0]) if after and len(after[0]) == 2 else None
        return (None if short is None else _full_year(short, reader)), int(before[0])
    if after and _is_day(after[0]):
        if before and _YEAR.match(before[0]):
            return int(before[0]), int(after[0])
        return next((int(number) for number in after[1:] if _YEAR.match(number)), None), int(after[0])
    return None, None


def _is_day(token: str) -> bool:
    return len(token) <= 2 and 1 <= int(token) <= 31


def _without_year(text: str, reader: Reader, *, has_clock: bool) -> tuple[int, int, int] | None:
    """Day and month in numbers alone, in the last year in which that day has been."""
    if found := _EAST_DAY.search(text):
        month, day = int(found[1]), int(found[2])
    elif len(dotted := _DOTTED_DAY.findall(text)) == 1 and len(text) <= _SHORT_TEXT:
        day, month = (int(number) for number in dotted[0])
    elif has_clock and (found := _SLASHED_DAY.fullmatch(text)):
        first, second = int(found[1]), int(found[2])
        month, day = (first, second) if second > 12 or (first <= 12 and month_first(reader)) else (second, first)
    else:
        return None
    return _latest_year(month, day, reader), month, day


def _latest_year(month: int, day: int, reader: Reader) -> int:
    tomorrow = reader.now + GRACE
    return reader.now.year - ((month, day) > (tomorrow.month, tomorrow.day) and tomorrow.year == reader.now.year)
