"""When each configured source is due: a table with an index, so that what is not due costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from feedmaker.model import Appointment
from feedmaker.store.queries import upsert
from feedmaker.store.schema import agenda, sources

_DUE = (
    select(agenda.c.source)
    .where(agenda.c.due > bindparam("after"), agenda.c.due <= bindparam("until"))
    .order_by(agenda.c.due, agenda.c.source)
)
_PLANS = select(agenda.c.source, agenda.c.plan)
_NEXT = select(agenda.c.due).where(agenda.c.source == bindparam("of_source"))
_STALE = (
    select(agenda.c.source)
    .join(sources, sources.c.source == agenda.c.source)
    .where(or_(agenda.c.attempt.is_(None), agenda.c.attempt != sources.c.last_attempt))
    .where(sources.c.last_attempt.is_not(None))
)
_AHEAD = update(sources).where(sources.c.last_attempt > bindparam("now_"))
_PUT = upsert(agenda)
_DROP = delete(agenda).where(agenda.c.source == bindparam("of_source"))

Transaction = Callable[[], AbstractContextManager[Connection]]


class StoredAgenda:
    """The table; methods may be called from many threads and raise StateError."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading = reading
        self._writing = writing

    def due(self, after: datetime, until: datetime) -> list[str]:
        """The sources whose time is later than one moment and not later than another, the longest due first."""
        with self._reading() as connection:
            return list(connection.execute(_DUE, {"after": after, "until": until}).scalars())

    def time(self, source: str) -> datetime | None:
        """When a source is due; None for one that is not on the agenda."""
        with self._reading() as connection:
            return connection.execute(_NEXT, {"of_source": source}).scalar_one_or_none()

    def plans(self) -> dict[str, str]:
        """What the settings of each source on the agenda were when its time was worked out."""
        with self._reading() as connection:
            return {name: plan for name, plan in connection.execute(_PLANS)}  # noqa: C416 - rows are no pairs to dict()

    def stale(self) -> list[str]:
        """The sources that were refreshed since their time was worked out."""
        with self._reading() as connection:
            return list(connection.execute(_STALE).scalars())

    def put(self, appointments: Iterable[Appointment], dropped: Iterable[str] = ()) -> None:
        """Note when sources are due, in place of what was noted before, and take others off."""
        gone = [{"of_source": name} for name in dropped]
        rows = [
            {"source": each.source, "due": each.due, "plan": each.plan, "attempt": each.attempt}
            for each in appointments
        ]
        if not rows and not gone:
            return
        with self._writing() as connection:
            if gone:
                connection.execute(_DROP, gone)
            if rows:
                connection.execute(_PUT[connection.dialect.name], rows)

    def forget_future(self, now: datetime) -> int:
        """Count attempts that now lie in the future as made now, for good; gives how many. The clock was set back.

        Were they kept, each further setting of the clock would make their sources wait anew.
        """
        with self._writing() as connection:
            return connection.execute(_AHEAD.values(last_attempt=now), {"now_": now}).rowcount
