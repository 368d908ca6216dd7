"""The title of an entry as its record shows it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from lxml.html import HtmlElement

from feedmaker.extract.listing.links import Link
from feedmaker.extract.listing.places import Sign, about
from feedmaker.extract.listing.texts import joined_without, text_of, word_count
from feedmaker.model import Candidate
from feedmaker.normalize.dates import looks_like_date

_CUT = re.compile(r"\s*(?:\.\.\.|…)$")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset((*_HEADINGS, "div", "p", "section", "ul", "ol", "table", "header", "article", "figcaption"))
_TAIL = re.compile(
    r"\s*(?:\(\s*\d+\s*\))?[\s|–—-]*"
    r"(?P<date>\(?\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b(?:,?\s*\d{1,2}:\d\d(?::\d\d)?)?\)?)?$"
)
_TAIL_ENDS = frozenset("0123456789)")
_FEWEST = 4  # words of a text that is a title rather than a kicker
_APART = int(Sign.DATE | Sign.COUNT | Sign.AUTHOR)
_INLINE = ("span", "small", "time", "div", "em", "i", "sup", "b")


def without_tail(title: str) -> tuple[str, str]:
    """A title without the count and the date that some lists hang on it, and that date."""
    if title[-1:] not in _TAIL_ENDS:
        return title, ""
    found = _TAIL.search(title)
    if found is None or word_count(title[: found.start()]) < _FEWEST - 1:
        return title, ""
    return title[: found.start()], found["date"] or ""


def titles_of(
    link: Link, twins: Sequence[Link], roots: Sequence[HtmlElement], repeated: Collection[str]
) -> tuple[Candidate[str], ...]:
    """The record's titles, the best first; texts in ``repeated`` lead to several pages and are no titles."""
    text, where = title_in(link)
    is_title = link.is_heading or (link.words >= 3 and text not in repeated)
    if text and is_title and not text.endswith(("...", "…")):
        return (Candidate(without_tail(text)[0], where),)
    found: dict[str, str] = {}
    for offered, source in _titles(link, twins, roots, text, where):
        if offered and offered not in repeated:
            found.setdefault(offered, source)
    return tuple(Candidate(without_tail(offered)[0], source) for offered, source in found.items())


def _titles(
    link: Link, twins: Sequence[Link], roots: Sequence[HtmlElement], text: str, where: str
) -> Iterator[tuple[str, str]]:
    if not link.is_heading and link.words < 3:
        yield from _headings(link, roots)
    if text.endswith(("...", "…")):
        yield from _longer(twins, roots, _CUT.sub("", text))
    yield text, where
    yield from _headings(link, roots)
    yield (link.element.get("title") or "").strip(), "link title"
    yield from ((picture.get("alt") or "", "picture alt") for root in roots for picture in root.iter("img"))


def _headings(link: Link, roots: Sequence[HtmlElement]) -> Iterator[tuple[str, str]]:
    """Titles that stand beside the link, not around it."""
    around = set(link.element.iterancestors())
    for root in roots:
        yield from ((text_of(heading), heading.tag) for heading in root.iter(*_HEADINGS) if heading not in around)
    for root in roots:
        named = (element for element in root.iter("*") if _signs(element) & Sign.TITLE and element not in around)
        yield from ((text_of(element), "named title") for element in named)


def _longer(twins: Sequence[Link], roots: Sequence[HtmlElement], start: str) -> Iterator[tuple[str, str]]:
    """Longer texts that begin like a title that was cut."""
    offered = [(twin.text, "link") for twin in twins]
    for root in roots:
        offered += [(link.get("title") or "", "link title") for link in root.iter("a")]
        offered += [(picture.get("alt") or "", "picture alt") for picture in root.iter("img")]
    for text, where in offered:
        if len(text) > len(start) and text.startswith(start) and not _CUT.search(text):
            yield text, where


def title_in(link: Link) -> tuple[str, str]:
    """The title within a link: all of it, or the part of a whole card that is the title."""
    element = link.element
    if not len(element):
        return link.text, "heading" if link.is_heading else "link"
    if link.title is not element:
        headings = list(element.iter(*_HEADINGS))
        if len(headings) == 1:
            return _own(link.title) if len(link.title) else link.text, link.title.tag
        top = min(heading.tag for heading in headings)
        return max((_own(heading) for heading in headings if heading.tag == top), key=len), top
    if link.is_heading:
        return _own(element), "heading"
    named = [_own(part) for part in element.iterdescendants("*") if _signs(part) & Sign.TITLE]
    if any(named):
        return max(named, key=word_count), "named title"
    return _first_text(element) or _own(element), "link"


def _first_text(card: HtmlElement) -> str:
    """The first block of a card that is long enough for a title, with a kicker before it that ends in a colon."""
    inner = (part for part in card.iterdescendants(*_BLOCKS) if next(part.iterdescendants(*_BLOCKS), None) is None)
    texts = [text for block in inner if (text := _own(block)) and not looks_like_date(text)]
    for kicker, text in zip(["", *texts], texts, strict=False):
        if kicker.endswith(":"):
            return f"{kicker} {text}"
        if word_count(text) >= _FEWEST and not text.endswith(":"):
            return text
    return max(texts, key=word_count, default="")


def _own(element: HtmlElement) -> str:
    """An element's text without what counts, dates and signs, unless nothing is left."""
    if not any(_is_apart(part) for part in element.iterdescendants(*_INLINE)):
        return text_of(element)
    return joined_without(element, _is_apart) or text_of(element)


def _is_apart(element: HtmlElement) -> bool:
    return element.tag == "time" or bool(_signs(element) & _APART)


def _signs(element: HtmlElement) -> int:
    name = element.get("class")
    return about(name)[1] if name else 0
