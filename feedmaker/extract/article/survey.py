"""One pass over a page's tree that collects what the extractors read, so that none of them walks all of it again."""

from __future__ import annotations

import re
import sys
from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import lxml.etree
from lxml.html import HtmlElement

from feedmaker.extract.article.furniture import is_in_dialog
from feedmaker.model import Page
from feedmaker.normalize.text import plain

LONG = 80  # characters from which a paragraph counts as running text: teasers and captions are mostly shorter
_TAGS = ("meta", "link", "script", "title", "h1", "time", "img", "p", "article")
_WORDS = re.compile(r"\w+")
_HEADLINES = 20  # h1 elements that are looked at
_WALKED = 30_000  # landmarks of a page that are looked at; real pages have a few hundred


@dataclass(frozen=True)
class Survey:
    """A page and its landmarks in document order; ``metas`` are contents by lower-case name or property.

    ``places`` are the ordinal numbers of h1, time, img and p elements in the document, for what stands before what.
    """

    page: Page
    metas: dict[str, list[str]] = field(default_factory=dict)
    links: list[HtmlElement] = field(default_factory=list)
    scripts: list[HtmlElement] = field(default_factory=list)
    titles: list[HtmlElement] = field(default_factory=list)
    headlines: list[HtmlElement] = field(default_factory=list)
    times: list[HtmlElement] = field(default_factory=list)
    images: list[HtmlElement] = field(default_factory=list)
    paragraphs: list[HtmlElement] = field(default_factory=list)
    articles: list[HtmlElement] = field(default_factory=list)
    places: dict[HtmlElement, int] = field(default_factory=dict)

    def meta(self, name: str) -> str | None:
        """The first content of a meta element, by its lower-case name."""
        contents = self.metas.get(name)
        return contents[0] if contents else None

    @cached_property
    def headline(self) -> HtmlElement | None:
        """The h1 that names the story: of several the one that is most like the page's declared titles."""
        shown = [h1 for h1 in self.headlines[:_HEADLINES] if not is_in_dialog(h1)]
        if len(shown) < 2:
            return shown[0] if shown else None
        declared = [words(text) for text in (self.meta("og:title"), *map(text_of, self.titles[:1])) if text]
        return max(shown, key=lambda h1: max((alike(words(text_of(h1)), d) for d in declared), default=0.0))

    @cached_property
    def addresses(self) -> set[str]:
        """Under which addresses the page may name itself, as keys that can be compared."""
        links = (link.get("href", "") for link in self.links if "canonical" in (link.get("rel") or "").lower())
        return {key for url in (self.page.url, self.meta("og:url") or "", *links) if (key := address_key(url))}

    @cached_property
    def long_paragraphs(self) -> dict[HtmlElement, int]:
        """The paragraphs of running text, and how long each is."""
        lengths = ((paragraph, len(text_of(paragraph))) for paragraph in self.paragraphs)
        return {paragraph: length for paragraph, length in lengths if length >= LONG}

    @cached_property
    def body(self) -> HtmlElement | None:
        """The element whose paragraphs hold the most running text; None on a page without any."""
        weights: dict[HtmlElement, float] = {}
        for paragraph, length in self.long_paragraphs.items():
            parent = paragraph.getparent()
            if parent is None:
                continue
            weights[parent] = weights.get(parent, 0) + length
            grandparent = parent.getparent()
            if grandparent is not None:
                weights[grandparent] = weights.get(grandparent, 0) + length / 2
        return max(weights, key=lambda element: weights[element], default=None)

    @cached_property
    def announced(self) -> str:
        """What the headline and the summary say, in lower case."""
        shown = text_of(self.headline) if self.headline is not None else ""
        return " ".join((shown, self.meta("og:title") or "", self.meta("description") or "")).casefold()

    @cached_property
    def told(self) -> str:
        """What the story says from its headline to its end, in lower case."""
        paragraphs = self.body.iter("p") if self.body is not None else ()
        return " ".join((self.announced, *(text_of(paragraph).casefold() for paragraph in paragraphs)))

    @cached_property
    def story(self) -> HtmlElement:
        """The smallest element that holds headline and body; the whole page if they are not both there."""
        if self.headline is None or self.body is None:
            return self.page.tree
        above = {self.body, *self.body.iterancestors()}
        return next((e for e in (self.headline, *self.headline.iterancestors()) if e in above), self.page.tree)

    @cached_property
    def around(self) -> frozenset[HtmlElement]:
        """The story's element and all that hold it."""
        return frozenset((self.story, *self.story.iterancestors()))

    @cached_property
    def opening(self) -> tuple[int, int]:
        """The places of the headline and of the text's second long paragraph: what stands between opens the story.

        The first long paragraph is often the summary, with byline and picture behind it.
        """
        start = self.places[self.headline] if self.headline is not None else 0
        behind = (
            place
            for paragraph in (self.body.iter("p") if self.body is not None else ())
            if paragraph in self.long_paragraphs and (place := self.places[paragraph]) > start
        )
        first = next(behind, sys.maxsize)
        return start, next(behind, first)


def survey(page: Page) -> Survey:
    """Collect the landmarks of a page."""
    found = Survey(page)
    places = found.places
    placed = {"h1": found.headlines, "time": found.times, "img": found.images, "p": found.paragraphs}
    others = {"link": found.links, "script": found.scripts, "title": found.titles, "article": found.articles}
    for count, element in enumerate(page.tree.iter(*_TAGS)):
        tag = element.tag
        if tag == "meta":
            _add_meta(found.metas, element)
        elif tag in others:
            others[tag].append(element)
        else:
            places[element] = count
            placed[tag].append(element)
        if count > _WALKED:
            break
    return found


def text_of(element: HtmlElement) -> str:
    """An element's text with white space folded."""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join(lxml.etree.tostring(element, method="text", encoding="unicode", with_tail=False).split())


def shown_text(element: HtmlElement) -> str:
    """An element's text, in which line breaks and boxes part words as they do on the page."""
    if not len(element):
        return text_of(element)
    return plain(lxml.etree.tostring(element, encoding="unicode", with_tail=False)) or ""


def address_key(url: str) -> str:
    """What stays of an address that may be relative, AMP, mobile or carry parameters: its path, in lower case."""
    path = url.partition("#")[0].partition("?")[0].partition("://")[2] or url.partition("#")[0].partition("?")[0]
    if not path.startswith("/"):
        path = path.partition("/")[2]
    return path.strip("/ ").lower().removesuffix("/amp").removesuffix(".amp")


@lru_cache(1024)  # a page's few titles are compared with one another again and again
def words(text: str) -> frozenset[str]:
    """The words of a text for a comparison; soft hyphens only tell where a word may break."""
    return frozenset(_WORDS.findall(text.casefold().replace("\u00ad", "")))


def alike(left: Set[str], right: Set[str]) -> float:
    """The share of words that two texts have in common (Dice), from 0 to 1."""
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 0.0


def _add_meta(metas: dict[str, list[str]], element: HtmlElement) -> None:
    content = element.get("content")
    if not content or not content.strip():
        return
    for attribute in ("property", "name", "http-equiv"):
        name = element.get(attribute)
        if name:
            metas.setdefault(name.strip().lower(), []).append(content)
