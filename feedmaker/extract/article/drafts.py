"""Drafts put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from feedmaker.model import Candidate, Draft

RUNS = tuple(item.name for item in fields(Draft) if item.name != "url")


def joined(url: str, drafts: Iterable[Draft]) -> Draft:
    """One draft with the candidates of all, in their order."""
    runs: dict[str, tuple[Candidate[Any], ...]] = dict.fromkeys(RUNS, ())
    for draft in drafts:
        for run in RUNS:
            if candidates := getattr(draft, run):
                runs[run] += candidates
    return Draft(url=url, **runs)
