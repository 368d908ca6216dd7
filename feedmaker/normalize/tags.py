"""Raw tags -> tags: words for readers, without the labels that machines leave among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from feedmaker.normalize.sites import is_site
from feedmaker.normalize.text import plain

_SEPARATORS = re.compile(r"\s*[,;|\n\t，、؛،]\s*")
_ID = re.compile(r"^(?:[\d\s.:/#_-]+|[0-9a-f]{8}-[0-9a-f-]{27}|(?=\S*\d)[0-9a-f]{16,}|\S*\d{6,}\S*)$", re.IGNORECASE)
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_LABEL = re.compile(r"^[\w -]*(?:tag|topic|keyword|entit|token|thema|subject)\w*(?: \w+)?:\s+", re.IGNORECASE)
_CATEGORY = re.compile(
    r"^(?:[\w-]+ )?(?:category|categories|section|channel|rubrik|ressort|type|iab)\w*:\s+", re.IGNORECASE
)
_LABELLED = re.compile(r"^[\w-]+(?: [\w-]+)?: ")
_FORM = 3  # labelled tags from which they are the fields of a form; a tag alone may be the title of a work
_MACHINE = re.compile(r"^[\w .-]{1,30}:\S|^\S*[=/\\{}<>]\S*$|^\w+(?:[._]\w+){2,}$|^_|_$|^https?\b", re.IGNORECASE)
_NOISE = frozenset(("null", "none", "undefined", "true", "false", "nan", "n/a"))
_LONGEST = 70  # characters of a tag; what is longer is a sentence
_TEXT = 5_000  # characters of one text that holds tags
_MOST = 60  # tags of one entry


def tags(raw: tuple[str, ...], *, without: Iterable[str] = (), page_url: str = "") -> tuple[str, ...]:
    """The tags of a group in its order, each once, in the first case they stand in.

    ``without`` are texts that are no tags of this entry, such as its authors and the name of its site.
    """
    unwanted = {text.casefold() for text in without}
    parts = list(_split(raw))
    if sum(map(bool, map(_LABELLED.match, parts))) >= _FORM:
        parts = [part for part in parts if not _LABELLED.match(part)]
    labels = sum(_is_machine_label(part) for part in parts)
    if labels * 3 > len(parts) * 2 > 4:
        return ()  # a group for machines: what is left of it would be words by chance
    found: dict[str, str] = {}
    for tag in parts:
        key = tag.casefold()
        if key not in unwanted and not is_site(tag, page_url) and not _is_machine_label(tag):
            found.setdefault(key, tag)
    return tuple(found.values())[:_MOST]


def _split(raw: tuple[str, ...]) -> Iterator[str]:
    for text in raw:
        for part in _SEPARATORS.split(plain(text[:_TEXT]) or ""):
            tag = _LABEL.sub("", part.strip(" \"'“”„.#")).strip()
            if tag and not _CATEGORY.match(tag):
                yield tag


def _is_machine_label(tag: str) -> bool:
    if len(tag) > _LONGEST or tag.casefold() in _NOISE:
        return True
    if len(tag) == 1 and tag.isascii():
        return True
    return bool((_ID.match(tag) and not _YEAR.match(tag)) or _MACHINE.search(tag))
