"""What lists hang on their titles: a date, a count of comments."""

from __future__ import annotations

import re

from feedmaker.extract.listing.texts import word_count

_ENDS = frozenset("0123456789)")
_FEWEST = 3  # words that are left of a title
_COUNT = re.compile(r"\s*\(\s*(?!(?:19|20)\d\d\s*\))\d+\s*\)$")  # a year in brackets belongs to the title
_DAY = r"\b(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-]\d{2}(?:\d{2})?)"
_CLOCK = r",?\s*\d{1,2}:\d\d(?::\d\d)?"
_SET_APART = re.compile(
    rf"(?:\s*[|·–—]\s*|\s-+\s*|,\s+|\s*(?P<bracket>\())(?P<date>{_DAY}(?:{_CLOCK})?)(?(bracket)\))$"
    rf"|\s(?P<moment>{_DAY}{_CLOCK})$"
)
_DATE = re.compile(rf"\s(?P<date>{_DAY})\)?$")
_YEAR = re.compile(r"(?:19|20)\d\d")


def without_tail(title: str) -> tuple[str, str]:
    """A title without the count and the date that some lists hang on it, and that date.

    A day that only white space sets apart says when, but belongs to the title: "Minutes of 03.02.2025". One without a
    whole year may be a version: "iOS 16.7.15".
    """
    if title[-1:] not in _ENDS:
        return title, ""
    found = _SET_APART.search(title)
    if found and word_count(title[: found.start()]) >= _FEWEST:
        return _without_count(title[: found.start()]), found["date"] or found["moment"]
    said = _DATE.search(title)
    return _without_count(title), said["date"] if said and _YEAR.search(said["date"]) else ""


def _without_count(title: str) -> str:
    shorter = _COUNT.sub("", title)
    return shorter if word_count(shorter) >= _FEWEST else title
