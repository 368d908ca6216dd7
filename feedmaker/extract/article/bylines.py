"""Candidates for authors from what a reader sees: links that say so and elements that are named so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from feedmaker.extract.article.furniture import is_of_other_story
from feedmaker.extract.article.survey import Survey
from feedmaker.model import Candidate, Draft, RawPerson
from feedmaker.normalize.names import looks_like_a_name, names

_NAMED = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z]))(?:by-?lines?|authors?|autor(?:en|es|as?|in)?|auteurs?|autor[ei]|forfatter|writers?|reporters?"
    r"|journalist\w*|redakteur\w*|signatur\w*|firma)(?:$|[\s_-]|(?=[A-Z]))",
)
_ADDRESS = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|by|writers?|reporters?|profiles?|people|journalists?|staff|redaktion)/",
    re.IGNORECASE,
)
_FROM_DIGIT = re.compile(r"\d.*")
_WALKED = 3_000  # elements of the story that are looked at
_LONGEST = 200  # characters of a byline; what is longer is a biography
_BY = re.compile(
    r"\s*(?:by|von|par|por|di|av|af|door|oleh|przez|text|words by|written by|文|記者)\b:?\s*", re.IGNORECASE
)


def extract(survey: Survey) -> Draft:
    """Read the bylines of a page: named elements and links to people first, then texts that say "By"."""
    groups: dict[str, list[RawPerson]] = {}
    for element, where in _bylines(survey):
        groups.setdefault(where, []).extend(_people(element))
    return Draft(survey.page.url, authors=tuple(Candidate(tuple(p), where) for where, p in groups.items() if p))


def _bylines(survey: Survey) -> Iterator[tuple[HtmlElement, str]]:
    """The outermost elements of the story that are a byline, and which sort of one in which part of the story."""
    start, end = survey.opening
    place, done = -1, None
    for element, _ in zip(survey.story.iter("*"), range(_WALKED), strict=False):
        place = survey.places.get(element, place)
        sort = _sort(element)
        if sort and (done is None or done not in element.iterancestors()):
            done = element
            if not is_of_other_story(element, survey.story):
                yield element, f"{sort} in {'opening' if start <= place < end else 'story'}"


def _sort(element: HtmlElement) -> str | None:
    if _is_named(element):
        return "byline"
    if element.tag == "a":
        return "author link" if _links_a_person(element) else None
    text = element.text
    return "by-text" if text and len(text) < _LONGEST and _BY.match(text) else None


def _is_named(element: HtmlElement) -> bool:
    name = element.get("class") or element.get("data-testid") or ""
    return bool(name and _NAMED.search(name)) or "author" in (element.get("rel") or "")


def _people(element: HtmlElement) -> Iterator[RawPerson]:
    """The people of a byline: those it links, or what has the form of a name in its texts."""
    links = [element] if element.tag == "a" else [a for a in element.iter("a") if _links_a_person(a)]
    linked = [RawPerson(name, link.get("href")) for link in links for name in _names(link)]
    yield from linked or (RawPerson(name) for name in _names(element))


def _names(element: HtmlElement) -> Iterator[str]:
    """The names in an element's texts, each text up to its first digit: behind a name stands the date."""
    text = "\n".join(_FROM_DIGIT.sub("", " ".join(text.split())) for text in element.itertext())
    if len(text) < _LONGEST:
        yield from (name for name in names(text) if looks_like_a_name(name))


def _links_a_person(link: HtmlElement) -> bool:
    return "author" in (link.get("rel") or "") or bool(_ADDRESS.search(link.get("href") or "")) or _is_named(link)
