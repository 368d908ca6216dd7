"""What a database must be for the store to work in it; ``sqlite`` and ``postgresql`` are the two that are."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol

from sqlalchemy import Engine

BUSY_TIMEOUT = timedelta(seconds=30)


class Backend(Protocol):
    """An open state. ``notices`` tell what had to be done to open it that a person should know.

    ``name`` is what messages call it; it never shows a password.
    """

    name: str
    engine: Engine
    notices: tuple[str, ...]

    def border(self) -> AbstractContextManager[None]:
        """Within it, what the database says of itself or its disk becomes a StateError. Errors of ours pass as bugs."""
        ...

    def guard(self) -> None:
        """Called before each transaction that writes: raises AlreadyRunning if another instance has the state now."""
        ...

    def shrink(self) -> None:
        """Give the room of what was dropped back to the file system."""
        ...

    def drop_copies(self, keep: int) -> None:
        """Remove all but the newest copies of the state that upgrades and damage have left."""
        ...

    def close(self, *, in_order: bool) -> None:
        """Close all connections, and let other instances have the state."""
        ...
