"""A feed of the problems themselves: each is an entry when it arises, and another one when it is over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from feedmaker.model import STATUS_FEED, Entry, Feed, FeedEntry, Problem, Source

PROBLEMS = 100  # the latest ones that the feed tells of


def status_feed(problems: Iterable[Problem], sources: Mapping[str, Source], base_url: str | None) -> Feed:
    """The feed of problems of these sources, of which it is never a part itself; those of others are left out."""
    told = [problem for problem in problems if problem.source in sources]
    entries = sorted(
        (entry for problem in told for entry in _entries(problem, sources[problem.source])),
        key=lambda each: (each.published, each.entry.id),
        reverse=True,
    )
    return Feed(
        name=STATUS_FEED,
        title="Problems of Feedmaker's sources",
        home_url=base_url or "https://feedmaker.invalid/",
        description="What is wrong with sources, and what is over.",
        language="en",
        entries=tuple(entries),
        base_url=base_url,
        changed_at=max((each.published for each in entries), default=None),
    )


def _entries(problem: Problem, source: Source) -> Iterator[FeedEntry]:
    yield _entry(problem, source, problem.since, f"{problem.source}: {problem.name}", problem.evidence)
    if problem.ended:
        title = f"{problem.source}: {problem.name} is over"
        yield _entry(problem, source, problem.ended, title, f"It was: {problem.evidence}", suffix="/over")


def _entry(problem: Problem, source: Source, at: datetime, title: str, summary: str, suffix: str = "") -> FeedEntry:
    name = f"feedmaker-problem:{problem.source}/{problem.stage}/{problem.subject}/{problem.since.isoformat()}{suffix}"
    id_ = f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
    entry = Entry(id_, source.url, title, summary, published=at, tags=(problem.stage,))
    return FeedEntry(entry, published=at, updated=at)
