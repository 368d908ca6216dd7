"""What lists hang on their titles and is no part of them: badges, ranks, clocks, counts, "Read more about"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from lxml.html import HtmlElement

from feedmaker.extract.listing.texts import text_of, word_count
from feedmaker.normalize.dates import looks_like_date

_FEWEST = 3  # titles that show a badge: fewer may only begin alike
_MOSTLY = 0.8  # of the titles show a label that ends in a colon, or a number; of fewer it is how their sentences begin
_DISTINCT = 0.9  # of titles of which a number is no part
_LONGEST = 30  # characters of a badge
_WORDS = 2  # of what all titles of a list begin with
_BOLD = ("b", "strong")
_EMPHASIS = frozenset((*_BOLD, "em", "i", "u", "mark", "font", "q", "cite"))  # words of a title
_DIGITS = re.compile(r"\d+")
_COUNT = re.compile(r"\W*\d+(?:[.,]\d+)?\W*(?:[^\W\d_]+\W*){0,3}")  # "Part 2", "2026-UP-110" are parts of a title
_YEAR = re.compile(r"\(?(?:19|20)\d\d\)?")
_CLOCK = re.compile(r"\d{1,2}[:h]\d\d(?:\s?(?:[ap]\.?m\b\.?|uhr\b|h\b))?\s*(?:[-–—|:·•,]\s*)?(?=\D)", re.IGNORECASE)
_DATE = "date"

Piece = tuple[str, HtmlElement | None]


def pieces_of(title: HtmlElement) -> list[Piece]:
    """The pieces of an element's text in their order, each with the element that holds nothing but that."""
    return [(text, element) for raw, element in _pieces(title) if (text := " ".join(raw.split()))]


def _pieces(element: HtmlElement) -> Iterator[Piece]:
    if element.text:
        yield element.text, None if len(element) else element
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child)
        if child.tail:
            yield child.tail, None


def badges_of(titles: Sequence[list[Piece]], count: int) -> frozenset[str]:
    """The texts of elements that stand at one end of several of ``count`` titles, and never between other words of one.

    A kicker with a colon is the beginning of its title; what is longer than the rest is the title.
    """
    ends: Counter[str] = Counter()
    between: set[str] = set()
    for pieces in titles:
        between.update(text for text, _ in pieces[1:-1])
        between.update(_bold_words(pieces))
        ends.update(_ends(pieces))
    most = _MOSTLY * count
    return frozenset(
        text
        for text, number in ends.items()
        if number >= _FEWEST and text not in between and (number >= most or text[-1] != ":")
    )


def _ends(pieces: list[Piece]) -> Iterator[str]:
    """The texts at both ends of a title that may be badges."""
    words = sum(word_count(text) for text, _ in pieces)
    for text, element in (pieces[0], pieces[-1]) if len(pieces) > 1 else ():
        is_first = text is pieces[0][0]
        is_kicker = is_first and pieces[1][0][0] == ":"
        if element is None or is_kicker or len(text) > _LONGEST:
            continue
        if element.tag in _EMPHASIS and not (is_first and element.tag in _BOLD and text[-1] != ":"):
            continue
        if word_count(text) < max(words - word_count(text), _FEWEST) or (text[0] == "(" and text[-1] == ")"):
            yield text


def _bold_words(pieces: list[Piece]) -> Iterator[str]:
    """What stands in bold and goes on in the same sentence, or ends it."""
    for index, (text, element) in enumerate(pieces):
        if element is not None and element.tag in _BOLD:
            following = pieces[index + 1][0] if index + 1 < len(pieces) else ""
            if index or not following[:1].isupper():
                yield text


def shapes_of(titles: Sequence[list[Piece]], count: int) -> frozenset[str]:
    """The shapes of what an element at one end of nearly all titles shows: ranks and times, and behind them counts.

    "12 Monkeys" begins a title.
    """
    if len(titles) < max(_FEWEST, most := _MOSTLY * count):
        return frozenset()
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    for pieces in titles:
        for end, rest in ((0, pieces[1:]), (-1, pieces[:-1])):
            text, element = pieces[end] if rest else ("", None)
            shape = shape_of(text) if element is not None else ""
            is_number = shape != "" and element is not None and element.tag not in _EMPHASIS
            if shape == _DATE or (is_number and (end or not any(map(str.isalpha, shape)))):
                found[end, shape].add(" ".join(each for each, _ in rest))
    return frozenset(shape for (_, shape), rests in found.items() if len(rests) >= _DISTINCT * most)


def shape_of(text: str) -> str:
    """What a short text with a number has in common with others of its kind: "1 comment" with "12 comments"; empty for
    others, and for years, which belong to titles."""
    if len(text) > _LONGEST or not _DIGITS.search(text) or _YEAR.fullmatch(text):
        return ""
    if looks_like_date(text):
        return _DATE
    if not _COUNT.fullmatch(text):
        return ""
    return " ".join(word[:4] for word in _DIGITS.sub("0", text).casefold().split())


def beginnings_of(titles: Sequence[HtmlElement]) -> tuple[str, bool]:
    """The words that all titles of a list begin with, such as "Read more about ", empty if there are none; and whether
    nearly all begin with the time at which they came."""
    if len(titles) < _FEWEST:
        return "", False
    first, second = text_of(titles[0]), text_of(titles[1])
    is_alike = first.partition(" ")[0] == second.partition(" ")[0]
    has_clock = _CLOCK.match(first) or _CLOCK.match(second)
    if not is_alike and not has_clock:
        return "", False
    texts = [text_of(title) for title in titles]
    clocks = sum(_CLOCK.match(text) is not None for text in texts)
    return _common(texts) if is_alike else "", clocks >= _MOSTLY * len(texts)


def _common(texts: Sequence[str]) -> str:
    words = [column[0] for column in takewhile(_is_one, zip(*map(str.split, texts), strict=False))]
    return " ".join(words) + " " if len(words) >= _WORDS else ""


def _is_one(column: tuple[str, ...]) -> bool:
    return len(set(column)) == 1


def without_clock(text: str) -> str:
    """A title without the time before it."""
    clock = _CLOCK.match(text)
    return text[clock.end() :].lstrip() if clock else text
