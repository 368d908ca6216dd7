"""Candidates from time elements: those that open the story first, those elsewhere in it next."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from feedmaker.extract.article.furniture import is_furniture
from feedmaker.extract.article.survey import Survey, text_of
from feedmaker.model import Candidate, Draft, RawDate

_MANY = 12  # time elements that are looked at; a list of other stories may have hundreds
_UPDATED = re.compile(r"updat|modif|aktuali|revis|mise-?a-?jour|stand\b", re.IGNORECASE)


def extract(survey: Survey) -> Draft:
    """Read the time elements of a page."""
    published: list[Candidate[RawDate]] = []
    updated: list[Candidate[RawDate]] = []
    for time in _nearest(survey):
        stamp = (time.get("datetime") or text_of(time)).strip()
        if stamp:
            run = updated if _UPDATED.search(_label(time)) else published
            run.append(Candidate(stamp, f"time {_place(time, survey)}"))
    return Draft(url=survey.page.url, published=tuple(published), updated=tuple(updated))


def _nearest(survey: Survey) -> list[HtmlElement]:
    """The times outside of furniture, the nearest behind the headline first."""
    start, _ = survey.opening
    times = sorted(survey.times, key=lambda time: (survey.places[time] < start, abs(survey.places[time] - start)))
    return [time for time in times[:_MANY] if not is_furniture(time, survey.around)]


def _place(time: HtmlElement, survey: Survey) -> str:
    start, end = survey.opening
    if start < survey.places[time] < end:
        return "in opening"
    return "in story" if survey.story in time.iterancestors() and survey.story is not survey.page.tree else "in page"


def _label(time: HtmlElement) -> str:
    """The names that a time and its parent carry, and the words right before it."""
    parent = time.getparent()
    names = [time.get("class", ""), time.get("itemprop", "")]
    before = time.getprevious()
    if parent is not None:
        names += [parent.get("class", ""), (parent.text or "") if before is None else (before.tail or "")]
    return " ".join(names)
