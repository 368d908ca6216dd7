"""How sources are, in the store: what their refreshes have seen, what is wrong, and what has been told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, bindparam, delete, func, select, update

from feedmaker.model import Field, Observation, Problem, Stage, Watch
from feedmaker.store.queries import upsert
from feedmaker.store.schema import FEED_DATE, entries, observations, problems, watches

RECENT = 24  # observations that are kept of each source in any case
DAYS = timedelta(days=90)  # for which one of each day is kept besides, and problems that are over
_FIELDS = tuple(field for field in Field if field is not Field.URL)

_HISTORY = select(observations).where(observations.c.source == bindparam("of_source")).order_by(observations.c.at)
_PUT_OBSERVATION = upsert(observations)
_DROP_OBSERVATION = delete(observations).where(
    observations.c.source == bindparam("of_source"), observations.c.at == bindparam("of_at")
)
_DATES = select(FEED_DATE).where(entries.c.source == bindparam("of_source"))
_WATCH = select(watches).where(watches.c.source == bindparam("of_source"))
_PUT_WATCH = upsert(watches, but="is_told_broken")  # another thread may be telling of the source
_OPEN = select(problems).where(problems.c.ended.is_(None)).order_by(problems.c.source, problems.c.since)
_OPEN_OF = _OPEN.where(problems.c.source == bindparam("of_source"))
_LATEST = select(problems).order_by(problems.c.since.desc(), problems.c.source).limit(bindparam("limit"))
_LAST_ENDED = select(func.max(problems.c.ended)).where(problems.c.source == bindparam("of_source"))
_PUT_PROBLEM = upsert(problems)
_DROP_PROBLEMS = delete(problems).where(
    problems.c.source == bindparam("of_source"), problems.c.ended < bindparam("before")
)
_TELL = (
    update(watches)
    .where(watches.c.source == bindparam("of_source"))
    .values(is_told_broken=bindparam("is_broken"), streak=0)
)

Transaction = Callable[[], AbstractContextManager[Connection]]


def outdated(times: Iterable[datetime], now: datetime) -> list[datetime]:
    """Which observations are kept no more: all but the last few, and the last of each day for three months."""
    newest_first = sorted(times, reverse=True)
    kept_days = {time.date() for time in newest_first[:RECENT]}
    dropped = []
    for time in newest_first[RECENT:]:
        if time.date() in kept_days or time < now - DAYS:
            dropped.append(time)
        kept_days.add(time.date())
    return dropped


class StoredHealth:
    """The tables; methods may be called from many threads and raise StateError."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading = reading
        self._writing = writing

    def watch(self, source: str) -> Watch:
        """What is remembered of a source to tell how it is, with its open problems."""
        with self._reading() as connection:
            row = connection.execute(_WATCH, {"of_source": source}).mappings().one_or_none()
            open_ = connection.execute(_OPEN_OF, {"of_source": source}).mappings()
            return _watch(row, tuple(map(_problem, open_)))

    def history(self, source: str) -> tuple[Observation, ...]:
        """What refreshes of a source have seen, oldest first."""
        with self._reading() as connection:
            return tuple(map(_observation, connection.execute(_HISTORY, {"of_source": source}).mappings()))

    def dates(self, source: str) -> list[datetime]:
        """The dates that the entries of a source have in its feed."""
        with self._reading() as connection:
            return list(connection.execute(_DATES, {"of_source": source}).scalars())

    def open_problems(self) -> tuple[Problem, ...]:
        """All that is wrong now, by source."""
        with self._reading() as connection:
            return tuple(map(_problem, connection.execute(_OPEN).mappings()))

    def latest_problems(self, limit: int) -> tuple[Problem, ...]:
        """The last problems that have arisen, over or not, the latest first."""
        with self._reading() as connection:
            return tuple(map(_problem, connection.execute(_LATEST, {"limit": limit}).mappings()))

    def last_ended(self, source: str) -> datetime | None:
        """When the last problem of a source ended; None if that is long ago, or never was."""
        with self._reading() as connection:
            ended: datetime | None = connection.execute(_LAST_ENDED, {"of_source": source}).scalar_one()
            return ended

    def save(
        self, source: str, watch: Watch, ended: Iterable[Problem], seen: Observation | None, now: datetime
    ) -> None:
        """Store how a source with a state is: its watch, problems that have ended, and what a refresh has seen."""
        rows = [_problem_row(problem) for problem in (*watch.problems, *ended)]
        with self._writing() as connection:
            dialect = connection.dialect.name
            connection.execute(_PUT_WATCH[dialect], _watch_row(source, watch))
            if rows:
                connection.execute(_PUT_PROBLEM[dialect], rows)
                connection.execute(_DROP_PROBLEMS, {"of_source": source, "before": now - DAYS})
            if seen:
                connection.execute(_PUT_OBSERVATION[dialect], _observation_row(source, seen))
                times = connection.execute(_HISTORY.with_only_columns(observations.c.at), {"of_source": source})
                old = [{"of_source": source, "of_at": time} for time in outdated(times.scalars(), now)]
                if old:
                    connection.execute(_DROP_OBSERVATION, old)

    def tell(self, sources: Iterable[str], *, is_broken: bool) -> None:
        """Note what has been told of sources."""
        rows = [{"of_source": source, "is_broken": is_broken} for source in sources]
        if rows:
            with self._writing() as connection:
                connection.execute(_TELL, rows)


def _watch(row: RowMapping | None, open_: tuple[Problem, ...]) -> Watch:
    if row is None:
        return Watch(open_)
    seconds = row["longest_pause"]
    pause = None if seconds is None else timedelta(seconds=seconds)
    return Watch(open_, row["newest"], row["quiet_after"], pause, row["is_told_broken"], row["streak"])


def _watch_row(source: str, watch: Watch) -> dict[str, object]:
    pause = watch.longest_pause
    return {
        "source": source,
        "newest": watch.newest,
        "quiet_after": watch.quiet_after,
        "longest_pause": None if pause is None else int(pause.total_seconds()),
        "is_told_broken": watch.is_told_broken,
        "streak": watch.streak,
    }


def _problem(row: RowMapping) -> Problem:
    return Problem(row["source"], Stage(row["stage"]), row["evidence"], row["since"], row["subject"], row["ended"])


def _problem_row(problem: Problem) -> dict[str, object]:
    return {column.name: getattr(problem, column.name) for column in problems.columns}


_PLAIN = tuple(
    column.name for column in observations.columns if column.name != "source" and not column.name.startswith("with_")
)


def _observation(row: RowMapping) -> Observation:
    return Observation(**{name: row[name] for name in _PLAIN}, filled={each: row[f"with_{each}"] for each in _FIELDS})


def _observation_row(source: str, seen: Observation) -> dict[str, object]:
    filled = {f"with_{each}": seen.filled.get(each, 0) for each in _FIELDS}
    return {"source": source, **{name: getattr(seen, name) for name in _PLAIN}, **filled}
