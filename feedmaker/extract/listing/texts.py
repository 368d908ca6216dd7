"""The text of elements, on one line."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml.html import HtmlElement

IsApart = Callable[[HtmlElement], bool]

_SILENT = frozenset(("script", "style", "noscript", "template", "svg"))
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Where one element ends in a word and the next begins with one; not behind a large initial of a word. What stands
# before the border is looked at last, so that the search leaps from border to border.
_GLUED = re.compile(r"\0(?=\w)(?![\u3040-\u30ff\u3400-\u9fff])(?<=[^\s\0]\0)(?:(?<!\b[^\W\d_a-z]\0)|(?=[^\Wa-z]))")


def text_of(element: HtmlElement, is_apart: IsApart | None = None) -> str:
    """An element's text without scripts, styles and drawings, and without the elements that stand apart."""
    if not len(element):
        return " ".join((element.text or "").split())
    pieces: list[str] = []
    _gather(element, is_apart, pieces)
    return _joined(pieces)


def _gather(element: HtmlElement, is_apart: IsApart | None, pieces: list[str]) -> None:
    """Gather the pieces of an element's text, child by child: XPath only gains on elements larger than a card."""
    if text := element.text:
        pieces.append(text)
    for child in element:
        tag = child.tag  # that of a comment is a function
        if tag.__class__ is str and tag not in _SILENT and (is_apart is None or not is_apart(child)):
            if len(child):
                _gather(child, is_apart, pieces)
            elif text := child.text:
                pieces.append(text)
        if tail := child.tail:
            pieces.append(tail)


def _joined(pieces: list[str]) -> str:
    """The pieces on one line, with a space where two words would meet."""
    if len(pieces) < 2:
        return " ".join(pieces[0].split()) if pieces else ""
    return " ".join(_GLUED.sub(" ", "\0".join(pieces)).replace("\0", "").split())


def own_text(element: HtmlElement) -> str:
    """The text that stands in an element itself, not in elements within."""
    text = element.text or ""
    if len(element):
        text = " ".join([text, *[tail for child in element if (tail := child.tail)]])
    return " ".join(text.split())


def text_before(element: HtmlElement) -> str | None:
    """The bare text right before an element, up to the one before it or to the start of its parent."""
    previous, parent = element.getprevious(), element.getparent()
    text: str | None = None
    if previous is not None:
        text = previous.tail
    elif parent is not None:
        text = parent.text
    return text


def word_count(text: str) -> float:
    """How many words a text on one line has; two characters of Chinese, Japanese or Korean count as one."""
    if text.isascii() or not _CJK.search(text):
        return text.count(" ") + 1 if text else 0
    return len(_CJK.findall(text)) / 2 + len(_CJK.sub(" ", text).split())
