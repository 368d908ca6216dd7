"""Which source is due next, of any number of them: a table in the store, worked out from settings, states and clock.

Only what is due is ever read from it. A time in it is no more than a pure function written down: where the settings or
the state that it was worked out from have changed, it is worked out anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Protocol

from feedmaker.model import Appointment, Pace, Source, SourceState
from feedmaker.refresh.standing import heard_of
from feedmaker.schedule.due import NEVER, next_due

PAST = datetime.min.replace(tzinfo=UTC)
INSTANT = timedelta(microseconds=1)
AT_ONCE = 100  # new sources are due at once, beyond this many a little later
APART = timedelta(seconds=5)
IN_BULK = 100  # from this many states on it is quicker to read all


class Table(Protocol):
    """The table of due times; ``feedmaker.store.agenda.StoredAgenda`` fills it. Raises StateError."""

    def due(self, after: datetime, until: datetime) -> list[str]: ...
    def plans(self) -> dict[str, str]: ...
    def stale(self) -> list[str]: ...
    def put(self, appointments: Iterable[Appointment], dropped: Iterable[str] = ()) -> None: ...
    def forget_future(self, now: datetime) -> int: ...


class Memory(Protocol):
    """What is remembered of sources; ``feedmaker.store.Store`` fills it. Raises StateError."""

    @property
    def agenda(self) -> Table: ...
    def state(self, source: str) -> SourceState: ...
    def states(self) -> Mapping[str, SourceState]: ...
    def pace(self, source: str) -> Pace | None: ...


class Agenda:
    """Hands out the sources that are due. One that was taken is not due again before it is noted or given back."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._sources: dict[str, Source] = {}
        self._plans: dict[str, str] = {}
        self._taken: dict[str, str] = {}  # with the plans that they were taken by
        self._seen = PAST  # all that was due up to this moment has been handed out
        self._lock = Lock()
        self._reckoning = Lock()  # from reading a state to writing what comes of it, or an older one could win

    def settle(self, sources: Iterable[Source], now: datetime, common: str = "") -> None:
        """Take over these sources in place of those before: at the start, and when the settings have changed.

        One that was never refreshed, or that has other settings than before, is due at once: somebody waits for it.
        ``common`` is what the settings say of all feeds, in any form.
        """
        table = self._memory.agenda
        table.forget_future(now)
        configured = {source.name: source for source in sources}
        plans = {name: plan_of(source, common) for name, source in configured.items()}
        known = table.plans()
        changed = [name for name in configured if known.get(name) != plans[name]]
        states = self._states(changed)
        # One that was refreshed before anything was on the agenda (`feedmaker build`) goes on by its schedule.
        at_once = [name for name in changed if name in known or not states[name].last_attempt]
        later = {*changed, *table.stale()} & configured.keys() - set(at_once)
        with self._lock:
            self._sources, self._plans = configured, plans
        appointments = [
            _at_once(configured[name], states[name], now, place, plans[name]) for place, name in enumerate(at_once)
        ]
        appointments += [self._appointment(configured[name], now) for name in sorted(later)]
        table.put(appointments, dropped=known.keys() - configured.keys())
        with self._lock:
            self._seen = PAST

    def take_due(self, now: datetime) -> list[Source]:
        """The sources that are due, the longest due first, and taken from now on."""
        with self._lock:
            after = self._seen if self._seen <= now else PAST
            self._seen = now
        names = self._memory.agenda.due(after, now)
        with self._lock:
            free = [name for name in names if name in self._sources and name not in self._taken]
            self._taken.update((name, self._plans[name]) for name in free)
            return [self._sources[name] for name in free]

    def note(self, source: Source, now: datetime) -> None:
        """Work out when a source that was taken is due again, by what its refresh has left in its state."""
        with self._lock:
            is_same = self._taken.get(source.name) == self._plans.get(source.name)
        if not is_same:  # its settings have changed meanwhile, and its time with them
            self.give_back(source)
            return
        with self._reckoning:
            appointment = self._appointment(source, now)
            self._memory.agenda.put([appointment])
        with self._lock:
            self._taken.pop(source.name, None)
            self._seen = min(self._seen, appointment.due - INSTANT)

    def give_back(self, source: Source) -> None:
        """A source that was taken is due as it was before."""
        with self._lock:
            self._taken.pop(source.name, None)
            self._seen = PAST

    def reckon(self, now: datetime) -> None:
        """Work out all times anew: the clock was set."""
        self._memory.agenda.forget_future(now)
        with self._lock:
            sources = list(self._sources.values())
        with self._reckoning:
            self._memory.agenda.put([self._appointment(source, now) for source in sources])
        with self._lock:
            self._seen = PAST

    def _appointment(self, source: Source, now: datetime) -> Appointment:
        state = heard_of(source, self._memory.state(source.name))
        pace = self._memory.pace(source.name) if source.schedule.is_adaptive else None
        due = next_due(source.schedule, state, now, pace)
        return Appointment(source.name, due, self._plans[source.name], state.last_attempt)

    def _states(self, names: Sequence[str]) -> Mapping[str, SourceState]:
        if len(names) < IN_BULK:
            return {name: self._memory.state(name) for name in names}
        known = self._memory.states()
        return {name: known.get(name) or SourceState(name) for name in names}


def plan_of(source: Source, common: str) -> str:
    """A hash of a source's settings, secrets left out, and of what all feeds have in common."""
    return hashlib.sha256(f"{source!r}\n{common}".encode()).hexdigest()[:16]


def _at_once(source: Source, state: SourceState, now: datetime, place: int, plan: str) -> Appointment:
    """When the source is due that stands at a place among those that are new; thousands at once would be a stampede."""
    standing = heard_of(source, state).standing
    due = NEVER if standing.is_gone else max(now + place // AT_ONCE * APART, standing.not_before or now)
    return Appointment(source.name, due, plan, state.last_attempt)
