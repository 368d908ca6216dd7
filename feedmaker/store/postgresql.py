"""A state in a PostgreSQL database (the extra ``postgresql``): the same tables, looked after by a server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from feedmaker.errors import StateError
from feedmaker.model import Database
from feedmaker.store import migrate
from feedmaker.store.advisory import AdvisoryLock
from feedmaker.store.database import writing

CONNECT_SECONDS = 10
COPY = "before_"  # a table's name before that of the table it is a copy of: before_r0001_entries


class PostgresqlDatabase:
    """An open state on a server; fills ``Backend``. One who only reads holds no lock."""

    def __init__(self, database: Database, engine: Engine, *, readonly: bool) -> None:
        self.name = str(database)
        self.engine = engine
        self.notices: tuple[str, ...] = ()
        self._lock = None if readonly else AdvisoryLock(engine, self.name)

    @classmethod
    def open(cls, database: Database, *, readonly: bool, busy_timeout: timedelta) -> Self:
        """Connect, and bring the tables up to date unless they are only read. Raises StateError or AlreadyRunning."""
        engine = _make_engine(database, readonly=readonly, busy_timeout=busy_timeout)
        opened = cls(database, engine, readonly=readonly)
        try:
            with opened.border():
                if readonly:
                    with engine.connect() as connection:
                        migrate.check_readable(connection, opened.name)
                else:
                    opened.guard()
                    migrate.bring_up_to_date(writing(engine), opened.name, migrate.HISTORY, back_up)
        except BaseException:
            opened.close(in_order=False)
            raise
        return opened

    def border(self) -> AbstractContextManager[None]:
        """Where errors of the server become StateError."""
        return _errors_of(self.name)

    def guard(self) -> None:
        """See to it that nobody else has the state by now, before it is written: a connection may have been lost."""
        if self._lock:
            self._lock.hold()

    def shrink(self) -> None:
        """Nothing: the server's own autovacuum makes room for what comes next."""

    def drop_copies(self, keep: int) -> None:
        """Remove the tables that upgrades have copied, but those of the newest."""
        with self.border(), writing(self.engine).begin() as connection:
            names = [name for name in inspect(connection).get_table_names() if name.startswith(COPY)]
            revisions = sorted({name.split("_")[1] for name in names}, reverse=True)
            for name in names:
                if name.split("_")[1] in revisions[keep:]:
                    connection.execute(text(f'DROP TABLE "{name}"'))

    def close(self, *, in_order: bool) -> None:
        """Close all connections; the lock goes with its own."""
        if self._lock:
            self._lock.release()
        self.engine.dispose()


def back_up(connection: Connection, revision: str) -> str:
    """Copy all tables as they are, beside themselves and in the same transaction; what the copies are called."""
    for name in inspect(connection).get_table_names():
        if not name.startswith(COPY):
            connection.execute(text(f'CREATE TABLE "{COPY}{revision}_{name}" AS TABLE "{name}"'))
    return f"tables named {COPY}{revision}_…"


def _make_engine(database: Database, *, readonly: bool, busy_timeout: timedelta) -> Engine:
    url = _url(database)
    try:
        engine = create_engine(
            url,
            connect_args={"connect_timeout": CONNECT_SECONDS, "application_name": "feedmaker"},
            pool_size=8,
            max_overflow=-1,
            pool_pre_ping=True,  # a server that was restarted is found out before a statement fails by it
        )
    except ModuleNotFoundError as error:
        message = f"{database} needs {error.name}, which is not installed: pip install 'feedmaker[postgresql]'"
        raise StateError(message, path=Path(str(database))) from error
    milliseconds = int(busy_timeout.total_seconds() * 1000)

    def prepare(connection: Any, _record: object) -> None:
        connection.execute("SET TIME ZONE 'UTC'")
        connection.execute(f"SET lock_timeout = {milliseconds}")
        connection.execute(f"SET default_transaction_read_only = {'on' if readonly else 'off'}")
        connection.commit()

    event.listen(engine, "connect", prepare)
    return engine


def _url(database: Database) -> URL:
    try:
        return make_url(database.url).set(drivername="postgresql+psycopg")
    except ArgumentError as error:
        raise StateError(f"{database} is not the address of a database", path=Path(str(database))) from error


@contextmanager
def _errors_of(name: str) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        code = str(getattr(error.orig, "sqlstate", None) or "")
        advice = next((words for start, words in _ADVICE.items() if code.startswith(start)), None)
        if advice is None:
            raise
        reason = " ".join(str(error.orig).split())
        raise StateError(f"{name}: the state cannot be used ({reason}). {advice}", path=Path(name)) from error


_AWAY = "See that the server runs and can be reached; nothing that was stored is lost."
# By the first characters of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html); a connection
# that fails has none. What is not here can only be a bug of ours.
_ADVICE = {
    "08": _AWAY,
    "57": _AWAY,
    "28": "See that the user and the password in `state` are right.",
    "3D": "Create the database first: createdb.",
    "42501": "Let the user of `state` create and write tables in the database.",
    "25006": "The server only reads at the moment: name the one that writes.",
    "53": "Make room on the server, or let it have more connections; nothing that was stored is lost.",
    "55P03": "Another program holds a lock on it: close what has it open and run again.",
    "40": "Another program was in the way: run again.",
    "58": "See that the server's disk is well.",
    "XX": "See what the server's log says.",
    "": f"{_AWAY} See also that its address, user and password are right, and that the database exists (createdb).",
}
