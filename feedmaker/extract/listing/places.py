"""The elements between a page's root and its links: each is looked at once, however many links it holds."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from lxml.html import HtmlElement


class Sign(IntEnum):
    """What an element's tag and the words of its class and id say about the part of the page it makes; bits.

    Members of an IntEnum combine to plain ints, which are many times faster than those of an IntFlag.
    """

    FURNITURE = 1  # menus, sidebars, most read, advertising, forms: what stands around the entries
    TITLE = 2
    HEADING = 4
    ARTICLE = 8
    CLOSED = 16  # <nav>, <footer>: in 206 pages not one entry stood only there
    DATE = 32
    AUTHOR = 64
    TAG = 128
    SUMMARY = 256
    COUNT = 512  # of comments, readers, shares; badges


_WORDS = {
    Sign.FURNITURE: """nav navi navigation menu navbar menubar submenu dropdown topbar toolbar footer foot colophon
        copyright sidebar sidebars aside rail widget widgets secondary related recommend recommended recommendations
        similar popular most mostread viewed trending trend ranking login register signin signup account subscribe
        newsletter cookie consent skip modal popup filter filters sort breadcrumb breadcrumbs crumb crumbs pathway pager
        pagination paging pagenavi ads ad adv advert advertisement sponsor sponsored promo promotion banner banners
        partner partners archive archives calendar blogroll lang language languages search masthead branding logo""",
    Sign.TITLE: "title titles headline headlines heading subject hl titel titulo titre titolo caption name",
    Sign.DATE: """date dates datum fecha data datetime time times timestamp published publish pubdate posted day
        created updated ago""",
    Sign.AUTHOR: "author authors byline autor autores auteur writer vcard",
    Sign.TAG: "tag tags category categories cat cats label labels topic topics kicker rubric rubrik ressort keywords",
    Sign.SUMMARY: """summary excerpt desc description teaser intro abstract dek standfirst snippet lead lede subtitle
        entrada extracto texto blurb body content text""",
    Sign.COUNT: "comment comments count counter badge postings views likes shares share social icon meta rating",
}
_SIGN_OF = {word: sign for sign, words in _WORDS.items() for word in words.split()}
_TAGS = {
    "nav": Sign.CLOSED,
    "footer": Sign.CLOSED,
    "aside": Sign.FURNITURE,
    "select": Sign.FURNITURE,
    "article": Sign.ARTICLE,
    **{f"h{level}": Sign.HEADING for level in range(1, 7)},
}
_ROLES = {"navigation": Sign.CLOSED, "contentinfo": Sign.CLOSED, "complementary": Sign.FURNITURE}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_STATE = re.compile(
    r"\d|(?:first|last|odd|even|active|current|selected|alt|hidden|collapsed|open|new|sticky|left|right)$"
)


class Place:
    """An element on the way from the root to links.

    ``kind`` numbers the element's path: two places have one kind if the same tags with the same first classes lead to
    both. ``own`` are the element's own signs, ``around`` those of it and all its ancestors.
    """

    __slots__ = ("around", "depth", "element", "kind", "own", "parent")

    def __init__(self, element: HtmlElement, parent: Place | None, kind: int, own: int) -> None:
        self.element = element
        self.parent = parent
        self.kind = kind
        self.own = own
        self.around: int = own | parent.around if parent else own
        self.depth: int = parent.depth + 1 if parent else 0

    def nearby(self, levels: int) -> int:
        """The signs of this element and of ``levels`` elements above it."""
        signs, place = self.own, self.parent
        while levels and place:
            signs |= place.own
            place = place.parent
            levels -= 1
        return signs


class Places:
    """The places of one page, made as links ask for them."""

    def __init__(self) -> None:
        self._places: dict[HtmlElement, Place] = {}
        self._kinds: dict[tuple[int, str, str], int] = {}

    def of(self, element: HtmlElement) -> Place:
        """The place of an element."""
        known = self._places.get(element)
        if known:
            return known
        above = element.getparent()
        parent = self.of(above) if above is not None else None
        name = element.get("class", "")
        tag = element.tag
        key = (parent.kind if parent else 0, tag, _column(element) if tag == "td" else first_class(name))
        kind = self._kinds.setdefault(key, len(self._kinds) + 1)
        place = self._places[element] = Place(element, parent, kind, _own_signs(element, tag, name))
        return place


def _column(element: HtmlElement) -> str:
    return str(sum(1 for _ in element.itersiblings("td", "th", preceding=True)))


def _own_signs(element: HtmlElement, tag: str, name: str) -> int:
    signs = int(_TAGS.get(tag, 0))
    if name:
        signs |= signs_of(name)
    identity = element.get("id")
    if identity:
        signs |= signs_of(identity)
    role = element.get("role")
    return signs | _ROLES.get(role, 0) if role else signs


@lru_cache(20_000)
def signs_of(name: str) -> int:
    """What the words of a class or id say: ``entry-title`` is a title of an entry."""
    signs = 0
    for word in _WORD.findall(name):
        signs |= _SIGN_OF.get(word.lower(), 0)
    return signs


@lru_cache(20_000)
def first_class(name: str) -> str:
    """The first class that names what an element is, not how it stands now or which number it has."""
    return next((word for word in name.split() if not _STATE.search(word)), "")
