"""Days that stand above the entries of a list, each once for all that came on it."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from feedmaker.extract.listing.datetexts import is_date_alone
from feedmaker.extract.listing.places import HEADINGS
from feedmaker.extract.listing.texts import text_of

_LEVELS = 8  # above an entry at which its day may stand
_SIBLINGS = 8  # that an entry may take
_AROUND = 20  # elements above and before a list in which its first day is looked for
_FEWEST = 5  # characters of a day
_PARTS = 2  # elements that show a day
_NUMBER = re.compile(r"\d+")
_WORDS = 4  # of a day: what it is of, its day of the week and its month


class Days:
    """The day of each entry of a list. Every sibling is looked at once, however many entries follow it.

    ``entries`` is how many there are: a day stands no farther from the last of its entries than all of them take.
    """

    def __init__(self, entries: int) -> None:
        self._farthest = _AROUND + entries * _SIBLINGS
        self._known: dict[HtmlElement, str | None] = {}

    def of(self, element: HtmlElement) -> str | None:
        """The day that an element shows, or else the nearest one before it, in its parent or further up; None where
        another heading is nearer."""
        if day := _day(element):
            return day
        passed: list[HtmlElement] = []
        at: HtmlElement | None = element
        found: str | None = None
        levels = 0
        while at is not None and levels < _LEVELS and len(passed) < self._farthest:
            if at in self._known:
                found = self._known[at]
                break
            passed.append(at)
            before = at.getprevious()
            if before is None:
                at, levels = at.getparent(), levels + 1
                continue
            found = _day(before)
            if found or _is_other_heading(before):
                break
            at = before
        self._known.update(dict.fromkeys(passed, found))
        return found


def _day(element: HtmlElement) -> str | None:
    """The text of an element that shows a whole day and nothing else: a month alone is none."""
    while len(element) == 1:
        element = element[0]
    if not isinstance(element.tag, str) or len(element) > _PARTS or any(map(len, element)):
        return None
    text = text_of(element)
    if len(text) < _FEWEST or not is_date_alone(text, _WORDS):
        return None
    numbers = _NUMBER.findall(text)
    return text if len(numbers) > 1 or (numbers and len(numbers[0]) < 3) else None


def _is_other_heading(element: HtmlElement) -> bool:
    """Whether an element is a heading of what follows it rather than the title of another entry."""
    return element.tag in HEADINGS and next(element.iter("a"), None) is None
