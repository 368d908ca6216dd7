"""Dates in any form that pages write them, as aware datetimes.

Machine forms first (ISO 8601, Unix time), then numbers and month names, then distances such as "2 hours ago"; what
none of them reads goes to dateparser, which costs a thousand times as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from feedmaker.model import Candidate, RawDate
from feedmaker.normalize.context import Context
from feedmaker.normalize.dates.fallback import read_in_words
from feedmaker.normalize.dates.machine import read_machine, read_unix
from feedmaker.normalize.dates.moment import Moment, placed
from feedmaker.normalize.dates.order import day_first_of, is_ambiguous
from feedmaker.normalize.dates.relative import is_attached, is_distance, is_within_a_day, read_relative
from feedmaker.normalize.dates.visible import CLOCK, Reader, month_first, read_visible
from feedmaker.normalize.dates.words import day_words, month_of, spelled_out, telling_phrases, telling_words

__all__ = ["Moment", "day_first_of", "is_date_only", "looks_like_date", "parse_date", "parse_moment", "unread_date"]

_LONGEST = 120  # characters; a date with everything around it is shorter
# The first digit is looked back at, so that the search leaps from digit to digit.
_NUMERIC = re.compile(
    r"\d(?<!\d\d)(?:\d{0,3}\s?[-/.年월月]\s?\d{1,2}(?:\s?[-/.日일月]|$)|(?<=1)(?:\d{9}|\d{12})(?!\d))"
)
_DIGIT = re.compile(r"\d")
_FEW_WORDS = 5  # of a distance without a number: "il y a une heure"
_WORD = re.compile(r"[^\s\d,.;:|()/•·–—\[\]\"'’+-]+")
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:[.,]0+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?$")


def parse_date(
    raw: RawDate, context: Context, *, languages: tuple[str, ...] = (), day_first: bool | None = None
) -> datetime | None:
    """The aware moment that a raw date means; None if it is none, lies before 1990 or in the future (a day of grace).

    ``languages`` are BCP 47 tags, the page's own first; ``day_first`` is the order that other dates beside it have
    (``day_first_of``). A zone is taken from the date, then from the source, else it is UTC; a day alone is midnight.
    """
    moment = parse_moment(raw, context, languages=languages, day_first=day_first)
    return moment.at if moment else None


def parse_moment(
    raw: RawDate, context: Context, *, languages: tuple[str, ...] = (), day_first: bool | None = None
) -> Moment | None:
    """The same as ``parse_date``, and whether the date has a time: one with a time says more than a day alone."""
    if isinstance(raw, datetime):
        return placed(Moment(raw, has_time=True), context)
    if isinstance(raw, int | float):
        moment = None if isinstance(raw, bool) else read_unix(raw)
        return placed(moment, context) if moment else None
    if len(raw) > _LONGEST * 2:
        return None
    return _read(_tidied(raw), context, languages, day_first)


def unread_date(run: Iterable[Candidate[RawDate]]) -> str | None:
    """The text of the first candidate of a date, to show a person what no form fits; None if there is none."""
    texts = (" ".join(str(candidate.value).split()) for candidate in run)
    return next((text[:_LONGEST] for text in texts if text), None)


def is_date_only(raw: RawDate) -> bool:
    """Whether a raw date says a day without a time; midnight to the second is what systems write for no time."""
    if not isinstance(raw, str):
        return False
    text = _tidied(raw)
    if text.isdigit():
        return len(text) == 8
    return bool(_MIDNIGHT.search(text)) or not (CLOCK.search(text) or is_within_a_day(text))


@lru_cache(4096)  # extractors ask of one text in several places
def looks_like_date(text: str) -> bool:
    """Whether a short text seems to hold a date; cheap, for extractors that look for one. A time alone does not."""
    if len(text) > _LONGEST or not text or text.isspace():
        return False
    if _NUMERIC.search(text):
        return True
    folded = text.casefold() if text.isascii() else spelled_out(text).casefold()
    words = _WORD.findall(folded)
    if _DIGIT.search(text):
        return (
            not telling_words().isdisjoint(words)
            or bool(telling_phrases().search(folded))
            or is_attached(folded)
            or any(word[0] == "ב" and month_of(word) for word in words)
        )
    if not words or words[0] in day_words():
        return bool(words)
    phrase = telling_phrases().match(folded)
    return bool(phrase and phrase[0] in day_words()) or (len(words) <= _FEW_WORDS and is_distance(folded))


@lru_cache(256)  # what one page says; the next is read at another moment
def _read(text: str, context: Context, languages: tuple[str, ...], day_first: bool | None) -> Moment | None:
    if not text:
        return None
    if moment := read_machine(text):
        return placed(moment, context)
    reader = Reader(context.now, languages, day_first)
    moment = read_visible(text, reader)
    if moment and (read := placed(moment, context)):
        return read
    if moment:
        # The order was a guess and leads into the future: the other one, if it is one at all.
        other = read_visible(text, Reader(context.now, languages, month_first(reader))) if day_first is None else None
        return placed(other, context) if other and is_ambiguous(text) else None
    here = context.now.astimezone(context.timezone or UTC)
    moment = read_relative(text, here) or read_in_words(text, here, languages, day_first)
    return placed(moment, context) if moment else None


def _tidied(raw: str) -> str:
    """The text with plain spaces and ASCII digits, without what JSON or a template left around it."""
    text = " ".join(raw.split()).strip("\"'")[:_LONGEST]
    if text.isascii():
        return text
    text = spelled_out(text)
    return re.sub(r"\d", lambda digit: str(int(digit[0])), text.replace("：", ":"))
