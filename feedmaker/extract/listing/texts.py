"""The text of elements, on one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml.html import HtmlElement

_SILENT = frozenset(("script", "style", "noscript", "template"))
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Where one element ends in a word and the next begins with one; not behind a large initial of a word.
_GLUED = re.compile(r"(?<=[^\s\0])(?:(?<!\b[^\W\d_a-z])\0+(?=\w)|\0+(?=[^\Wa-z]))(?![\u3040-\u30ff\u3400-\u9fff])")


def text_of(element: HtmlElement) -> str:
    """An element's text without scripts and styles."""
    if not len(element):
        return " ".join((element.text or "").split())
    return text_with(element, {child.tag for child in element.iterdescendants()})


def text_with(element: HtmlElement, tags: set[object]) -> str:
    """The same for an element whose descendants' tags are known."""
    return _joined(list(element.itertext()) if _SILENT.isdisjoint(tags) else list(_shown(element, _is_silent)))


def joined_without(element: HtmlElement, is_apart: Callable[[HtmlElement], bool]) -> str:
    """The same without the elements that stand apart."""
    return _joined(list(_shown(element, lambda child: _is_silent(child) or is_apart(child))))


def _joined(parts: list[str]) -> str:
    solid = [part for part in parts if not part.isspace()]
    if len(solid) < 2:
        return " ".join(solid[0].split()) if solid else ""
    if len(solid) * 2 <= len(parts) + 1 and all(part.isspace() for part in parts[1::2]):
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
    if not len(element):
        return (element.text or "").strip()
    parts = [element.text or "", *(child.tail or "" for child in element)]
    return " ".join(" ".join(parts).split())


def word_count(text: str) -> float:
    """How many words a text on one line has; two characters of Chinese, Japanese or Korean count as one."""
    if text.isascii() or not _CJK.search(text):
        return text.count(" ") + 1 if text else 0
    return len(_CJK.findall(text)) / 2 + len(_CJK.sub(" ", text).split())
