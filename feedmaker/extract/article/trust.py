"""How far each source of a field is trusted, and the merging of several drafts by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from feedmaker.model import Candidate, Draft

RUNS = tuple(item.name for item in fields(Draft) if item.name != "url")


def merged(url: str, drafts: Iterable[Draft]) -> Draft:
    """One draft with the candidates of all."""
    runs: dict[str, list[Candidate[Any]]] = {run: [] for run in RUNS}
    for draft in drafts:
        for run, candidates in runs.items():
            candidates += getattr(draft, run)
    return Draft(url=url, **{run: tuple(candidates) for run, candidates in runs.items()})
