"""The elements between a page's root and its links: each is looked at once, however many links it holds."""

from __future__ import annotations

import re
from collections import defaultdict
from enum import IntEnum
from functools import lru_cache
from itertools import count

from lxml.html import HtmlElement

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


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
        created ago""",
    Sign.AUTHOR: "author authors byline autor autores auteur auteurs writer vcard firma verfasser redacteur",
    Sign.TAG: "tag tags category categories cat cats label labels topic topics kicker rubric rubrik ressort keywords",
    Sign.SUMMARY: """summary excerpt desc description teaser intro abstract dek standfirst snippet lead lede subtitle
        entrada extracto texto blurb body content text trail strapline synopsis preview
        anons chapo chapeau vorspann anriss ingress perex zajawka samenvatting""",
    Sign.COUNT: "comment comments count counter badge postings views likes shares share social icon meta rating",
}
_SIGN_OF = {word: sign for sign, words in _WORDS.items() for word in words.split()}
_TAGS: dict[object, int] = {
    "nav": Sign.CLOSED,
    "footer": Sign.CLOSED,
    "aside": Sign.FURNITURE,
    "select": Sign.FURNITURE,
    "article": Sign.ARTICLE,
    **dict.fromkeys(HEADINGS, Sign.HEADING),
}
_ROLES: dict[str | None, int] = {"navigation": Sign.CLOSED, "contentinfo": Sign.CLOSED, "complementary": Sign.FURNITURE}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NUMBERED = re.compile(r"\d")  # an id with a number in it names one thing, not what it is
_STATE = re.compile(
    r"\d|(?:first|last|odd|even|active|current|selected|alt|hidden|collapsed|open|new|sticky|left|right)$"
)

# css-1x2y3z, Card_title__aB3dE: the name of a style, which many elements share, whatever its digits
_HASHED = re.compile(r"(?:^(?:css|sc|svelte|emotion)-|__)(?=[a-zA-Z]*\d)[a-zA-Z\d]{5,8}(?:-\d)?$")
_UTILITY = re.compile(r"[\[\]:()/]")  # hover:text-white, w-[calc(100%-28px)]: how it looks


class Place:
    """An element on the way from the root to links.

    ``kind`` numbers the element's path: two places have one kind if the same tags with the same first classes lead to
    both. ``own`` are the element's own signs, ``around`` those of it and all its ancestors; ``heading`` is the depth of
    the nearest heading among them.
    """

    __slots__ = ("around", "depth", "element", "heading", "kind", "own", "parent")

    def __init__(self, element: HtmlElement, parent: Place | None, kind: int, own: int) -> None:
        self.element = element
        self.parent = parent
        self.kind = kind
        self.own = own
        if parent is None:
            self.around, self.depth, self.heading = own, 0, _NOWHERE
        else:
            self.around = own | parent.around
            self.depth = depth = parent.depth + 1
            self.heading = depth if own & _HEADING else parent.heading

    def nearby(self, levels: int) -> int:
        """The signs of this element and of ``levels`` elements above it."""
        signs, place = self.own, self.parent
        while levels and place is not None:
            signs |= place.own
            place = place.parent
            levels -= 1
        return signs


class Places:
    """The places of one page, made as links ask for them."""

    def __init__(self) -> None:
        self._places: dict[HtmlElement, Place] = {}
        self._kinds: dict[tuple[int, str, str], int] = defaultdict(count(1).__next__)
        self._columns: dict[HtmlElement, int] = {}  # how many cells stand up to and with an element of a row

    def of(self, element: HtmlElement) -> Place:
        """The place of an element; in a closed part, that of the whole part."""
        places = self._places
        place = places.get(element)
        if place is None:
            above = element.getparent()
            parent = None if above is None else places.get(above) or self.of(above)
            place = parent if parent is not None and parent.around & _CLOSED else self._below(element, parent)
            places[element] = place
        return place

    def link(self, element: HtmlElement, parent: Place) -> Place:
        """The place of a link itself, in which no other stands."""
        first, own = about(element.get("class", ""))
        return Place(element, parent, self._kinds[parent.kind, "a", first], own)

    def _below(self, element: HtmlElement, parent: Place | None) -> Place:
        tag, names, get = element.tag, element.keys(), element.get
        name = get("class", "") if names else ""
        if len(names) > (name != ""):
            first, own = _named(tag, name, get("id"), get("role"))
        else:
            first, own = _named(tag, name, None, None)
        owner = parent
        if tag in _OWNERS:
            owner = _owner(parent, _OWNERS[tag])
        elif tag == "td":
            first = str(min(self._column(element), _MOST_COLUMNS))
        return Place(element, parent, self._kinds[owner.kind if owner else 0, tag, first], own)

    def _column(self, cell: HtmlElement) -> int:
        """How many cells stand before one, counted from the nearest whose column is known: rows may be endless."""
        columns = self._columns
        passed, column = [], 0
        before = cell.getprevious()
        while before is not None:
            if before in columns:
                column = columns[before]
                break
            passed.append(before)
            before = before.getprevious()
        for each in reversed(passed):
            column += each.tag in _CELLS
            columns[each] = column
        columns[cell] = column + 1
        return column


# What these can only stand in (HTML Standard, 4.4 and 4.9). Old pages leave cells and fonts open, and a parser then
# nests each row in the one before: their rows are of one kind all the same.
_MOST_COLUMNS = 100  # that are told apart
_CELLS = frozenset(("td", "th"))
_OWNERS = {"tr": frozenset(("table", "tbody", "thead", "tfoot")), "li": frozenset(("ul", "ol", "menu"))}
_HEADING = int(Sign.HEADING)
_NOWHERE = -100
_CLOSED = int(Sign.CLOSED)


def _owner(parent: Place | None, tags: frozenset[str]) -> Place | None:
    place = parent
    while place is not None and place.element.tag not in tags:
        place = place.parent
    return place if place is not None else parent


@lru_cache(4096)
def _named(tag: str, name: str, identity: str | None, role: str | None) -> tuple[str, int]:
    """The first word of an element's class and the signs of its tag, class, id and role."""
    first, own = about(name)
    if identity and not _NUMBERED.search(identity):
        own |= about(identity)[1]
    return first, own | (_TAGS[tag] if tag in _TAGS else _ROLES.get(role, 0))


@lru_cache(4096)
def about(name: str) -> tuple[str, int]:
    """What a class says: the first word that names what the element is, and the signs of all words.

    Words that name how it stands now or which number it has are passed over. ``entry-title`` is a title.
    """
    first, signs = "", 0
    for word in name.split():
        is_name, said = _word_says(word)
        signs |= said
        if is_name and not first:
            first = word
    return first, signs


@lru_cache(20_000)  # words recur where whole classes are new, as with "post-123 type-post"
def _word_says(word: str) -> tuple[bool, int]:
    """Whether one word of a class names what the element is, and its signs."""
    if _UTILITY.search(word):
        return False, 0
    signs = 0
    for part in _WORD.findall(word):
        signs |= _SIGN_OF.get(part.lower(), 0)
    return not _STATE.search(word) or _HASHED.search(word) is not None, signs
