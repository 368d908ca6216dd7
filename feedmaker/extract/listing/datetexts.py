"""The texts of elements that seem to be dates."""

from __future__ import annotations

import re
from collections.abc import Container
from itertools import chain

from lxml.html import HtmlElement

from feedmaker.extract.listing.places import Sign
from feedmaker.extract.listing.texts import own_text, text_of
from feedmaker.normalize.dates import looks_like_date

_DATE = int(Sign.DATE)
_LONGEST = 80  # characters
_LONGEST_ALONE = 40  # characters of a date and what stands around it
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+")
_PARTS = 4  # elements in which a leaf of a calendar shows its date
_NO_PARTS = frozenset(("a", "script", "style", "svg", "img", "time"))
_LONGEST_LEAF = 30  # characters of all of them


def date_text(element: HtmlElement, signs: int, titles: Container[str]) -> str | None:
    """The text of an element that seems to be a date: all of it where it is named a date or shows day, month and year
    in elements of their own, else its own."""
    if not len(element):
        if not (signs & _DATE or _DIGIT.search(element.text or "")):
            return None
        text = text_of(element)
        return text if text not in titles and _may_be_date(text) else None
    if signs & _DATE:
        offered = text_of(element), own_text(element)
        return next((each for each in offered if each not in titles and _may_be_date(each)), None)
    if len(element) <= _PARTS and (text := _leaf_text(element)) and text not in titles:
        return text
    text = own_text(element)
    is_short = text and len(text) < _LONGEST and _DIGIT.search(text)
    return text if is_short and text not in titles and _may_be_date(text) else None


def _leaf_text(element: HtmlElement) -> str:
    """The text of what may be a leaf of a calendar: an element whose parts are words and numbers, and no date alone.

    Two numbers in its own text are a day and a year already.
    """
    for part in element:
        if len(part) or part.tag in _NO_PARTS or not isinstance(part.tag, str):
            return ""
    parts = [(part.text or "").strip() for part in element]
    own = [element.text or "", *[part.tail or "" for part in element]]
    text = " ".join(" ".join([own[0], *chain(*zip(parts, own[1:], strict=True))]).split())
    if not any(parts) or len(text) > _LONGEST_LEAF or not _DIGIT.search(text) or not looks_like_date(text):
        return ""
    is_whole = len(_NUMBER.findall(" ".join(own))) > 1 or any(_DIGIT.search(p) and looks_like_date(p) for p in parts)
    return "" if is_whole else text


def _may_be_date(text: str) -> bool:
    return 1 < len(text) < _LONGEST and looks_like_date(text)


def is_date_alone(text: str, words: int = 2) -> bool:
    """Whether a text is hardly more than a date: short, with a number, and few ``words``: of its week and its month."""
    if len(text) > _LONGEST_ALONE or not _DIGIT.search(text):
        return False
    return len(_LONG_WORD.findall(text)) <= words and looks_like_date(text)
