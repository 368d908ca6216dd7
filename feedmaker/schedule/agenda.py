"""Which source is due next, of any number of them, without looking at those that are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from heapq import heapify, heappop, heappush

from feedmaker.model import Outcome, Source, SourceState
from feedmaker.refresh.standing import heard_of
from feedmaker.schedule.due import next_due, state_after


class Agenda:
    """A heap of due times. A source that was taken is off the agenda until its outcome is noted."""

    def __init__(self, sources: Iterable[Source], states: Mapping[str, SourceState], now: datetime) -> None:
        self._sources = {source.name: source for source in sources}
        self._states = {
            name: heard_of(source, states.get(name) or SourceState(name)) for name, source in self._sources.items()
        }
        self._waiting = set(self._sources)
        self._heap: list[tuple[datetime, str]] = []
        self.reckon(now)

    def reckon(self, now: datetime) -> None:
        """Work out all due times anew: the clock was set.

        An attempt that now lies in the future counts as made now, for good: were it kept, each further setting of the
        clock would make its source wait anew.
        """
        for name, state in self._states.items():
            if state.last_attempt and state.last_attempt > now:
                self._states[name] = replace(state, last_attempt=now)
        self._heap = [(self._due(name, now), name) for name in sorted(self._waiting)]
        heapify(self._heap)

    def take_due(self, now: datetime) -> list[Source]:
        """The sources that are due, the longest due first, and off the agenda from now on."""
        due = []
        while self._heap and self._heap[0][0] <= now:
            _, name = heappop(self._heap)
            self._waiting.discard(name)
            due.append(self._sources[name])
        return due

    def note(self, source: Source, outcome: Outcome, started: datetime, now: datetime) -> None:
        """Put a source that was taken back on the agenda, by what its refresh came to."""
        name = source.name
        self._states[name] = state_after(self._states[name], outcome, started)
        self._waiting.add(name)
        heappush(self._heap, (self._due(name, now), name))

    @property
    def next(self) -> datetime | None:
        """When the next source is due; None while none waits."""
        return self._heap[0][0] if self._heap else None

    def _due(self, name: str, now: datetime) -> datetime:
        return next_due(self._sources[name].schedule, self._states[name], now)
