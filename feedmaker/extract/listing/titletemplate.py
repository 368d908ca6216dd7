"""What the titles of a list have in common: what stands beside several of them, and the block that shows them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from statistics import median

from lxml.html import HtmlElement

from feedmaker.extract.listing.places import HEADINGS, about
from feedmaker.extract.listing.texts import text_of, word_count
from feedmaker.extract.listing.titleends import badges_of, beginnings_of, pieces_of, shape_of, shapes_of
from feedmaker.normalize.dates import looks_like_date

TITLE_WORDS = 4  # of a text that is a title rather than a kicker
_BLOCKS = frozenset((*HEADINGS, "div", "p", "section", "ul", "ol", "table", "header", "article", "figcaption"))
_CARDS = 4  # that tell which of their blocks is the title
_DISTINCT = 0.9  # of the titles of a list, where categories recur
LINE = "span"  # what a card shows its lines in, if not in blocks
BOLD = ("b", "strong")  # or the first of them
_LEVELS = 3  # between a heading and a link in it
_LINE_WORDS = 5  # of titles in lines of a card, where kickers are longer
_SHORT_TITLE = 2.5  # words of titles that are hardly more than names

Block = tuple[str, str, int]  # tag, first class, and how many of the same stand before it in the card


@dataclass(frozen=True, slots=True)
class TitleTemplate:
    """``block`` is what shows the title in cards that are one link each, None where each card is judged by itself.

    ``badges`` are texts beside several titles, and ``shapes`` those of numbers and times beside nearly all;
    ``opening`` are words that all begin with; ``has_clocks`` is whether a time stands before them.
    """

    badges: frozenset[str] = frozenset()
    block: Block | None = None
    shapes: frozenset[str] = frozenset()
    opening: str = ""
    has_clocks: bool = False

    def is_beside(self, text: str) -> bool:
        """Whether an element with this text stands beside titles."""
        return text in self.badges or (len(self.shapes) > 0 and shape_of(text) in self.shapes)


def title_templates_of(lists: Sequence[Sequence[HtmlElement]]) -> list[TitleTemplate]:
    """What the elements that show the titles have in common, of each list of a page; badges recur in all of them."""
    blocks = [_title_block([each for each in titles if each.tag == "a" and len(each)]) for titles in lists]
    shown = [[_shown(title, block) for title in titles] for titles, block in zip(lists, blocks, strict=True)]
    pieces = [[pieces_of(title) for title in titles if len(title)] for titles in shown]
    badges = badges_of(list(chain.from_iterable(pieces)), sum(map(len, shown)))
    return [
        TitleTemplate(badges, block, shapes_of(parts, len(titles)), *beginnings_of(titles))
        for block, titles, parts in zip(blocks, shown, pieces, strict=True)
    ]


def _is_in_heading(link: HtmlElement) -> bool:
    return any(each.tag in HEADINGS for each in islice(link.iterancestors(), _LEVELS))


def _shown(title: HtmlElement, block: Block | None) -> HtmlElement:
    """The part of a card that shows the title, where that is known."""
    if block is None or not len(title):
        return title
    return next((each for name, each in blocks_of(title) if name == block), title)


def blocks_of(card: HtmlElement) -> Iterator[tuple[Block, HtmlElement]]:
    """The blocks of a card that hold no others, and what they are; of a card without blocks, the elements that share
    all of its text, or the bold one that is its first line."""
    blocks = [part for part in card.iterdescendants(*_BLOCKS) if next(part.iterdescendants(*_BLOCKS), None) is None]
    known: dict[tuple[str, str], int] = {}
    for block in blocks or _lines(card) or _bold_line(card):
        tag, first = name = block.tag, about(block.get("class", ""))[0]
        known[name] = count = known.get(name, -1) + 1
        yield (tag, first, count), block


def _lines(card: HtmlElement) -> list[HtmlElement]:
    """The inline elements of a card that make its lines: all of its text stands in them."""
    lines = [each for each in card if each.tag == LINE]
    beside = [card.text, *(each.tail for each in card)]
    if len(lines) < 2 or _say_something(beside):
        return []
    return [] if any(text_of(each) for each in card if each.tag != LINE and isinstance(each.tag, str)) else lines


def _bold_line(card: HtmlElement) -> list[HtmlElement]:
    """What stands in bold on a line of its own at the begin of a card."""
    bold = next(card.iterchildren(*BOLD), None)
    end = bold.getnext() if bold is not None else None
    if bold is None or end is None or end.tag != "br":
        return []
    beside = [card.text, bold.tail, *(each.tail for each in bold.itersiblings(preceding=True))]
    return [] if _say_something(beside) else [bold]


def _say_something(texts: Iterable[str | None]) -> bool:
    return any(text and not text.isspace() for text in texts)


def _title_block(cards: Sequence[HtmlElement]) -> Block | None:
    """The first block of nearly all cards whose texts hardly recur and are long enough, or else not very short.

    Dates, and kickers that end in a colon, are only titles where nothing else is.
    """
    if len(cards) < _CARDS or _is_in_heading(cards[0]):  # which is a title, not a card; all of a list stand alike
        return None
    texts: dict[Block, list[str]] = defaultdict(list)
    for card in cards:
        for name, block in blocks_of(card):
            if text := text_of(block):
                texts[name].append(text)
    words = {
        name: median(map(word_count, each))
        for name, each in texts.items()
        if len(each) >= _DISTINCT * len(cards) and len(set(each)) >= _DISTINCT * len(each)
    }
    fewest = TITLE_WORDS if any(count >= TITLE_WORDS for count in words.values()) else _SHORT_TITLE
    long = [name for name, count in words.items() if count >= (fewest if name[0] != LINE else _LINE_WORDS)]
    return next((name for name in long if not _accompanies(texts[name])), long[0] if long else None)


def _accompanies(texts: Sequence[str]) -> bool:
    """Whether nearly all of some texts look like what stands beside titles: dates, kickers that end in a colon."""
    return sum(text[-1] == ":" or looks_like_date(text) for text in texts) >= _DISTINCT * len(texts)
