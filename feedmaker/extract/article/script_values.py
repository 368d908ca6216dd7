"""Candidates from names and tags that scripts for statistics and adverts are told; the last resort of all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedmaker.extract.article.survey import Survey
from feedmaker.model import Candidate, Draft, RawPerson
from feedmaker.normalize.names import looks_like_a_name, names

# Each pattern starts with letters that the search can skip to: contentAuthor, 'authors', pageByline, dfp_keywords.
_IS = r"\\?[\"']?\s?[:=,]\s?"
_AUTHORS = tuple(
    re.compile(rf"{key}{_IS}\[?\s?\\?[\"']([^\"'\\<>{{}}\n]{{3,100}})\\?[\"']")
    for key in (r"uthors?(?:_?[nN]ames?)?", "yline")
)
_TAGS = tuple(
    re.compile(rf"{key}{_IS}\\?[\"']([^\"'\\<>{{}}\n]{{3,400}})\\?[\"']") for key in ("eywords", r"\b[tT]ags")
)
_LISTS = tuple(
    re.compile(rf"{key}{_IS}\[((?:\s?\\?[\"'][^\"'\\<>{{}}\n]{{1,60}}\\?[\"']\s?,?){{2,40}})\]")
    for key in ("eywords", r"\b[tT]ags", "opics")
)
_ITEM = re.compile(r"[\"']([^\"'\\]+)\\?[\"']")
_LONG = 60_000  # characters of a script: what is longer is a program
_MOST = 6  # people on one page: what is more is a list of all who write


def extract(survey: Survey) -> Draft:
    """Read what looks like authors and tags in a page's inline scripts."""
    people: dict[str, RawPerson] = {}
    groups: list[tuple[str, ...]] = []
    for text in _scripts(survey):
        told = (match[1] for pattern in _AUTHORS for match in pattern.finditer(text))
        people |= {name: RawPerson(name) for value in told for name in names(value) if looks_like_a_name(name)}
        groups += [tuple(_ITEM.findall(match[1])) for pattern in _LISTS for match in pattern.finditer(text)]
        groups += [(match[1],) for pattern in _TAGS for match in pattern.finditer(text) if "," in match[1]]
    return Draft(
        survey.page.url,
        authors=(Candidate(tuple(people.values()), "script author"),) if 0 < len(people) < _MOST else (),
        tags=tuple(Candidate(group, "script tags") for group in groups[:2]),
    )


def _scripts(survey: Survey) -> Iterator[str]:
    for script in survey.scripts:
        if script.text and "ld+json" not in (script.get("type") or "") and len(script.text) < _LONG:
            yield script.text
