"""The links of a page that may lead to entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from lxml.html import HtmlElement

from feedmaker.extract.listing.places import Place, Places, Sign
from feedmaker.model import Page

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"[\W_]*\d{1,4}[\W_]*$")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ORIGIN = re.compile(r"https?://(?:[^/?#@\s]*@)?[\w.-]+(?::\d*)?(?=[/?#]|$)", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|respond|reply|disqus", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\.(pdf|docx?|wpd|rtf|odt|mp3|wav|wma|m4a|mp4|zip|xlsx?|pptx?|jpe?g|png|gif|txt)$", re.IGNORECASE
)


class Link(NamedTuple):
    """A link as it stands on the page.

    ``url`` is absolute and has no fragment; ``text`` is that of a heading inside the link or else of the link itself;
    ``order`` counts the page's links.
    """

    element: HtmlElement
    place: Place
    url: str
    text: str
    words: float
    order: int
    is_heading: bool
    has_picture: bool
    is_comments: bool
    is_number: bool
    document: str


class Base:
    """What addresses on a page are relative to: its ``<base>``, or its own address."""

    def __init__(self, page: Page) -> None:
        declared = next((e.get("href") for e in page.tree.iter("base") if e.get("href")), None)
        self.url = urljoin(page.url, declared.strip()) if declared else page.url
        self.page = page.url.partition("#")[0].rstrip("/")
        origin = _ORIGIN.match(self.url)
        self.origin = origin[0] if origin else ""
        self.scheme = self.origin.partition("/")[0]

    def resolve(self, href: str) -> str | None:
        """The absolute address, fragment included; None for what is not http or https."""
        if href.startswith("//"):
            href = self.scheme + href
        if _ORIGIN.match(href):
            return href
        if href.startswith("/") and "/." not in href:
            return self.origin + href
        return None if _SCHEME.match(href) else urljoin(self.url, href)


def links_of(page: Page, base: Base) -> tuple[list[Link], int]:
    """The links to other pages outside of ``<nav>`` and ``<footer>``, and how many links the page has in all."""
    places = Places()
    found: list[Link] = []
    order = 0
    for order, element in enumerate(page.tree.iter("a"), 1):
        href = element.get("href")
        if not href or href[0] == "#":
            continue
        url = base.resolve(href.strip())
        if url is None:
            continue
        place = places.of(element)
        if place.around & Sign.CLOSED:
            continue
        url, _, fragment = url.partition("#")
        if url.rstrip("/") != base.page:
            found.append(_link(element, place, url, fragment, order))
    return found, order


def _link(element: HtmlElement, place: Place, url: str, fragment: str, order: int) -> Link:
    heading = picture = None
    if len(element):
        heading = next(element.iter(*_HEADINGS), None)
        picture = next(element.iter("img", "picture"), None)
    text = text_of(element if heading is None else heading)
    document = _DOCUMENT.search(url.partition("?")[0])
    return Link(
        element,
        place,
        url,
        text,
        word_count(text),
        order,
        heading is not None or bool(place.nearby(3) & Sign.HEADING),
        picture is not None,
        bool(fragment and _COMMENTS.search(fragment)),
        bool(_NUMBER.match(text)),
        document[1].lower() if document else "",
    )


def text_of(element: HtmlElement) -> str:
    """An element's text on one line, without scripts and styles."""
    if not len(element):
        return " ".join((element.text or "").split())
    if next(element.iter("script", "style", "noscript"), None) is None:
        return joined(element.itertext())
    return joined(_shown(element))


def joined(parts: Iterable[str]) -> str:
    """Pieces of text as one line, with a space where one element ends in a word and the next begins with one."""
    line = ""
    for part in parts:
        if line and part[:1].isalnum() and not line[-1].isspace() and not _is_initial(line, part):
            line += " "
        line += part
    return " ".join(line.split())


def _is_initial(line: str, part: str) -> bool:
    """Whether the line's last letter is a large initial of the word that follows."""
    return line[-1].isupper() and part[0].islower() and not line[-2:-1].isalnum()


def _shown(element: HtmlElement) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("script", "style", "noscript"):
            yield from _shown(child)
        if child.tail:
            yield child.tail


def word_count(text: str) -> float:
    """How many words a text has; two characters of Chinese, Japanese or Korean count as one."""
    if text.isascii():
        return len(_WORD.findall(text))
    characters = len(_CJK.findall(text))
    return characters / 2 + len(_WORD.findall(_CJK.sub(" ", text) if characters else text))
