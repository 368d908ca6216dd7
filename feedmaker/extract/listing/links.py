"""The links of a page: those that may lead to entries, and the short ones that may lead to its other pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple
from urllib.parse import urljoin

from lxml.html import HtmlElement

from feedmaker.extract.listing.places import HEADINGS, Place, Places, Sign
from feedmaker.extract.listing.texts import text_of, word_count
from feedmaker.model import Page
from feedmaker.normalize.urls import beside

_PICTURES = frozenset(("img", "picture", "amp-img"))
_NUMBER = re.compile(r"[\W_]*\d{1,4}[\W_]*$")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_ORIGIN = re.compile(r"https?://(?:[^/?#@\s]*@)?[\w.-]+(?::\d*)?(?=[/?#]|$)", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|respond|reply|disqus", re.IGNORECASE)
_DOCUMENTS = frozenset(
    (
        *("pdf", "doc", "docx", "wpd", "rtf", "odt", "xls", "xlsx", "ppt", "pptx", "txt", "zip"),
        *("mp3", "wav", "wma", "m4a", "mp4", "jpg", "jpeg", "png", "gif"),
    )
)
_BESIDE = 4  # elements after a link without a text in which its heading is looked for
_SHORT = 40  # characters of a link that is a way to another page of the listing
_CLOSED = int(Sign.CLOSED)
_LEVELS = 3  # between a heading and a link in it
_FEW = 3  # elements within a link to another page of the listing


class Link(NamedTuple):
    """A link as it stands on the page.

    ``title`` is a heading inside the link, or else the link itself. ``text`` is its text; of one without, which lies
    over a card (``is_silent``), what it is called (WAI-ARIA, ``aria-label``) or the heading beside it. ``url`` is
    absolute and has no fragment; ``order`` counts the page's links.
    """

    element: HtmlElement
    title: HtmlElement
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
    is_silent: bool


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a page: those that may lead to entries, short ones with their texts, and how many there are."""

    found: list[Link]
    short: list[tuple[HtmlElement, str]]
    count: int


class Base:
    """What addresses on a page are relative to: its ``<base>``, or its own address."""

    def __init__(self, page: Page) -> None:
        declared = next((href for base in page.every("base") if (href := base.get("href"))), None)
        self.url = (declared and _joined(page.url, declared.strip())) or page.url
        self.page = page.url.partition("#")[0].rstrip("/")
        origin = _ORIGIN.match(self.url)
        self.origin = origin[0] if origin else ""
        self.root = self.origin + "/"
        self.scheme = self.origin.partition("/")[0]

    def resolve(self, href: str) -> str | None:
        """The absolute address, fragment included; None for what is not http or https."""
        if href[0] == "/" and href[1:2] != "/" and "/." not in href:
            return self.origin + href.rstrip()
        if href.startswith(self.root):
            return href.rstrip()
        return self._resolve(href.strip())

    def _resolve(self, href: str) -> str | None:
        if href.startswith("//"):
            href = self.scheme + href
        if _ORIGIN.match(href):
            return href
        return None if not href or _SCHEME.match(href) else beside(href, self.url) or _joined(self.url, href)


def links_of(page: Page, base: Base, *, everywhere: bool = False) -> Links:
    """Read every link once; those in ``<nav>`` and ``<footer>`` lead to no entries, unless ``everywhere`` is set."""
    places = Places()
    found: list[Link] = []
    short: list[tuple[HtmlElement, str]] = []
    order = 0
    for element in page.every("a"):
        href = element.get("href")
        if not href or href[0] == "#":
            continue
        order += 1
        above = element.getparent()
        if above is None or ((parent := places.of(above)).around & _CLOSED and not everywhere):
            if len(element) < _FEW:
                text = text_of(element)
                if len(text) <= _SHORT:
                    short.append((element, text))
            continue
        url = base.resolve(href)
        if url is None:
            continue
        url, _, fragment = url.partition("#")
        link = _link(element, places.link(element, parent), url, fragment, order)
        if len(link.text) <= _SHORT:
            short.append((element, link.text))
        if url.rstrip("/") != base.page:
            found.append(link)
    return Links(found, short, order)


def _link(element: HtmlElement, place: Place, url: str, fragment: str, order: int) -> Link:
    title, has_picture = element, False
    if len(element):
        for each in element.iter():
            tag = each.tag
            if tag in HEADINGS and title is element:
                title = each
            elif tag in _PICTURES:
                has_picture = True
    text, heading = text_of(title), None
    if is_silent := not text:
        heading = _heading_beside(element)
        called = " ".join((element.get("aria-label") or "").split())
        text = called or (text_of(heading) if heading is not None else "")
    return Link(
        element,
        title,
        place,
        url,
        text,
        word_count(text),
        order,
        title is not element or heading is not None or place.depth - place.heading <= _LEVELS,
        has_picture,
        (fragment != "" and _COMMENTS.search(fragment) is not None) or ("/comment/" in url and _is_a_comment(url)),
        len(text) < 8 and _NUMBER.match(text) is not None,
        document_of(url) if "." in url[-6:] else "",
        is_silent,
    )


def _heading_beside(link: HtmlElement) -> HtmlElement | None:
    """The heading of a card that a link without text lies over or shows the picture of, if that has no own link."""
    for sibling in islice(link.itersiblings("*"), _BESIDE):
        heading = sibling if sibling.tag in HEADINGS else next(sibling.iter(*HEADINGS), None)
        if heading is not None:
            return heading if next(heading.iter("a"), None) is None else None
        if sibling.tag == "a":
            return None
    return None


def _is_a_comment(url: str) -> bool:
    """Whether an address is that of one comment, as Drupal's are."""
    return url.rpartition("/comment/")[2].isdigit()


def document_of(url: str) -> str:
    """The ending of an address that leads to a document or medium rather than to a page; empty for pages."""
    ending = url.partition("?")[0].rpartition(".")[2].lower()
    return ending if ending in _DOCUMENTS else ""


def _joined(base: str, reference: str) -> str | None:
    """The absolute address; None for a reference that is none, such as a bracket without an IPv6 address behind it."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return None
