"""Figures for Prometheus (the extra ``metrics``)."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable
from threading import Lock

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from feedmaker.model import Outcome, Problem, Result, Stage
from feedmaker.web.vitals import Vitals

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
_LATENESS = (1, 2, 5, 10, 30, 60, 300, 900, 3600)


class Metrics:
    """What refreshes come to, in a registry of its own; from any thread.

    No figure has a label that grows with the sources unless ``by_source`` asks for it: 10,000 sources would make as
    many series of each.
    """

    def __init__(self, sources: int, problems: Iterable[Problem], vitals: Vitals, *, by_source: bool = False) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self._refreshes = Counter("feedmaker_refreshes", "Refreshes by their result", ["result"], registry=registry)
        self._seconds = Histogram(
            "feedmaker_refresh_seconds", "How long refreshes took", buckets=_SECONDS, registry=registry
        )
        self._lateness = Histogram(
            "feedmaker_lateness_seconds", "How late refreshes began", buckets=_LATENESS, registry=registry
        )
        self._requests = Counter("feedmaker_requests", "Requests to sites", registry=registry)
        self._bytes = Counter("feedmaker_received_bytes", "Bytes of pages as they came", registry=registry)
        self._added = Counter("feedmaker_entries_added", "Entries that were new", registry=registry)
        self._updated = Counter("feedmaker_entries_updated", "Entries that had changed", registry=registry)
        self._sources = Gauge("feedmaker_sources", "Sources in the settings", registry=registry)
        self._bad = Gauge("feedmaker_sources_with_problems", "Sources with which something is wrong", registry=registry)
        self._problems = Gauge("feedmaker_problems", "Open problems by their stage", ["stage"], registry=registry)
        Gauge("feedmaker_seconds_since_tick", "How long ago the loop came round", registry=registry).set_function(
            lambda: vitals.since_tick
        )
        self._by_source = _BySource(registry) if by_source else None
        self._lock = Lock()
        self._open: dict[str, tuple[Stage, ...]] = {}
        for result in Result:
            self._refreshes.labels(result)
        self._sources.set(sources)
        for problem in problems:
            self._open[problem.source] = (*self._open.get(problem.source, ()), problem.stage)
        self._count_problems()

    def settle(self, names: Iterable[str]) -> None:
        """Count these sources and no others from now on."""
        known = frozenset(names)
        with self._lock:
            gone = [name for name in self._open if name not in known]
            for name in gone:
                del self._open[name]
            self._sources.set(len(known))
            self._count_problems()
        if self._by_source:
            self._by_source.settle(known)

    def refreshed(self, outcome: Outcome) -> None:
        """Count a refresh."""
        self._refreshes.labels(outcome.result).inc()
        self._seconds.observe(outcome.seconds)
        self._requests.inc(outcome.requests)
        self._bytes.inc(outcome.received)
        self._added.inc(outcome.added)
        self._updated.inc(outcome.updated)
        self._lateness.observe(outcome.late)
        if outcome.result is Result.STOPPED:
            return
        with self._lock:
            self._open[outcome.source] = tuple(problem.stage for problem in outcome.problems)
            self._count_problems()
        if self._by_source:
            self._by_source.refreshed(outcome)

    def text(self) -> bytes:
        """All figures as Prometheus reads them."""
        return generate_latest(self._registry)

    def _count_problems(self) -> None:
        tally = Tally(stage for stages in self._open.values() for stage in stages)
        self._bad.set(sum(1 for stages in self._open.values() if stages))
        for stage in Stage:
            self._problems.labels(stage.replace(" ", "_")).set(tally[stage])


class _BySource:
    """Figures of each source by its name."""

    def __init__(self, registry: CollectorRegistry) -> None:
        label = ["source"]
        self._gauges = {
            "entries": Gauge("feedmaker_source_entries", "Entries of a source", label, registry=registry),
            "problems": Gauge("feedmaker_source_problems", "Open problems of a source", label, registry=registry),
            "success": Gauge(
                "feedmaker_source_last_success_timestamp_seconds", "When it was last read", label, registry=registry
            ),
        }
        self._names: set[str] = set()

    def refreshed(self, outcome: Outcome) -> None:
        self._names.add(outcome.source)
        self._gauges["entries"].labels(outcome.source).set(outcome.entries)
        self._gauges["problems"].labels(outcome.source).set(len(outcome.problems))
        if outcome.result is not Result.FAILED:
            self._gauges["success"].labels(outcome.source).set_to_current_time()

    def settle(self, known: frozenset[str]) -> None:
        for name in self._names - known:
            for gauge in self._gauges.values():
                gauge.remove(name)
        self._names &= known
