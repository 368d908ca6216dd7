"""One instance at a time on a PostgreSQL server: an advisory lock, gone when its connection is gone."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from feedmaker.errors import AlreadyRunning

KEY = 0x0FEED  # what tells our locks from those of other programs in the database
# The schema in which the tables lie is the second half of the key: one database can hold several states.
_TAKE = text("SELECT pg_try_advisory_lock(:key, hashtext(current_schema()))")
_ALIVE = text("SELECT 1")


class AdvisoryLock:
    """The lock of a state, on a connection of its own. A server that restarts, or a network that breaks, lets it go."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._connection: Connection | None = None
        self._one = threading.Lock()

    def hold(self) -> None:
        """See to it that the lock is held. Raises AlreadyRunning when another instance has it."""
        with self._one:
            if self._connection and not _is_alive(self._connection):
                self._drop()
            if self._connection is None:
                self._connection = self._taken()

    def release(self) -> None:
        """Let others have the state."""
        with self._one:
            self._drop()

    def _taken(self) -> Connection:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        if not connection.execute(_TAKE, {"key": KEY}).scalar_one():
            connection.close()
            raise AlreadyRunning(
                f"{self._name}: another Feedmaker works on this state. "
                "Wait until it ends, stop it, or give this one a state of its own.",
                path=Path(self._name),
            )
        connection.detach()  # the pool must not hand it to anybody else
        return connection

    def _drop(self) -> None:
        if self._connection:
            with suppress(DBAPIError):
                self._connection.close()
            self._connection = None


def _is_alive(connection: Connection) -> bool:
    try:
        connection.execute(_ALIVE)
    except DBAPIError:
        return False
    return True
