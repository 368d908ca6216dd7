"""Which of a page's groups of tags is its own: one that another group confirms comes before one that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from feedmaker.extract.article.survey import Survey, alike
from feedmaker.extract.article.trust import kind, trust
from feedmaker.model import Candidate
from feedmaker.normalize.tags import tags

Group = Candidate[tuple[str, ...]]

_SPLIT = re.compile(r"\s*[,;|、，]\s*")
_ENOUGH = 800  # characters from which a story can be expected to mention what it is about
_MENTIONED = 0.15  # share of tags that it mentions, at least
_SURE = 0.92  # trust from which a group needs no other
_CONFIRMED = 0.5  # share of common tags from which two groups confirm one another


def doubted(run: tuple[Group, ...], survey: Survey) -> tuple[Group, ...]:
    """The groups, each that the story hardly mentions marked as such: many sites write the same into every page."""
    return tuple(
        group if _is_mentioned(group, survey) else replace(group, where=f"unmentioned {group.where}") for group in run
    )


def _is_mentioned(group: Group, survey: Survey) -> bool:
    raw = [part for text in group.value for part in _SPLIT.split(text) if part]
    if len(raw) < 2 or _share(raw, survey.announced) >= _MENTIONED:  # enough for most pages
        return True
    words = tags(group.value)
    return len(words) < 2 or len(survey.told) < _ENOUGH or _share(words, survey.told) >= _MENTIONED


def _share(words: Sequence[str], told: str) -> float:
    return sum(word.casefold() in told for word in words) / len(words)


def in_order(run: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups as they were, those first that another place repeats, those last that none confirms."""
    if len(run) < 3:
        return run
    parted = [{part.casefold() for text in group.value for part in _SPLIT.split(text) if part} for group in run]
    kinds = [kind(group.where) for group in run]

    def stands_alone(at: int) -> float:
        if trust("tags", run[at].where) >= _SURE:
            return 0
        likeness = max((alike(parted[at], parted[o]) for o in range(len(run)) if kinds[o] != kinds[at]), default=0)
        return 0 if likeness == 1 else 1 if likeness >= _CONFIRMED else 2

    return tuple(run[at] for at in sorted(range(len(run)), key=stands_alone))
