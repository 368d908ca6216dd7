"""Candidates from the state that a page hands to its scripts: Next.js, Nuxt, Fusion, preloaded stores, data layers.

Each store has its own shape, but in all of them the story is an object that holds the story's headline.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from feedmaker.extract.article.drafts import joined
from feedmaker.extract.article.json_text import LIMIT, Json
from feedmaker.extract.article.nodes import Node
from feedmaker.extract.article.state_forms import states
from feedmaker.extract.article.state_story import TITLES, draft_of
from feedmaker.extract.article.survey import Survey, alike, text_of, words
from feedmaker.model import Draft

_TELLS = ("ublish", "uthor", "yline", "eywords", '"tags"', '"taxonomy"')  # a state without any of them is of no use
_TITLED = frozenset(TITLES)
_NESTED = (dict, list)
_FLIGHT = "__next_f"  # what Next.js sends in parts, any of which may tell the rest
_SHORT = 200  # characters
_MANY = 40_000  # objects and lists of a page's state that are looked at
_STORIES = 4  # objects that tell of the same story: its teaser, its text, its data for search engines
_SAME = 0.85  # share of common words from which two titles are one


def extract(survey: Survey) -> Draft:
    """Read the objects of a page's state that hold its headline."""
    wanted = [words(text) for text in _headlines(survey)]
    tells = {_telling(headline) for headline in wanted}
    texts = [text for text in _scripts(survey) if _FLIGHT in text or any(tell in text for tell in tells)]
    found = [story for state in states(texts, tells) for story in _stories(state, wanted)]
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
        if not text or "ld+json" in (script.get("type") or ""):
            continue
        if _FLIGHT in text or (len(text) > _SHORT and any(tell in text for tell in _TELLS)):
            yield text[:LIMIT]


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
            if len(value) > 3 and not _TITLED.isdisjoint(value) and _is_titled(value, wanted):
                yield value
        elif isinstance(value, list):
            nested = value
        waiting.extend([item for item in nested if isinstance(item, _NESTED)])


def _is_titled(node: Node, wanted: list[frozenset[str]]) -> bool:
    for key in TITLES:
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("basic") or value.get("default")
        if isinstance(value, str) and 5 < len(value) < 400:
            own = words(value)
            if any(alike(own, headline) >= _SAME for headline in wanted):
                return True
    return False
