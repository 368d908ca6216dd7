"""Candidates for authors from the last line of a story's text: a name alone, set apart by its form."""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from feedmaker.extract.article.survey import Survey, text_of
from feedmaker.model import Candidate, Draft, RawPerson
from feedmaker.normalize.names import looks_like_a_name

_EMPHASIS = frozenset(("strong", "b", "em", "i"))
_RIGHT = re.compile(r"\bright\b")
_NEAR = 12  # elements behind the last long paragraph that are looked at
_MOST_WORDS = 4


def extract(survey: Survey) -> Draft:
    """Read the name that ends a story, emphasised or at the right; a heading of what follows ends nothing."""
    below = [element for element in _below(survey) if isinstance(element.tag, str) and text_of(element)]
    if len(below) != 1 or not _is_set_apart(below[0]):
        return Draft(survey.page.url)
    name = text_of(below[0]).strip(" ()–—-/")
    if len(name.split()) > _MOST_WORDS or not looks_like_a_name(name):
        return Draft(survey.page.url)
    return Draft(survey.page.url, authors=(Candidate((RawPerson(name),), "signature"),))


def _below(survey: Survey) -> list[HtmlElement]:
    """The elements that follow the last long paragraph beside it."""
    if survey.body is None:
        return []
    last = next((p for p in reversed([*survey.body.iter("p")]) if p in survey.long_paragraphs), None)
    return [] if last is None else [*islice(last.itersiblings(), _NEAR)]


def _is_set_apart(line: HtmlElement) -> bool:
    if line.find(".//a") is not None:
        return False
    text = text_of(line)
    is_emphasised = any(e.tag in _EMPHASIS and text_of(e) == text for e in line.iter())
    return is_emphasised or bool(_RIGHT.search(f"{line.get('style')} {line.get('class')} {line.get('align')}"))
