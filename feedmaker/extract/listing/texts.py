"""The text of elements, on one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import cast

import lxml.etree
from lxml.html import HtmlElement

_SILENT_TAGS = ("script", "style", "noscript", "template", "svg")
_SILENT = frozenset(_SILENT_TAGS)
# The pieces of text in an element and all within: the same as ``itertext``, but gathered in C, three times as fast.
pieces_of = cast("Callable[[HtmlElement], list[str]]", lxml.etree.XPath(".//text()", smart_strings=False))
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Where one element ends in a word and the next begins with one; not behind a large initial of a word. What stands
# before the border is looked at last, so that the search leaps from border to border.
_GLUED = re.compile(r"\0(?=\w)(?![\u3040-\u30ff\u3400-\u9fff])(?<=[^\s\0]\0)(?:(?<!\b[^\W\d_a-z]\0)|(?=[^\Wa-z]))")


def text_of(element: HtmlElement) -> str:
    """An element's text without scripts, styles and drawings."""
    if not len(element):
        return " ".join((element.text or "").split())
    return text_with(element, is_silent=next(element.iter(*_SILENT_TAGS), None) is not None)


def text_with(element: HtmlElement, *, is_silent: bool) -> str:
    """The same for an element of which is known whether there are scripts or styles in it."""
    return _joined(list(_shown(element, _is_silent)) if is_silent else pieces_of(element))


def holds_silent(tags: Collection[object]) -> bool:
    """Whether there are scripts or styles among elements with these tags."""
    return not _SILENT.isdisjoint(tags)


def joined_without(element: HtmlElement, is_apart: Callable[[HtmlElement], bool]) -> str:
    """The same without the elements that stand apart."""
    return _joined(list(_shown(element, lambda child: _is_silent(child) or is_apart(child))))


def _joined(parts: list[str]) -> str:
    solid = [part for part in parts if not part.isspace()]
    if len(solid) < 2:
        return " ".join(solid[0].split()) if solid else ""
    if len(solid) * 2 <= len(parts) + 1 and "".join(parts[1::2]).isspace():
        return " ".join(" ".join(solid).split())  # white space stands between all of them
    return " ".join(_GLUED.sub(" ", "\0".join(parts)).replace("\0", "").split())


def _is_silent(element: HtmlElement) -> bool:
    return element.tag in _SILENT


def _shown(element: HtmlElement, is_apart: Callable[[HtmlElement], bool]) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and not is_apart(child):
            yield from _shown(child, is_apart)
        if child.tail:
            yield child.tail


def own_text(element: HtmlElement) -> str:
    """The text that stands in an element itself, not in elements within."""
    text = element.text
    if not len(element):
        return text.strip() if text else ""
    tails = [tail for child in element if (tail := child.tail) and not tail.isspace()]
    return " ".join(" ".join((text or "", *tails)).split()) if tails or (text and not text.isspace()) else ""


def word_count(text: str) -> float:
    """How many words a text on one line has; two characters of Chinese, Japanese or Korean count as one."""
    if text.isascii() or not _CJK.search(text):
        return text.count(" ") + 1 if text else 0
    return len(_CJK.findall(text)) / 2 + len(_CJK.sub(" ", text).split())
