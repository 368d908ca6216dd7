"""What on a page is not its story: other stories, navigation, comments, adverts, share bars."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_EDGE, _END = r"(?:^|[\s_-])", r"(?:$|[\s_-])"
_OTHER_TAGS = frozenset(("nav", "dialog", "template"))
_OTHER_STORIES = re.compile(
    rf"{_EDGE}(?:related\w*|recommend\w*|recirc\w*|teasers?|promos?|comments?|disqus|newsletters?|subscribe|nav|navigation|menu"
    rf"|popular|trending|most-?read|more-?(?:from|on|stories|content)|read-?(?:more|next|also)|see-?also|advert\w*|ads?"
    rf"|sponsor\w*|outbrain|taboola|cookies?|consent|modal|popup|site-?header|site-?footer|page-?footer){_END}",
    re.IGNORECASE,
)
_FURNITURE_TAGS = _OTHER_TAGS | {"aside", "footer", "form"}
_FURNITURE = re.compile(
    rf"{_EDGE}(?:sidebar|aside|footer|breadcrumbs?|banner|overlay|masthead|page-?header|share\w*|sharing|social){_END}",
    re.IGNORECASE,
)
_UP = 12  # ancestors that are looked at; furniture marks itself near its content


def is_of_other_story(element: HtmlElement, story: HtmlElement) -> bool:
    """Whether an element belongs to another story or to the site, by what stands between it and the story's element."""
    return _stands_in(element, story, _OTHER_TAGS, (_OTHER_STORIES,))


def is_furniture(element: HtmlElement, story: HtmlElement) -> bool:
    """The same, with boxes beside and below the story and bars for sharing it; bylines may stand in those."""
    return _stands_in(element, story, _FURNITURE_TAGS, (_OTHER_STORIES, _FURNITURE))


def _stands_in(
    element: HtmlElement, story: HtmlElement, tags: frozenset[str], names: tuple[re.Pattern[str], ...]
) -> bool:
    for count, ancestor in enumerate(element.iterancestors()):
        if ancestor is story or count >= _UP:
            return False
        own = f"{ancestor.get('class', '')} {ancestor.get('id', '')}"
        if ancestor.tag in tags or any(pattern.search(own) for pattern in names):
            return True
    return False
