"""Candidates from the state that a page hands to its scripts: Next.js, Nuxt, Fusion, preloaded stores, data layers.

Each store has its own shape, but in all of them the story is an object that holds the story's headline.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator

from feedmaker.extract.article.json_text import LIMIT, Json
from feedmaker.extract.article.nodes import Node
from feedmaker.extract.article.survey import Survey, alike, text_of, words
from feedmaker.model import Candidate, Draft, RawDate, RawPerson

_ASSIGNED = re.compile(r"=\s?(?=[{\[]\s{0,9}[\"{\[])")
_TELLS = ("ublish", "uthor", "yline", "eywords", '"tags"', '"taxonomy"')  # a state without any of them is of no use
_DECODER = json.JSONDecoder(strict=False)
_MANY = 40_000  # objects and lists of a page's state that are looked at
_ASSIGNMENTS = 20  # of one script
_SAME = 0.85  # share of common words from which two titles are one

_TITLES = ("headline", "title", "name", "headlines", "webTitle", "pageTitle", "Title", "articleTitle")
# Names of properties as squeezed by _squeezed(), the most telling first.
_PUBLISHED = (
    "datepublished",
    "publishedat",
    "firstpublishdate",
    "firstpublished",
    "firstpublishedat",
    "publishdate",
    "publisheddate",
    "publishedtime",
    "publicationdate",
    "publishedon",
    "displaydate",
    "published",
    "pubdate",
    "publicationtime",
)
_UPDATED = ("datemodified", "updatedat", "modifiedat", "lastupdateddate", "lastmodified", "lastupdated", "modifieddate")
_AUTHORS = ("authors", "author", "bylines", "byline", "writers", "contributors", "creators", "credits", "authorline")
_TAGS = ("tags", "keywords", "topics", "taxonomy")
_SUMMARIES = ("description", "summary", "subheadline", "excerpt", "teasertext", "deck")
_NAMES = ("by", "name", "displayname", "fullname", "title", "label", "text", "value", "byline", "basic", "tags")


def extract(survey: Survey) -> Draft:
    """Read the objects of a page's state that hold its headline."""
    wanted = [words(text) for text in _headlines(survey)]
    found = [story for script in _scripts(survey) for state in _states(script) for story in _stories(state, wanted)]
    drafts = [_draft(story, survey.page.url) for story in found[:4]]
    return Draft(
        survey.page.url,
        summaries=tuple(c for draft in drafts for c in draft.summaries),
        published=tuple(c for draft in drafts for c in draft.published),
        updated=tuple(c for draft in drafts for c in draft.updated),
        authors=tuple(c for draft in drafts for c in draft.authors),
        tags=tuple(c for draft in drafts for c in draft.tags),
    )


def _headlines(survey: Survey) -> Iterator[str]:
    if survey.headline is not None:
        yield text_of(survey.headline)
    yield from (title for title in (survey.meta("og:title"),) if title)


def _scripts(survey: Survey) -> Iterator[str]:
    """The texts of scripts that may hold a state."""
    for script in survey.scripts:
        text = script.text
        if text and len(text) > 200 and "ld+json" not in (script.get("type") or "") and any(t in text for t in _TELLS):
            yield text[:LIMIT]


def _states(text: str) -> Iterator[Json]:
    """The JSON values of a script: the whole of it, or what it assigns."""
    if text.lstrip().startswith(("{", "[")):
        yield from _decoded(text, len(text) - len(text.lstrip()))
        return
    for count, match in enumerate(_ASSIGNED.finditer(text)):
        if count >= _ASSIGNMENTS:
            return
        yield from _decoded(text, match.end())


def _decoded(text: str, at: int) -> Iterator[Json]:
    try:
        yield _DECODER.raw_decode(text, at)[0]
    except (ValueError, RecursionError):
        return


def _stories(state: Json, wanted: list[set[str]]) -> Iterator[Node]:
    """The objects that hold the headline and more of a story, breadth first."""
    waiting = deque((state,))
    for _ in range(_MANY):
        if not waiting:
            return
        value = waiting.popleft()
        nested: Iterable[Json] = ()
        if isinstance(value, dict):
            nested = value.values()
            if len(value) > 3 and _is_titled(value, wanted):
                yield value
        elif isinstance(value, list):
            nested = value
        waiting.extend([item for item in nested if isinstance(item, dict | list)])


def _is_titled(node: Node, wanted: list[set[str]]) -> bool:
    for key in _TITLES:
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("basic") or value.get("default")
        if isinstance(value, str) and 5 < len(value) < 400:
            own = words(value)
            if any(alike(own, headline) >= _SAME for headline in wanted):
                return True
    return False


def _squeezed(key: str) -> str:
    return key.replace("_", "").replace("-", "").lower()


def _draft(story: Node, url: str) -> Draft:
    named = {_squeezed(key): (key, value) for key, value in story.items()}

    def where(name: str) -> str:
        return f"state .{named[name][0]}"

    def dates(keys: tuple[str, ...]) -> tuple[Candidate[RawDate], ...]:
        found = ((key, _date(named[key][1])) for key in keys if key in named)
        return tuple(Candidate(date, where(key)) for key, date in found if date is not None)

    def texts(keys: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        found = ((key, tuple(_names(named[key][1]))) for key in keys if key in named)
        return [(where(key), names) for key, names in found if names]

    return Draft(
        url,
        summaries=tuple(Candidate(found[0], place) for place, found in texts(_SUMMARIES)),
        published=dates(_PUBLISHED),
        updated=dates(_UPDATED),
        authors=tuple(Candidate(tuple(RawPerson(name) for name in found), p) for p, found in texts(_AUTHORS)),
        tags=tuple(Candidate(found, place) for place, found in texts(_TAGS)),
    )


def _date(value: Json) -> RawDate | None:
    if isinstance(value, dict):
        value = next((v for v in value.values() if isinstance(v, str | int)), None)
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) and value else None


def _names(value: Json, depth: int = 0) -> Iterator[str]:
    """The texts of a value, or the names of what it lists."""
    if isinstance(value, str) and value.strip():
        yield value
    elif isinstance(value, list) and depth < 4:
        for item in value[:60]:
            yield from _names(item, depth + 1)
    elif isinstance(value, dict) and depth < 4:
        named = {_squeezed(key): nested for key, nested in value.items()}
        inner = next((named[key] for key in _NAMES if named.get(key)), None)
        yield from _names(inner, depth + 1)
