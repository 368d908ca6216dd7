"""Which blocks of a page are its story: what trafilatura finds and what the page declares, held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html import escape, unescape

from lxml.html import HtmlElement

from feedmaker.extract.article.json_text import Json, blocks
from feedmaker.extract.article.text_blocks import HEADINGS, Block, KnownText, blocks_of, squeezed
from feedmaker.normalize.text import plain, same_text

_LARGE = 4_000  # elements; articles have hundreds, rarely three thousand
_PARAGRAPH = 80  # characters of a paragraph of running text
_FOUND = 0.6  # share of a block's text that trafilatura found, from which the block is the story's
_DECLARED = 0.8  # the same for the text that the page declares, which it repeats word for word
_LONG = 500  # letters; a shorter articleBody is a summary
_CUT_OFF = 1.5  # times as much declared as found: then trafilatura has lost its way
_CONTAINER = 0.8  # share of the story that one element must hold to be its container; standfirsts stand outside of it
_LABEL = 40  # letters; shorter blocks outside the container are labels
_REPEATED = 0.7
_ALIKE = 0.8
_ASIDE = 0.3  # share of the story up to which an aside is a box beside it
_LINKS = 0.5
_MARKUP = re.compile(r"</?(?:p|br|div)\b", re.IGNORECASE)
_DEEPEST = 12  # levels of JSON that are searched


@dataclass(frozen=True)
class Declared:
    """What a page declares of its story: titles, summaries, and the text itself (articleBody in JSON-LD)."""

    titles: frozenset[str]
    summaries: tuple[str, ...]
    text: str

    @classmethod
    def of(cls, tree: HtmlElement) -> Declared:
        """Read a page's declarations from its head and its JSON-LD."""
        metas = [meta for meta in tree.iter("meta") if meta.get("content")]
        names = [(meta.get("property") or meta.get("name") or "", meta.get("content") or "") for meta in metas]
        shown = [element.text_content() for element in tree.iter("h1", "title")]
        titles = shown + [content for name, content in names if name in ("og:title", "twitter:title")]
        found = list(_strings(tree, ("articleBody", "description", "alternativeHeadline")))
        summaries = [content for name, content in names if name in ("description", "og:description")]
        summaries += [text for key, text in found if key != "articleBody"]
        texts = [text for key, text in found if key == "articleBody"]
        return cls(
            frozenset(map(squeezed, titles)),
            tuple(summary for summary in summaries if len(summary) >= _LABEL),
            max(texts, key=len, default=""),
        )

    @cached_property
    def known(self) -> KnownText:
        """The declared text, to hold blocks against."""
        return KnownText(plain(self.text) or "")

    @property
    def is_whole(self) -> bool:
        """Whether the declared text is long enough to be the story and not its summary."""
        return len(self.known) >= _LONG

    def as_html(self) -> str | None:
        """The declared text in paragraphs; None if it is no whole story."""
        if not self.is_whole:
            return None
        if _MARKUP.search(self.text):
            return self.text
        return "".join(f"<p>{escape(line)}</p>" for line in unescape(self.text).splitlines() if line.strip())


def _strings(tree: HtmlElement, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The strings that stand under the given keys anywhere in a page's JSON-LD."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            for block in blocks(script.text):
                yield from _found(block, keys, _DEEPEST)


def _found(value: Json, keys: tuple[str, ...], depth: int) -> Iterator[tuple[str, str]]:
    if depth == 0:
        return
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        if isinstance(inner, str) and key in keys:
            yield str(key), inner
        elif isinstance(inner, dict | list):
            yield from _found(inner, keys, depth - 1)


def story_blocks(tree: HtmlElement, body: HtmlElement, declared: Declared, url: str) -> tuple[HtmlElement, list[Block]]:
    """The element that holds the story, and the story's blocks within it and before it, in the page's order."""
    every = blocks_of(body)
    kept = list(_first_of_each(_known(every, _found_text(tree, every, url), declared)))
    container = _container(body, kept)
    within = set(container.iter())
    boxes = _boxes(container, kept)
    inside = [block for block in kept if block.element in within and block.element not in boxes]
    while inside and inside[-1].element.tag in HEADINGS:
        inside.pop()  # a heading without text below it announces other stories
    if not inside:
        return body, []
    return container, _opening(every, inside[0], kept, declared) + inside


def _found_text(tree: HtmlElement, every: list[Block], url: str) -> str:
    """The text that trafilatura finds; long paragraphs instead on pages so large that it would take seconds."""
    if sum(1 for _ in tree.iter()) > _LARGE:
        return "\n".join(block.raw for block in every if len(block.text) >= _PARAGRAPH and block.link_share < _LINKS)
    from trafilatura import bare_extraction

    document = bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
    return (document.text or "") if document is not None and not isinstance(document, dict) else ""


def _known(every: Iterable[Block], found: str, declared: Declared) -> Iterator[Block]:
    """The blocks whose text is known, by trafilatura or by declaration, other than the headline."""
    by_page, by_search = declared.known, KnownText(found)
    is_long = declared.is_whole and 2 * len(by_page) > len(by_search)
    if is_long and len(by_page) > _CUT_OFF * len(by_search):
        by_search = by_page
    for block in every:
        if block.key not in declared.titles and (
            by_search.share_of(block) >= _FOUND or (is_long and by_page.share_of(block) >= _DECLARED)
        ):
            yield block


def _first_of_each(kept: Iterable[Block]) -> Iterator[Block]:
    """The blocks without those that repeat text shown before, as pages for telephones and papers do."""
    seen = KnownText()
    for block in kept:
        if len(block.key) < _LABEL or seen.share_of(block) < _REPEATED:
            yield block
            seen.add(block)


def _container(body: HtmlElement, kept: list[Block]) -> HtmlElement:
    """The smallest element that holds nearly all of the story."""
    weights: dict[HtmlElement, int] = {}
    for block in kept:
        for element in (block.element, *block.element.iterancestors()):
            weights[element] = weights.get(element, 0) + len(block.key)
    container, enough = body, _CONTAINER * weights.get(body, 0)
    while True:
        inner = max(container, key=lambda child: weights.get(child, 0), default=None)
        if inner is None or weights.get(inner, 0) < max(1, enough):
            return container
        container = inner


def _boxes(container: HtmlElement, kept: list[Block]) -> set[HtmlElement]:
    """What lies in asides beside the story: facts, summaries, offers."""
    weights: dict[HtmlElement, int] = {}
    for block in kept:
        for aside in block.element.iterancestors("aside"):
            weights[aside] = weights.get(aside, 0) + len(block.key)
    most = _ASIDE * sum(len(block.key) for block in kept)
    asides = (aside for aside in container.iterdescendants("aside") if weights.get(aside, 0) < most)
    return {element for aside in asides for element in aside.iter()}


def _opening(every: list[Block], first: Block, kept: list[Block], declared: Declared) -> list[Block]:
    """What opens the story before its container: its summary as the page shows it, and paragraphs that were found."""
    found = {block.element for block in kept}
    opening: list[Block] = []
    for block in every[: every.index(first)]:
        if len(block.key) < _LABEL or block.link_share > _LINKS or block.key in declared.titles:
            continue
        is_summary = any(same_text(block.text, summary) > _ALIKE for summary in declared.summaries)
        is_found = block.element in found and block.element.tag == "p"
        if (is_summary or is_found) and not any(same_text(block.text, other.text) > _ALIKE for other in opening):
            opening.append(block)
    return opening
