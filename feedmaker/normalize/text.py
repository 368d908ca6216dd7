"""Text that a reader can read: no markup, no entities, no faults of encoding, no name of the site in a title."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import unquote

import lxml.etree

from feedmaker import tree
from feedmaker.normalize.urls import host_of, path_of, registrable_domain

_HIDDEN = re.compile(r"<(?:script|style|template|!--)", re.IGNORECASE)
_INLINE = "a|abbr|acronym|b|bdi|bdo|big|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|tt|u|wbr"
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_JUNK = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]"
)
_EDGES = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffc\ufffd \u00a0"
# Letters that UTF-8's first bytes look like in windows-1252, each before as many as its other bytes look like.
_OTHER_BYTE = "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
_MISREAD = re.compile(
    f"[\u00c2-\u00df]{_OTHER_BYTE}|[\u00e0-\u00ef]{_OTHER_BYTE}{{2}}|[\u00f0-\u00f4]{_OTHER_BYTE}{{3}}"
)
_WORD = re.compile(r"\w+")

_SEPARATOR = re.compile(r"\s+(?:[|–—·•»«<>‹›~/]|-{1,3}|::|\|\|)\s+|\s*[|｜：]\s*|,\s+")  # ｜ and ： as in Japanese
_LEADING = re.compile(r"\s*(?:[|–—·•»:]|\s-)\s+")
_DATE_TAIL = re.compile(r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}")
_DOMAIN_LIKE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2}|com|org|net|info|news|online|media)", re.IGNORECASE)
_SHORT = 3  # words
_MOST_WORDS = 6  # of a site's name with its byword
_SECTION_WORDS = frozenset(("news", "nachrichten", "aktuell", "video", "videos", "noticias", "actualités", "notizie"))
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})


def plain(text: str | None) -> str | None:
    """Plain text of a value that may hold markup or entities, on one line, in NFC; None if nothing is left.

    Entities are decoded once: what a page shows as ``&amp;`` stays that.
    """
    if not text:
        return None
    if "<" in text:
        text = _TAG.sub(" ", _INLINE_TAG.sub("", _without_hidden(text) if _HIDDEN.search(text) else text))
    if "&" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", mend(text))
    if not text.isprintable():  # as hardly a text is on one line already, without junk
        text = _JUNK.sub("", text)
    return " ".join(text.split()).strip(_EDGES) or None


def _without_hidden(markup: str) -> str:
    root = tree.parse(markup.encode("utf-8", "replace"), "utf-8")
    lxml.etree.strip_elements(root, "script", "style", "template", lxml.etree.Comment, with_tail=False)
    return lxml.etree.tostring(root, encoding="unicode", method="html")


def mend(text: str) -> str:
    """Text with faults of encoding undone, such as ``â€™`` for an apostrophe; right text stays as it is."""
    if text.isascii() or not _MISREAD.search(text):
        return text
    import ftfy

    return ftfy.fix_encoding(text)


def same_text(a: str, b: str) -> float:
    """How alike two texts are, from 0 to 1: F1 of their words, their order and case aside."""
    left, right = (Counter(_WORD.findall(text.casefold())) for text in (a, b))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0


def title_without_site(title: str, site_names: tuple[str, ...], page_url: str) -> str:
    """A title without the site's name, section and date at its end, or the name at its start.

    ``site_names`` are names that the page gives itself. A dash may belong to a headline, so there must be evidence: one
    part of what goes is the site's name or host, every other a section of the address or a date.
    """
    tails = list(_tails(title))
    if not tails and not _LEADING.search(title):
        return title
    site = _Site.of(site_names, page_url)
    # Between strokes the very name of the site ends the title, whatever a site writes behind it.
    tails = next(
        (tails[at:] for at, (_, tail, mark) in enumerate(tails) if mark == "|" and site.is_exactly(tail)), tails
    )
    cut, name_mark = len(title), ""
    for start, tail, mark in tails:
        if site.is_named(tail) and (mark != "," or len(tail.split()) > 1):
            cut, name_mark = start, mark
        elif not (
            _DATE_TAIL.fullmatch(tail) or (mark == name_mark == "|" and _is_short(tail)) or site.is_section(tail)
        ):
            break
        elif name_mark:
            cut = start
    head = title[:cut].rstrip() if name_mark else title
    return _without_lead(head, site) or title


def _is_short(text: str) -> bool:
    return len(text.split()) <= _SHORT


def _without_lead(title: str, site: _Site) -> str:
    found = _LEADING.search(title)
    if found and site.is_exactly(title[: found.start()], by_label="|" in found[0]) and len(title) > found.end():
        return title[found.end() :]
    return title


def _tails(title: str) -> Iterator[tuple[int, str, str]]:
    """The parts of a title behind each separator, the last first: where the separator starts, the part, the mark."""
    end = len(title)
    for found in reversed(list(_SEPARATOR.finditer(title))):
        yield found.start(), title[found.end() : end].strip(), found[0].strip().replace("｜", "|")
        end = found.start()


class _Site:
    """What a page's site is called, in letters and digits alone."""

    def __init__(self, names: frozenset[str], label: str, path: str) -> None:
        self._names, self._label, self._path = names, label, path

    @classmethod
    @lru_cache(64)
    def of(cls, names: tuple[str, ...], page_url: str) -> _Site:
        host = host_of(page_url).removeprefix("www.")
        domain = registrable_domain(host)
        known = {squeezed for name in (*names, host, domain) for squeezed in _squeezed(name)}
        path = unquote(path_of(page_url))
        return cls(frozenset(known), domain.partition(".")[0].replace("-", ""), "/".join(_squeezed_path(path)))

    def is_exactly(self, text: str, *, by_label: bool = True) -> bool:
        return any(squeezed in self._names or (by_label and squeezed == self._label) for squeezed in _squeezed(text))

    def is_named(self, text: str) -> bool:
        """Whether a text is the site's name, perhaps with a byword or shortened to its host's label."""
        if not text or len(text.split()) > _MOST_WORDS:
            return False
        if self.is_exactly(text) or _DOMAIN_LIKE.fullmatch(text):
            return True
        is_label_among = _is_short(text) and self._label in {word.casefold() for word in _WORD.findall(text)}
        return is_label_among or any(self._resembles(squeezed) for squeezed in _squeezed(text))

    def _resembles(self, squeezed: str) -> bool:
        names = {self._label, *self._names}
        return any(
            (len(name) > 3 and name in squeezed and len(name) * 5 >= len(squeezed) * 2)
            or (len(squeezed) > 3 and squeezed in name and len(squeezed) * 5 >= len(name) * 2)
            for name in names
        )

    def is_section(self, text: str) -> bool:
        """Whether a text names a part of the site: a folder of the page's address, or news as such."""
        if not _is_short(text):
            return False
        return self._is_folder(text) or all(
            word.casefold() in _SECTION_WORDS or self._is_folder(word) for word in text.split()
        )

    def _is_folder(self, text: str) -> bool:
        return any(len(squeezed) > 2 and f"/{squeezed}/" in f"/{self._path}/" for squeezed in _squeezed(text))


def _squeezed(name: str) -> set[str]:
    """Letters and digits of a name in lower case, with umlauts spelled both ways that hosts spell them."""
    lowered = unicodedata.normalize("NFC", name.casefold())
    stripped = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    both = ("".join(c for c in text if c.isalnum()) for text in (stripped, lowered.translate(_UMLAUTS)))
    return {text for text in both if text}


def _squeezed_path(path: str) -> Iterator[str]:
    for folder in path.split("/")[:-1]:
        yield from _squeezed(folder)
