"""Candidates for authors from what a reader sees: elements named as bylines, links to people, texts that say "By"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from feedmaker.extract.article.furniture import is_of_other_story
from feedmaker.extract.article.survey import Survey, text_of
from feedmaker.extract.article.topics import ADDRESS as TOPIC
from feedmaker.model import Candidate, Draft, RawPerson
from feedmaker.normalize.names import AGENCY, looks_like_a_name, names

_NAMED = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z]))(?:[bB]y-?[lL]ines?|[aA]uthors?|[aA]utor(?:en|es|as?|in|[ei])?|[aA]uteurs?|[fF]orfatter"
    r"|[wW]riters?|[rR]eporters?|[jJ]ournalist(?:en|e|a)?|[rR]edakteur(?:in)?|[sS]ignatur[ae]?|firma)(?:$|[\s_-]|(?=[A-Z]))",
)
_ADDRESS = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|by|writers?|reporters?|profiles?|people|journalists?|staff|redaktion)/",
    re.IGNORECASE,
)
_BY = r"(?:by|von|par|por|di|av|af|door|oleh|przez|text|words by|written by|文|記者)"
_STARTS = re.compile(rf"\s*{_BY}\b:?(?:\s+|$)", re.IGNORECASE)
_ALL_OF = re.compile(rf"\b{_BY}\s+", re.IGNORECASE)  # "All stories by Ann Lee", as a link's title
_PICTURE = re.compile(r"credit|caption|photo|foto|image|copyright", re.IGNORECASE)
_FROM_DIGIT = re.compile(r"\d.*")
_NEVER = frozenset(("script", "style", "img", "svg", "path", "br", "source", "picture"))
_PLACED = frozenset(("h1", "time", "img", "p"))  # as survey.places has them
_WALKED = 3_000  # elements of the story that are looked at
_MANY = 300  # bylines; papers of physics have some hundred authors
_LONGEST = 200  # characters of a byline; what is longer is a biography


def extract(survey: Survey) -> Draft:
    """Read the bylines of a page; people of one sort that stand in several places are trusted least."""
    groups: dict[str, list[RawPerson]] = {}
    holders: dict[str, HtmlElement | None] = {}
    for element, where in islice(_bylines(survey), _MANY):
        if where.endswith("story") and any(known.endswith("opening") for known in groups):
            break  # the story is signed where it opens; what follows are boxes about people and other stories
        people = list(_people(element))
        if people:
            holder = holders.setdefault(where, _holder(element))
            known = {person.name for person in groups.get(where, ())}
            is_apart = _holder(element) is not holder and not known.issuperset(person.name for person in people)
            groups.setdefault(f"{where.partition(' in ')[0]} elsewhere" if is_apart else where, []).extend(people)
    return Draft(survey.page.url, authors=tuple(Candidate(tuple(p), where) for where, p in groups.items()))


def _bylines(survey: Survey) -> Iterator[tuple[HtmlElement, str]]:
    """The outermost elements of the story that are a byline, and which sort of one in which part of the story."""
    start, end = survey.opening
    place, done = -1, None
    for element, _ in zip(survey.story.iter("*"), range(_WALKED), strict=False):
        tag = element.tag
        if tag in _PLACED:
            place = survey.places.get(element, place)
        sort = _sort(element, tag) if tag not in _NEVER else None
        if sort and (done is None or done not in element.iterancestors()):
            done = element
            if not is_of_other_story(element, survey.around) and not _is_of_picture(element):
                yield element, f"{sort} in {'opening' if start <= place < end else 'story'}"


def _sort(element: HtmlElement, tag: str) -> str | None:
    if _is_named(element):
        return "byline"
    if tag == "a":
        return "author link" if _links_a_person(element) else None
    text = element.text
    if not text or text.isspace() or len(text) >= _LONGEST:
        return None
    return "by-text" if _STARTS.match(text) else None


def _is_named(element: HtmlElement) -> bool:
    name = element.get("class") or element.get("data-testid") or element.get("aria-label") or ""
    return (name != "" and _names_byline(name[:_LONGEST])) or "author" in (element.get("rel") or "")


@lru_cache(16_384)  # most elements of a page share their class with others
def _names_byline(name: str) -> bool:
    return bool(_NAMED.search(name))


def _is_of_picture(element: HtmlElement) -> bool:
    """Whether a byline is a photographer's; a portrait's caption that links its author is none."""
    if "author" in (element.get("rel") or "") or _ADDRESS.search(element.get("href") or ""):
        return False
    if _PICTURE.search(element.get("class") or ""):
        return True
    return any(ancestor.tag in ("figure", "figcaption", "picture") for ancestor in element.iterancestors())


def _holder(element: HtmlElement) -> HtmlElement | None:
    """The element that holds a byline together with its like."""
    parent = element.getparent()
    return parent if parent is None or parent.getparent() is None else parent.getparent()


def _people(element: HtmlElement) -> Iterator[RawPerson]:
    """The people of a byline, with the addresses of those that it links."""
    if _STARTS.fullmatch(text_of(element)):  # "By" stands alone, with its name beside it
        element = next(element.iterancestors(), element)
    links = [element] if element.tag == "a" else [a for a in element.iter("a") if _links_a_person(a)]
    linked = {name: link.get("href") for link in links for name in _names(link)}
    shown = list(_names(element))
    for name in shown if linked.keys() <= set(shown) else linked:
        yield RawPerson(name, linked.get(name))


def _names(element: HtmlElement) -> Iterator[str]:
    """The names in an element's texts, each text up to its first digit: behind a name stands the date."""
    topics = {text for a in element.iter("a") if _links_a_topic(a) for text in a.itertext()}
    texts = (" ".join(text.split()) for text in element.itertext() if text not in topics)
    text = "\n".join(_FROM_DIGIT.sub("", text) for text in texts)
    if len(text) < _LONGEST:
        yield from (name for name in names(text) if looks_like_a_name(name) or AGENCY.fullmatch(name))


def _links_a_topic(link: HtmlElement) -> bool:
    """Whether a link in a byline leads to the section that the story stands in."""
    return bool(TOPIC.search(link.get("href") or "")) and not _links_a_person(link)


def _links_a_person(link: HtmlElement) -> bool:
    if "author" in (link.get("rel") or "") or _ADDRESS.search(link.get("href") or "") or _is_named(link):
        return True
    title = link.get("title") or ""
    return bool(_ALL_OF.search(title)) and title.rstrip().endswith(text_of(link) or "\0")
