"""Candidates for dates from what a reader sees around the headline, where no machine's form tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from feedmaker.extract.article.furniture import is_of_other_story
from feedmaker.extract.article.survey import LONG, Survey
from feedmaker.model import Candidate, Draft, RawDate
from feedmaker.normalize.dates import looks_like_date

UPDATED = re.compile(
    r"\b(?:updat\w+|last (?:modified|change)\w*|modified|revised|aktuali\w+|zuletzt (?:geändert|bearbeitet)"
    r"|mis(?:e)? à jour|modifié"
    r"|actuali[zs]ad\w+|atualizad\w+|aggiornat\w+|bijgewerkt|laatst gewijzigd|oppdatert|opdateret|uppdaterad|päivitetty"
    r"|aktualizac\w+|zaktualizowano|güncelle\w+|обновлен\w*|изменен\w*|оновлено|diperbarui|cập nhật)|更新|수정|업데이트"
    r"|تحديث|آخر تحديث|עודכן",
    re.IGNORECASE,
)
_DATED = re.compile(r"date|time|datum|publi|fecha|data|stamp|zeit", re.IGNORECASE)
_LONGEST = 120  # characters of a line that holds a date
_WALKED = 1_500  # elements that are looked at around the headline
_BACK = 40  # of them before the headline


def extract(survey: Survey) -> Draft:
    """Read the dates in the lines around the headline, those behind it and those named as dates first."""
    published: list[tuple[int, Candidate[RawDate]]] = []
    updated: list[Candidate[RawDate]] = []
    for element, text, is_behind in _lines(survey):
        own, changed = _parted(text)
        if own:
            is_named = bool(_DATED.search(f"{element.get('class', '')} {element.get('itemprop', '')}"))
            where = "date in opening" if is_behind or is_named else "date above headline"
            published.append((2 - is_named - is_behind, Candidate(own, where)))
        if changed:
            updated.append(Candidate(changed, "date in opening"))
    published.sort(key=lambda pair: pair[0])
    return Draft(survey.page.url, published=tuple(c for _, c in published[:3]), updated=tuple(updated[:1]))


def _lines(survey: Survey) -> Iterator[tuple[HtmlElement, str, bool]]:
    """The short texts around the headline up to the first running text, and whether they stand behind it."""
    if survey.headline is None:
        return
    start, end = survey.opening
    place, before = -1, list[tuple[HtmlElement, str, bool]]()
    for element in islice(survey.story.iter("*"), _WALKED):
        place = survey.places.get(element, place)
        if place >= end:
            break
        text = _own_text(element)
        if text and looks_like_date(text) and not is_of_other_story(element, survey.around):
            before.append((element, text, place >= start))
    yield from before[-_BACK:]


def _own_text(element: HtmlElement) -> str:
    """The text that stands in an element itself and right behind the elements in it."""
    if element.tag in ("script", "style", "time", "h1") or (element.tag == "p" and len(element.text or "") > LONG * 2):
        return ""
    text = " ".join(part for part in (element.text, *(child.tail for child in element)) if part)
    folded = " ".join(text.split())
    return folded if len(folded) <= _LONGEST else ""


def _parted(text: str) -> tuple[str | None, str | None]:
    """What a line says of publication, and what of a later change: "Published 2 May - updated 3 May"."""
    match = UPDATED.search(text)
    if not match:
        return text, None
    before, after = text[: match.start()], text[match.end() :]
    if not looks_like_date(after):  # "2 May 2025 (updated)"
        return None, before if looks_like_date(before) else None
    return before if looks_like_date(before) else None, after
