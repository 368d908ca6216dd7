"""The date of an entry as its record shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from feedmaker.extract.listing.datetexts import date_text
from feedmaker.extract.listing.links import Link
from feedmaker.extract.listing.places import about
from feedmaker.extract.listing.tails import without_tail
from feedmaker.extract.listing.template import STAMPS, Shown, Template
from feedmaker.extract.listing.texts import text_before, text_of
from feedmaker.model import Candidate, RawDate
from feedmaker.normalize.dates import looks_like_date
from feedmaker.normalize.urls import date_in_path

_DIGIT = re.compile(r"\d")
_PARTS = re.compile(r"[|()\[\]:;•·]|\s[-–—]+\s?|^[-–—]+\s?|\s?[-–—]+$")
_FEWEST, _MOST = 6, 30  # characters of a date in a text


def dates_of(link: Link, shown: Shown, template: Template, titles: set[str]) -> tuple[Candidate[RawDate], ...]:
    """The record's dates: machine-readable ones, then visible ones, those of title and address last."""
    found: dict[str, str] = {}
    for text, where in _dates(shown, template, titles):
        if text:
            found.setdefault(text, where)
    if not found and not template.dates and (beside := _beside(link.element)):
        found[beside] = "text beside the link"
    if in_title := without_tail(link.text)[1]:
        found.setdefault(in_title, "title")
    if in_path := date_in_path(link.url):
        found.setdefault(in_path, "address")
    if not found and template.days and (day := template.days.of(shown.first)):
        found[day] = "day above the entry"
    return tuple([Candidate(text, where) for text, where in found.items()])


def _dates(shown: Shown, template: Template, titles: set[str]) -> Iterator[tuple[str | None, str]]:
    times = sorted(shown.times, key=_is_update) if len(shown.times) > 1 else shown.times
    for time in times[:2]:
        yield time.get("datetime"), "time datetime"
        yield text_of(time), "time"
    if times and times[0].get("datetime"):
        return
    for _, element in shown.inside(template.stamps):
        yield from ((value, f"@{name}") for name in STAMPS if (value := element.get(name)))
    for slot in template.dates:
        for element in shown.slots.get(slot, ()):
            if text := date_text(element, about(element.get("class", ""))[1], titles):
                yield text, f"text in {'.'.join(filter(None, slot))}"
                break  # a record has one date in a place


def _beside(link: HtmlElement) -> str | None:
    """The date in the bare text before or behind a link, as in runs of links that only ``<br>`` parts."""
    for text in (text_before(link), link.tail):
        if text and _DIGIT.search(text):
            for part in map(str.strip, _PARTS.split(" ".join(text.split()))):
                if _FEWEST <= len(part) <= _MOST and looks_like_date(part):
                    return part
    return None


def _is_update(time: HtmlElement) -> bool:
    said = f"{time.get('class', '')} {time.get('itemprop', '')}".lower()
    return "updat" in said or "modif" in said
