"""A page's text as blocks: the smallest elements that stand on lines of their own, and what is known of their text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import lxml.etree
from lxml.html import Element, HtmlElement

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCK_NAMES = """
    address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer
    form header hr li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul caption
"""
_BLOCKS = HEADINGS | set(_BLOCK_NAMES.split())
# Elements that hold other blocks only: loose text between those is a fault of the page.
_NO_TEXT = frozenset(("ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "tr"))
_UNSHOWN = ("script", "style", "noscript", "template", "svg", "button", "select", "textarea", "nav", "input", "object")

_PIECE_END = re.compile(r"(?<=[.!?…。！？:;])\s*|\n+|,\s+")
_NOT_WORD = re.compile(r"\W+")
_SHORTEST_PIECE = 3  # letters


@dataclass(frozen=True)
class Block:
    """An element with text and no block within it."""

    element: HtmlElement

    @cached_property
    def text(self) -> str:
        """The text on one line, as it is compared."""
        return " ".join(self.raw.split())

    @cached_property
    def raw(self) -> str:
        return lxml.etree.tostring(self.element, method="text", encoding="unicode", with_tail=False)

    @cached_property
    def key(self) -> str:
        return squeezed(self.raw)

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The text's sentences and clauses, squeezed."""
        return tuple(pieces(self.raw))

    @cached_property
    def link_share(self) -> float:
        """The share of the text that is links, from 0 to 1."""
        linked = sum(len(link.text_content()) for link in self.element.iter("a") if link.get("href"))
        return linked / max(1, len(self.raw))


class KnownText:
    """A text that is known to be the story's, against which blocks are held sentence by sentence."""

    def __init__(self, text: str = "") -> None:
        self._pieces = set(pieces(text))
        self._whole = squeezed(text)

    def __len__(self) -> int:
        return len(self._whole)

    def add(self, block: Block) -> None:
        self._pieces.update(block.pieces)

    def share_of(self, block: Block) -> float:
        """How much of a block's text is part of the known text, from 0 to 1."""
        known = sum(len(part) for part in block.pieces if part in self._pieces)
        share = known / max(1, sum(map(len, block.pieces)))
        if share < 1 and len(block.key) >= _SHORTEST_PIECE and block.key in self._whole:
            return 1.0  # cut into lines elsewhere
        return share


def squeezed(text: str) -> str:
    """Letters and digits alone, in lower case, so that spaces, marks and spelling of accents make no difference."""
    composed = text if text.isascii() else unicodedata.normalize("NFC", text)
    return _NOT_WORD.sub("", composed).casefold()


def pieces(text: str) -> Iterator[str]:
    """The sentences and clauses of a text, squeezed; the shortest are left out, for they stand anywhere."""
    for piece in _PIECE_END.split(text):
        if len(key := squeezed(piece)) >= _SHORTEST_PIECE:
            yield key


def blocks_of(body: HtmlElement) -> list[Block]:
    """The blocks of a separated body, in the order of the page."""
    outer = _holding_blocks(body)
    inner = (element for element in body.iter(*_BLOCKS) if element not in outer)
    return [block for block in map(Block, inner) if block.text]


def separate(body: HtmlElement) -> None:
    """Give every run of text a block of its own: between blocks, and where two line breaks stand for a paragraph.

    What is never shown as text is taken out; line breaks get a line break in the text.
    """
    lxml.etree.strip_elements(body, *_UNSHOWN, lxml.etree.Comment, with_tail=False)
    for line_break in body.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    outer = _holding_blocks(body)
    for element in list(body.iter()):
        if element.tag not in _NO_TEXT and (element in outer or _has_double_break(element)):
            _wrap_runs(element, outer)


def _holding_blocks(body: HtmlElement) -> set[HtmlElement]:
    """The elements with a block somewhere within them."""
    outer: set[HtmlElement] = set()
    for block in body.iter(*_BLOCKS):
        for ancestor in block.iterancestors():
            if ancestor in outer:
                break
            outer.add(ancestor)
    return outer


def _ends_paragraph(node: HtmlElement) -> bool:
    following = node.getnext()
    return node.tag == "br" and following is not None and following.tag == "br" and not (node.tail or "").strip()


def _has_double_break(element: HtmlElement) -> bool:
    return any(_ends_paragraph(node) for node in element.iterchildren("br"))


def _wrap_runs(element: HtmlElement, outer: set[HtmlElement]) -> None:
    """Put the runs of text and inline elements among an element's children into paragraphs."""
    children = list(element)
    ends = {child for child in children if _ends_paragraph(child)}
    rebuilt = _Rebuilt()
    rebuilt.add_text(element.text)
    element.text = None
    for child in children:
        tail, child.tail = child.tail, None
        element.remove(child)
        if child in ends:
            rebuilt.end_run()
        elif child in outer or child.tag in _BLOCKS:
            rebuilt.add_block(child)
        else:
            rebuilt.add_inline(child)
        rebuilt.add_text(tail)
    element.extend(rebuilt.children)


class _Rebuilt:
    """The new children of an element: its blocks as they are, what stands loose between them in paragraphs."""

    def __init__(self) -> None:
        self.children: list[HtmlElement] = []
        self._run: HtmlElement | None = None

    def add_block(self, child: HtmlElement) -> None:
        self.end_run()
        self.children.append(child)

    def end_run(self) -> None:
        self._run = None

    def add_inline(self, child: HtmlElement) -> None:
        if self._run is not None or child.tag != "br":
            self._open_run().append(child)

    def add_text(self, text: str | None) -> None:
        if not text or (self._run is None and not text.strip()):
            return
        if self._run is None:
            text = text.lstrip()
        run = self._open_run()
        if len(run):
            run[-1].tail = (run[-1].tail or "") + text
        else:
            run.text = (run.text or "") + text

    def _open_run(self) -> HtmlElement:
        if self._run is None:
            self._run = Element("p")
            self.children.append(self._run)
        return self._run
