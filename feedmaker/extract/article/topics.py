"""Candidates for tags from the links to topics that a story carries; asked only where a page declares no tags."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from feedmaker.extract.article.furniture import is_furniture
from feedmaker.extract.article.survey import Survey, text_of
from feedmaker.model import Candidate, Draft
from feedmaker.normalize.urls import same_site

_WORDS = (
    r"tags?|topics?|keywords?|themen?|themas?|stichw(?:ort|orte|oerter)|schlagw(?:ort|orte|oerter)|temas?|etiquetas?|assuntos?"
    r"|argoment[oi]|sujets?|mots?-?cles?|emner?|emneord|stikord|[aä]mnen?|aihe(?:et)?|avainsanat?|etiket(?:ler)?|konu(?:lar)?"
    r"|temat[y]?|tagi|stitk[uy]|klicova-slova|cimk[ek]k?|etichet[ae]|oznak[ae]|onderwerp(?:en)?|trefwoord(?:en)?|hashtags?"
)
_NAMED = re.compile(rf"(?:^|[\s_-]|(?<=[a-z]))(?i:{_WORDS}|tag-?(?:list|cloud|box|links?))(?:$|[\s_-]|(?=[A-Z]))")
ADDRESS = re.compile(rf"/(?:{_WORDS}|category|kategorie|dossier)/", re.IGNORECASE)
_TEXTS = frozenset(("p", "h1", "h2", "h3", "figcaption"))
_NO_ITEMS = frozenset((*_TEXTS, "td", "article", "section", "main", "body"))
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LONGEST, _MOST_WORDS = 45, 5  # characters and words of a topic; what is longer is a headline
_MANY = 40  # topics in one group; what is more is an index
_LONG = 400  # characters of classes and ids that are looked at
_UP = 4  # ancestors whose names are looked at
_WALKED = 5_000
_MENTIONED, _MENTIONED_APART = 0.34, 0.6  # share of topics that the story's own words hold


@dataclass(slots=True)
class _Group:
    """Links that stand together: their texts, and how many of them say that they lead to topics."""

    place: int
    first: HtmlElement
    texts: list[str] = field(default_factory=list)
    tagged: int = 0
    addressed: int = 0


def extract(survey: Survey) -> Draft:
    """Read the groups of links behind the headline whose topics the story mentions."""
    ranked = []
    for holder, group in _groups(survey).items():
        if 0 < len(group.texts) <= _MANY and (rank := _rank(holder, group, survey)):
            where = "a rel=tag" if group.tagged else "topic links"
            ranked.append((rank, Candidate(tuple(group.texts), where)))
    ranked.sort(key=lambda pair: -pair[0])
    return Draft(survey.page.url, tags=tuple(candidate for _, candidate in ranked[:3]))


def _groups(survey: Survey) -> dict[HtmlElement, _Group]:
    start, _ = survey.opening
    place, groups = -1, dict[HtmlElement, _Group]()
    for element, _ in zip(survey.page.tree.iter("a", "h1", "p"), range(_WALKED), strict=False):
        if element.tag != "a":
            place = survey.places.get(element, place)
        elif place >= start:
            text, is_tagged = text_of(element), "tag" in (element.get("rel") or "").split()
            if not _is_topic(text) or not _is_own(element.get("href") or "", survey.page.url):
                continue
            if (holder := _holder(element, in_text=is_tagged)) is None:
                continue
            group = groups.setdefault(holder, _Group(place, element))
            group.texts.append(text)
            group.tagged += is_tagged
            group.addressed += bool(ADDRESS.search(element.get("href") or ""))
    return groups


def _is_topic(text: str) -> bool:
    return 1 < len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS


def _is_own(href: str, page_url: str) -> bool:
    """Whether a link leads to another page of the same site."""
    return href[:1] not in ("", "#") and ("//" not in href or same_site(href, page_url))


def _holder(link: HtmlElement, *, in_text: bool) -> HtmlElement | None:
    """What holds a link together with its like: the list around its item, or what is named after tags around it alone.

    Running text holds none, unless the link itself says that it is a tag (``in_text``).
    """
    item, named = link, None
    for parent in link.iterancestors():
        if parent.tag in _TEXTS and not in_text:
            return None
        if parent.tag in _NO_ITEMS or not _holds_one(parent):
            return parent if named is None or _is_among_its_like(item) else named
        item = parent
        named = item if _is_named(item) else named
    return None


def _is_hidden(element: HtmlElement) -> bool:
    above = islice((element, *element.iterancestors()), _UP)
    return any(_HIDDEN.search(e.get("style") or "") for e in above)


def _holds_one(element: HtmlElement) -> bool:
    """Whether an element has a single child; comments are none."""
    return sum(1 for _ in islice(element.iterchildren("*"), 2)) == 1


def _is_among_its_like(item: HtmlElement) -> bool:
    """Whether the element before or behind has the same tag and class, as the items of a list have."""
    beside = (next(item.itersiblings("*"), None), next(item.itersiblings("*", preceding=True), None))
    return any(e is not None and e.tag == item.tag and e.get("class") == item.get("class") for e in beside)


def _is_named(element: HtmlElement) -> bool:
    """Whether an element is named after tags."""
    names = [name for key in ("class", "id", "aria-label") if (name := element.get(key))]
    return bool(names) and _names_tags(" ".join(names)[:_LONG])


@lru_cache(16_384)  # items share their names with their like, and pages of a site with one another
def _names_tags(names: str) -> bool:
    return bool(_NAMED.search(names))


def _rank(holder: HtmlElement, group: _Group, survey: Survey) -> float:
    """How sure a group is a story's topics; 0 for one that is not."""
    share = sum(text.strip("# ").casefold() in survey.told for text in group.texts) / len(group.texts)
    is_addressed = group.addressed * 2 > len(group.texts)
    is_box = _is_named(holder) and survey.story in holder.iterancestors()
    if share < _MENTIONED and not (group.tagged or is_addressed or is_box):
        return 0  # as most are: menus, lists of stories
    says = (group.tagged > 0) + is_addressed + is_box + _stands_in_named(holder)
    is_apart = is_furniture(group.first, survey.around)
    needed = _MENTIONED_APART if is_apart or not says else _MENTIONED if says == 1 and not group.tagged else 0
    if share < needed or is_apart + (len(group.texts) < 2) > (says > 0) or _is_hidden(holder):
        return 0
    return says + share + min(len(group.texts), 5) / 5


def _stands_in_named(holder: HtmlElement) -> bool:
    return any(map(_is_named, (holder, *islice(holder.iterancestors(), _UP - 1))))
