"""Candidates from the state that a page hands to its scripts: Next.js, Nuxt, Fusion, preloaded stores, data layers.

Each store has its own shape, but in all of them the story is an object that holds the story's headline.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator

from feedmaker.extract.article.drafts import joined
from feedmaker.extract.article.json_text import LIMIT, Json
from feedmaker.extract.article.nodes import Node
from feedmaker.extract.article.state_story import draft_of
from feedmaker.extract.article.survey import Survey, alike, text_of, words
from feedmaker.model import Draft

_ASSIGNED = re.compile(r"=\s?(?=[{\[]\s{0,9}[\"{\[])")
_TELLS = ("ublish", "uthor", "yline", "eywords", '"tags"', '"taxonomy"')  # a state without any of them is of no use
_DECODER = json.JSONDecoder(strict=False)
_MANY = 40_000  # objects and lists of a page's state that are looked at
_ASSIGNMENTS = 20  # of one script
_STORIES = 4  # objects that tell of the same story: its teaser, its text, its data for search engines
_SAME = 0.85  # share of common words from which two titles are one
_TITLES = ("headline", "title", "name", "headlines", "webTitle", "pageTitle", "Title", "articleTitle")


def extract(survey: Survey) -> Draft:
    """Read the objects of a page's state that hold its headline."""
    wanted = [words(text) for text in _headlines(survey)]
    tells = {_telling(headline) for headline in wanted}
    texts = [text for text in _scripts(survey) if any(tell in text for tell in tells)]
    found = [story for text in texts for state in _states(text) for story in _stories(state, wanted)]
    return joined(survey.page.url, [draft_of(story, survey.page.url) for story in found[:_STORIES]])


def _headlines(survey: Survey) -> Iterator[str]:
    if survey.headline is not None:
        yield text_of(survey.headline)
    yield from (title for title in (survey.meta("og:title"),) if title)


def _telling(headline: frozenset[str]) -> str:
    """A piece of a headline that a state which holds it must hold too, whatever its case and escapes."""
    return max((word[1:] for word in headline if word.isascii()), key=len, default="")


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


def _stories(state: Json, wanted: list[frozenset[str]]) -> Iterator[Node]:
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


def _is_titled(node: Node, wanted: list[frozenset[str]]) -> bool:
    for key in _TITLES:
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("basic") or value.get("default")
        if isinstance(value, str) and 5 < len(value) < 400:
            own = words(value)
            if any(alike(own, headline) >= _SAME for headline in wanted):
                return True
    return False
