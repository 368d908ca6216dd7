"""The title of an entry as its record shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from feedmaker.extract.listing.links import joined, text_of, word_count
from feedmaker.extract.listing.places import Sign, signs_of
from feedmaker.extract.listing.records import Record
from feedmaker.model import Candidate
from feedmaker.normalize.dates import looks_like_date

_CUT = re.compile(r"\s*(?:\.\.\.|…)$")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset((*_HEADINGS, "div", "p", "section", "ul", "ol", "table", "header", "article", "figcaption"))
_APART = Sign.DATE | Sign.COUNT | Sign.AUTHOR


def titles_of(record: Record, repeated: frozenset[str]) -> tuple[Candidate[str], ...]:
    """The record's titles, the best first; texts in ``repeated`` lead to several pages and are no titles."""
    found: dict[str, str] = {}
    for text, where in _titles(record):
        if text and text not in repeated and word_count(text):
            found.setdefault(text, where)
    return tuple(Candidate(text, where) for text, where in found.items())


def _titles(record: Record) -> Iterator[tuple[str, str]]:
    link = record.link
    text, where = title_in(link.element, link.text)
    if not link.is_heading and link.words < 3:
        yield from _headings(record)
    if _CUT.search(text):
        yield from _longer(record, _CUT.sub("", text))
    yield text, where
    yield from _headings(record)
    yield (link.element.get("title") or "").strip(), "link title"
    yield from ((picture.get("alt") or "", "picture alt") for picture in record.pictures)


def _headings(record: Record) -> Iterator[tuple[str, str]]:
    yield from ((text_of(heading), heading.tag) for heading in record.headings)
    yield from ((text_of(element), "named title") for element in record.titled)


def _longer(record: Record, start: str) -> Iterator[tuple[str, str]]:
    """Longer texts that begin like a title that was cut."""
    offered = [(twin.text, "link") for twin in record.twins]
    offered += [(link.get("title") or "", "link title") for link in record.links]
    offered += [(picture.get("alt") or "", "picture alt") for picture in record.pictures]
    for text, where in offered:
        if len(text) > len(start) and text.startswith(start) and not _CUT.search(text):
            yield text, where


def title_in(element: HtmlElement, text: str) -> tuple[str, str]:
    """The title within a link: all of it, or the part of a whole card that is the title."""
    if not len(element):
        return text, "link"
    headings = list(element.iter(*_HEADINGS))
    if headings:
        top = min(heading.tag for heading in headings)
        return max((_own(heading) for heading in headings if heading.tag == top), key=len), top
    named = [part for part in element.iterdescendants() if _signs(part) & Sign.TITLE]
    if named:
        best = max((_own(part) for part in named), key=word_count)
        if best:
            return best, "named title"
    blocks = [
        part for part in element.iterdescendants(*_BLOCKS) if not any(p.tag in _BLOCKS for p in part.iterdescendants())
    ]
    texts = [text_of(block) for block in blocks]
    texts = [each for each in texts if each and not looks_like_date(each)]
    if texts:
        return next((each for each in texts if word_count(each) >= 4), max(texts, key=word_count)), "first text"
    return _own(element), "link"


def _own(element: HtmlElement) -> str:
    """An element's text without what counts, dates and signs, unless nothing is left."""
    if not any(_is_apart(part) for part in element.iterdescendants("span", "small", "time", "div", "em", "i", "sup")):
        return text_of(element)
    return joined(_without_apart(element)) or text_of(element)


def _without_apart(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and not _is_apart(child):
            yield from _without_apart(child)
        yield child.tail or ""


def _is_apart(element: HtmlElement) -> bool:
    return element.tag in ("time", "script", "style", "noscript") or bool(_signs(element) & _APART)


def _signs(element: HtmlElement) -> int:
    name = element.get("class") if isinstance(element.tag, str) else None
    return signs_of(name) if name else 0
