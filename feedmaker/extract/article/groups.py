"""Which of a page's groups of tags is its own: one that another group confirms comes before one that stands alone."""

from __future__ import annotations

import re

from feedmaker.extract.article.survey import alike
from feedmaker.extract.article.trust import kind, trust
from feedmaker.model import Candidate

Group = Candidate[tuple[str, ...]]

_SPLIT = re.compile(r"\s*[,;|、，]\s*")
_SURE = 0.92  # trust from which a group needs no other
_CONFIRMED = 0.5  # share of common tags from which two groups confirm one another


def in_order(run: tuple[Group, ...]) -> tuple[Group, ...]:
    """The groups, those first that a group from another place confirms; else as they were."""
    if len(run) < 3:
        return run
    parted = [{part.casefold() for text in group.value for part in _SPLIT.split(text) if part} for group in run]
    kinds = [kind(group.where) for group in run]

    def is_alone(at: int) -> bool:
        if trust("tags", run[at].where) >= _SURE:
            return False
        others = (place for place in range(len(run)) if kinds[place] != kinds[at])
        return not any(alike(parted[at], parted[other]) >= _CONFIRMED for other in others)

    return tuple(run[at] for at in sorted(range(len(run)), key=is_alone))
