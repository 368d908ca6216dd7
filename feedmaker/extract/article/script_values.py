"""Candidates for authors from what scripts for statistics and adverts are told; the last resort of all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedmaker.extract.article.survey import Survey
from feedmaker.model import Candidate, Draft, RawPerson
from feedmaker.normalize.names import looks_like_a_name, names

# Each pattern starts with letters that the search can skip to: contentAuthor, 'authors', pageByline.
_AUTHORS = tuple(
    re.compile(rf"{key}\\?[\"']?\s?[:=,]\s?\[?\s?\\?[\"']([^\"'\\<>{{}}\n]{{3,100}})\\?[\"']")
    for key in (r"uthors?(?:_?[nN]ames?)?", "yline")
)
_LONG = 30_000  # characters of a script: what is longer is a program
_MOST = 6  # people on one page: what is more is a list of all who write


def extract(survey: Survey) -> Draft:
    """Read what looks like authors in a page's inline scripts."""
    people: dict[str, RawPerson] = {}
    for text in _scripts(survey):
        told = (match[1] for pattern in _AUTHORS for match in pattern.finditer(text))
        people |= {name: RawPerson(name) for value in told for name in names(value) if looks_like_a_name(name)}
    found = (Candidate(tuple(people.values()), "script author"),) if 0 < len(people) < _MOST else ()
    return Draft(survey.page.url, authors=found)


def _scripts(survey: Survey) -> Iterator[str]:
    for script in survey.scripts:
        if script.text and "ld+json" not in (script.get("type") or "") and len(script.text) < _LONG:
            yield script.text
