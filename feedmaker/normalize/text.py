"""Text that a reader can read: no markup, no entities, no encoding faults."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter

_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_JUNK = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_EDGES = " \t\r\n\u200b\u200c\u200d\u2060\ufeff\u00ad"
_WORD = re.compile(r"\w+")
_SEPARATED = re.compile(r"\s+[|–—-]\s+")


def plain(text: str | None) -> str | None:
    """Plain text of a value that may hold markup or entities; None if nothing is left."""
    if not text:
        return None
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    text = " ".join(_JUNK.sub("", text).split()).strip(_EDGES)
    return unicodedata.normalize("NFC", mend(text)) or None


def mend(text: str) -> str:
    """Text with faults of encoding undone, such as "â€™" for an apostrophe."""
    if "â€" not in text and "Ã" not in text:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def title_without_site(title: str, site_names: tuple[str, ...], page_url: str) -> str:
    """A title without the name of its site at the end; ``site_names`` are names the page gives itself."""
    head, *tails = _SEPARATED.split(title)
    known = {name.casefold() for name in site_names}
    if tails and tails[-1].casefold() in known:
        return title[: title.rindex(tails[-1])].rstrip(" |–—-")
    return title


def same_text(a: str, b: str) -> float:
    """How alike two texts are: token F1, from 0 to 1."""
    left, right = Counter(_WORD.findall(a.casefold())), Counter(_WORD.findall(b.casefold()))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0
