"""What stands in the record of one entry, read in one walk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.html import HtmlElement

from feedmaker.extract.listing.links import Link, text_of
from feedmaker.extract.listing.places import Place, Sign, first_class, signs_of

_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "button", "select", "option"))
_BLOCKS = frozenset(("p", "dd", "div", "span", "section", "blockquote", "td"))
_MOST = 400  # elements of a record that are looked at: more are whole articles
_SHORT = 80  # characters of a text that may be a date, a name or a tag


class Piece(NamedTuple):
    """A text of the record; ``slot`` is where it stands: pieces of one slot mean the same thing in every record."""

    slot: tuple[str, str, bool]
    text: str
    signs: int


@dataclass(slots=True)
class Record:
    """The parts of a record by what they may be good for, each in the page's order."""

    link: Link
    twins: tuple[Link, ...]
    pieces: list[Piece] = field(default_factory=list)
    headings: list[HtmlElement] = field(default_factory=list)
    titled: list[HtmlElement] = field(default_factory=list)
    times: list[HtmlElement] = field(default_factory=list)
    pictures: list[HtmlElement] = field(default_factory=list)
    links: list[HtmlElement] = field(default_factory=list)
    signed: list[tuple[int, HtmlElement]] = field(default_factory=list)
    paragraphs: list[HtmlElement] = field(default_factory=list)


def read_record(link: Link, twins: tuple[Link, ...], roots: Sequence[HtmlElement]) -> Record:
    """Sort the elements of a record, which is one element or some that follow one another."""
    record = Record(link, twins)
    left = _MOST
    for root in roots:
        for element in root.iter("*"):
            left -= 1
            if left < 0:
                return record
            _sort(element, record)
            if element is not root and (tail := element.tail) and not tail.isspace():
                parent = element.getparent()
                name = parent.get("class", "") if parent is not None else ""
                record.pieces.append(Piece((parent.tag, first_class(name), True), tail.strip(), signs_of(name)))
    return record


def _sort(element: HtmlElement, record: Record) -> None:
    tag = element.tag
    name = element.get("class", "")
    signs = signs_of(name) if name else 0
    if tag in _SILENT:
        return
    if (text := element.text) and not text.isspace():
        record.pieces.append(Piece((tag, first_class(name), False), text.strip(), signs))
    if tag in ("img", "amp-img") or (style := element.get("style")) and "background" in style:
        record.pictures.append(element)
    elif tag == "time":
        record.times.append(element)
    elif tag == "a":
        record.links.append(element)
    elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        record.headings.append(element)
    if signs:
        _sort_signed(element, tag, name, signs, record)
    elif tag in ("p", "dd"):
        record.paragraphs.append(element)


def _sort_signed(element: HtmlElement, tag: str, name: str, signs: int, record: Record) -> None:
    if signs & Sign.TITLE:
        record.titled.append(element)
    if signs & (Sign.AUTHOR | Sign.TAG):
        record.signed.append((signs, element))
    if signs & Sign.DATE and len(element):
        text = text_of(element)
        if len(text) <= _SHORT:
            record.pieces.append(Piece((tag, first_class(name), False), text, signs))
    if tag == "p" or (signs & Sign.SUMMARY and tag in _BLOCKS):
        record.paragraphs.append(element)


def roots_of(places: Sequence[Place]) -> Iterator[list[HtmlElement]]:
    """For each record its element, and where records are flat its following siblings up to the next record."""
    elements = [place.element for place in places]
    following = [_following(element, set(elements)) for element in dict.fromkeys(elements)]
    by_element = dict(zip(dict.fromkeys(elements), following, strict=True))
    is_flat = sum(map(bool, following[:-1])) > 0.6 * max(1, len(following) - 1)
    for element in elements:
        yield [element, *by_element[element]] if is_flat else [element]


def _following(element: HtmlElement, records: set[HtmlElement]) -> list[HtmlElement]:
    found: list[HtmlElement] = []
    for sibling in element.itersiblings():
        if sibling in records or len(found) == 6:
            return found if sibling in records else []
        if isinstance(sibling.tag, str) and sibling.tag not in ("br", "hr", "script", "style"):
            found.append(sibling)
    return found[:3]
