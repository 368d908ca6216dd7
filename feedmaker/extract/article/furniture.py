"""What on a page is not its story: other stories, navigation, comments, adverts, share bars."""

from __future__ import annotations

import re
from collections.abc import Set
from enum import IntEnum
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

_EDGE, _END = r"(?:^|[\s_-])", r"(?:$|[\s_-])"
_OTHER_TAGS = frozenset(("nav", "dialog", "template"))
_OTHER_ROLES = frozenset(("navigation", "dialog", "alertdialog", "search"))
_OTHER_STORIES = re.compile(
    rf"{_EDGE}(?:related\w*|recommend\w*|recirc\w*|teasers?|promos?|comments?|disqus|newsletters?|subscribe|nav|navigation|menu"
    rf"|popular|trending|most-?read|more-?(?:from|on|stories|content)|read-?(?:more|next|also)|see-?also|advert\w*|ads?"
    rf"|sponsor\w*|outbrain|taboola|cookies?|consent|modal|popup|site-?header|site-?footer|page-?footer){_END}",
    re.IGNORECASE,
)
_FURNITURE_TAGS = frozenset(("aside", "footer", "form"))
_FURNITURE = re.compile(
    rf"{_EDGE}(?:sidebar|aside|footer|breadcrumbs?|banner|overlay|masthead|page-?header|share\w*|sharing|social){_END}",
    re.IGNORECASE,
)
_LONG = 400  # characters of classes and ids that are looked at
_UP = 12  # ancestors that are looked at; furniture marks itself near its content


class _Part(IntEnum):
    """What an element is part of."""

    STORY = 0
    FURNITURE = 1  # boxes beside and below the story, and bars for sharing it; bylines may stand in those
    OTHER = 2  # another story, or the site around all of them


def is_of_other_story(element: HtmlElement, around: Set[HtmlElement]) -> bool:
    """Whether an element belongs to another story or to the site, by what holds it and not the story as well.

    ``around`` are the story's element and all that hold it: whatever they are called, the story is in them.
    """
    return _part_of(element, around, _Part.OTHER) >= _Part.OTHER


def is_furniture(element: HtmlElement, around: Set[HtmlElement]) -> bool:
    """Whether an element belongs to anything but the story, boxes beside it and bars for sharing it included."""
    return _part_of(element, around, _Part.FURNITURE) >= _Part.FURNITURE


def is_in_dialog(element: HtmlElement) -> bool:
    """Whether an element stands in something that lies over the page: consent, login, an advert."""
    return any(
        ancestor.tag in _OTHER_TAGS or ancestor.get("role") in _OTHER_ROLES or ancestor.get("aria-modal") == "true"
        for ancestor in element.iterancestors()
    )


def _part_of(element: HtmlElement, around: Set[HtmlElement], least: _Part) -> _Part:
    for ancestor in islice(element.iterancestors(), _UP):
        if ancestor in around or ancestor.tag == "body":
            break
        names = f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"[:_LONG]
        part = _part(ancestor.tag, names, ancestor.get("role"))
        if part >= least:
            return part
    return _Part.STORY


@lru_cache(16_384)  # the elements of a page, and the pages of a site, share most of their names
def _part(tag: str, names: str, role: str | None) -> _Part:
    if tag in _OTHER_TAGS or role in _OTHER_ROLES or _OTHER_STORIES.search(names):
        return _Part.OTHER
    return _Part.FURNITURE if tag in _FURNITURE_TAGS or _FURNITURE.search(names) else _Part.STORY
