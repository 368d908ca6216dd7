"""HTML that a feed reader may show: clean, well-formed, with absolute addresses and real pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import lxml.etree
import lxml.html
import nh3
from lxml.html import HtmlElement

from feedmaker import tree
from feedmaker.normalize.text import mend
from feedmaker.normalize.urls import absolute, clean, host_of, path_of

_TAG_NAMES = """
    a abbr article audio b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt
    em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small
    source span strong sub summary sup table tbody td tfoot th thead time tr u ul var video wbr
"""
_TAGS = set(_TAG_NAMES.split())
_ATTRIBUTES = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "audio": {"src"},  # readers add controls of their own, and the W3C validator takes "controls" for a risk
    "video": {"src", "poster", "width", "height"},
    "source": {"src", "type"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "time": {"datetime"},
}
_BOX_NAMES = "div section article main header footer aside center form fieldset nav address"
_BOXES = tuple(_BOX_NAMES.split())
_BLOCK_NAMES = """
    p h1 h2 h3 h4 h5 h6 ul ol dl li dt dd table thead tbody tfoot tr td th caption blockquote pre figure
    figcaption details summary hr
"""
_BLOCKS = {*_BOXES, *_BLOCK_NAMES.split()}
_TEXT_ONLY_NAMES = """
    a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var font
    h1 h2 h3 h4 h5 h6 p pre
"""
_TEXT_ONLY = tuple(_TEXT_ONLY_NAMES.split())
_UNWRAPPED = "unwrapped"
_BLOCKS.add(_UNWRAPPED)
_UNSHOWN_NAMES = "script style template iframe object svg math title button select textarea"
_UNSHOWN = set(_UNSHOWN_NAMES.split())
_NOSCRIPT = re.compile(r"</?noscript\b[^<>]*>", re.IGNORECASE)  # what it holds counts: scripts never run
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-url", "src", "data-srcset", "srcset")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_COSTLY = re.compile("[\x80-\xbf]")
_MANY = 5_000  # of them
_ASIDE = {code: 0x10FE00 + code for code in range(0x80, 0xC0)}
_BACK = {there: here for here, there in _ASIDE.items()}
_TINY = re.compile(r"(?<![\w-])(?:max-)?(?:width|height)\s*:\s*[012](?:px)?\s*(?![\w.%])", re.IGNORECASE)
_PIXEL = 2  # a picture of this width or height only counts who reads
_MEDIA = frozenset(("img", "audio", "video", "hr"))
_MAY_BE_EMPTY = _MEDIA | {"br", "wbr", "source", "col", "colgroup", "td", "th", "tr", "tbody", "body", "rp", "rt"}


def clean_html(html: str, base_url: str) -> str:
    """A fragment of HTML without scripts, styles, events, forms, frames and tracking; empty if nothing is left.

    Links and pictures get absolute http or https addresses, pictures those that scripts would load; what links nowhere
    becomes text. Headings, lists, quotes, tables, figures with captions, directions and languages stay. The result is
    well-formed HTML 5.
    """
    body = tree.parse_to_edit(b"<body>" + _repaired(mend(html)).encode("utf-8", "replace"), "utf-8").find("body")
    if body is None:
        return ""
    _drop_hidden(body)
    _settle_media(body, base_url)
    _settle_links(body, base_url)
    _link_recordings(body)
    _flatten(body)
    _drop_empty(body)
    _unbox(body)
    markup = lxml.etree.tostring(body, encoding="unicode", method="html")
    return _sanitised(markup, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https"}).strip()


def _repaired(html: str) -> str:
    """The fragment as HTML 5 builds it, with everything that later steps look at."""
    return _sanitised(
        _NOSCRIPT.sub("", html),
        tags=_TAGS | {*_BOXES, "bdo"},
        clean_content_tags=_UNSHOWN,
        attributes={**_ATTRIBUTES, "img": _ATTRIBUTES["img"] | {"srcset"}, "*": _ATTRIBUTES["*"] | {"style", "hidden"}},
        generic_attribute_prefixes={"data-"},
        url_schemes={"http", "https", "data", "javascript"},
    )


def _sanitised(html: str, **rules: Any) -> str:
    """What nh3 makes of HTML, in a time that grows with its length.

    nh3 0.3 takes the square of the characters from U+0080 to U+00BF in one text: a second for 300,000 no-break spaces.
    Where there are many they step aside into a plane for private use.
    """
    if html.isascii() or len(html) < _MANY or len(_COSTLY.findall(html)) < _MANY:
        return nh3.clean(html, link_rel=None, **rules)
    return nh3.clean(html.translate(_ASIDE), link_rel=None, **rules).translate(_BACK)


def _drop_hidden(body: HtmlElement) -> None:
    for element in list(body.iterdescendants()):
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
            element.drop_tree()


def _settle_media(body: HtmlElement, base_url: str) -> None:
    """Give pictures, sounds and films their real addresses; drop those without one, pixels and repetitions."""
    for source in list(body.iter("source")):
        if next(source.iterancestors("audio", "video"), None) is None:
            source.drop_tag()  # a picture's, of which its img is enough; libxml2 puts the img into it
    shown: set[str] = set()
    for element in list(body.iter("img", "audio", "video", "source")):
        address = next(_addresses(element, base_url), None)
        is_known = element.tag == "img" and address in shown
        if (element.tag in ("img", "source") and not address) or is_known or _is_pixel(element):
            element.drop_tree()
        elif address:
            element.set("src", address)
            shown.add(address)
        if poster := element.get("poster"):
            element.set("poster", absolute(poster, base_url) or "")


def _addresses(element: HtmlElement, base_url: str) -> Iterator[str]:
    for name in _LAZY:
        value = (element.get(name) or "").strip()
        if name.endswith("srcset"):
            value = value.split(" ", 1)[0].rstrip(",")
        if value and (address := absolute(value, base_url)):
            yield clean(address)


def _is_pixel(element: HtmlElement) -> bool:
    sizes = (_DIGITS.match(element.get(name) or "") for name in ("width", "height"))
    return any(size and int(size[0]) <= _PIXEL for size in sizes) or bool(_TINY.search(element.get("style") or ""))


def _link_recordings(body: HtmlElement) -> None:
    """Put a link behind each sound and film, for readers that show no player; drop those without an address."""
    linked = {link.get("href") for link in body.iter("a")}
    for element in list(body.iter("audio", "video")):
        address = element.get("src") or next((source.get("src") for source in element.iter("source")), None)
        if not address:
            element.drop_tree()
        elif address not in linked:
            link = lxml.html.Element("a", href=address)
            link.text = f"▶ {unquote(path_of(address)).rpartition('/')[2] or host_of(address)}"
            link.tail, element.tail = element.tail, None
            element.addnext(link)
            linked.add(address)


def _settle_links(body: HtmlElement, base_url: str) -> None:
    for turned in body.iter("bdo"):
        turned.tag = "bdi"  # which the W3C validator knows; a direction stays
    for link in list(body.iter("a")):
        if address := absolute(link.get("href") or "", base_url):
            link.set("href", clean(address))
        else:
            link.drop_tag()


def _flatten(body: HtmlElement) -> None:
    """Take blocks out of elements that hold text alone, such as links around whole teasers, and headings."""
    for element in list(body.iter(*_TEXT_ONLY)):
        inner = [block for block in element.iterdescendants() if block.tag in _BLOCKS]
        for block in inner:
            block.tail = " " + (block.tail or "")
        if inner:
            lxml.etree.strip_tags(element, *_BLOCKS)


def _unbox(body: HtmlElement) -> None:
    """Unwrap boxes that only hold blocks, and make paragraphs of those that only hold text."""
    for box in body.iterdescendants(*_BOXES, "span"):
        if box.get("dir") or box.get("lang"):
            continue
        holds_blocks = any(child.tag in _BLOCKS for child in box)
        has_text = bool((box.text or "").strip()) or any((child.tail or "").strip() for child in box)
        if box.tag == "span" or (holds_blocks and not has_text):
            box.tag = _UNWRAPPED
        elif not holds_blocks:
            box.tag = "p"
    lxml.etree.strip_tags(body, _UNWRAPPED)  # at once: one by one costs the number of neighbours each


def _drop_empty(body: HtmlElement) -> None:
    """Drop what has neither text nor media in it, innermost first; table cells keep their places."""
    for element in reversed(list(body.iterdescendants())):
        is_empty = element.tag not in _MAY_BE_EMPTY and not len(element) and not (element.text or "").strip()
        if is_empty:
            element.drop_tree()
