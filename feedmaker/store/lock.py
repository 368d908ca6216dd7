"""One instance at a time: a lock of the operating system beside the state, gone when its process is gone.

The lock's file holds the number of the process that works, and a word once it has ended in order. So it also tells
whether a Feedmaker has worked on the state before, and whether the last one was killed.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker.errors import AlreadyRunning, StateError

if TYPE_CHECKING:
    from filelock import BaseFileLock


ENDED = "ended in order"


class InstanceLock:
    """A lock that is held until ``release`` or the end of the process.

    ``was_used`` tells that a Feedmaker has worked on this state before, ``was_killed`` that it did not end in order.
    """

    def __init__(self, file: Path, lock: BaseFileLock) -> None:
        self._file = file
        self._lock = lock
        self._before = _content(file)
        self.was_used = self._before != ""
        self.was_killed = self._before not in {"", ENDED}
        self._note(str(os.getpid()))

    @classmethod
    def acquire(cls, path: Path) -> InstanceLock:
        """Take the lock of the state at ``path``.

        Raises AlreadyRunning when another holds it and StateError when it cannot be taken at all.
        """
        from filelock import FileLock, Timeout

        file = lock_path(path)
        # No fallback: the soft lock that filelock would use where flock is missing outlives a killed process.
        lock = FileLock(file, timeout=0, thread_local=False, fallback_to_soft=False)
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout as error:
            raise AlreadyRunning(_already_running(path, file), path=path) from error
        except OSError as error:
            raise StateError(
                f"{path}: the lock beside it, {file}, cannot be taken ({error.strerror or error}). "
                "The state needs a folder that this user may write to, on a disk that knows file locks.",
                path=path,
            ) from error
        return cls(file, lock)

    def release(self, *, in_order: bool = True) -> None:
        """Let others have the state; without ``in_order`` the next one looks at it as closely as after a kill."""
        if in_order:
            self._note(ENDED)
        self._lock.release()

    def give_up(self) -> None:
        """Let others have a state that could not be opened, as if nobody had tried."""
        self._note(self._before)
        self._lock.release()

    def _note(self, text: str) -> None:
        with suppress(OSError):  # a full disk, or Windows, which keeps others from a locked file
            self._file.write_text(text)


def lock_path(path: Path) -> Path:
    """The lock's file: ``feedmaker.db.lock`` for ``feedmaker.db``. It stays when the lock is released."""
    return path.with_name(path.name + ".lock")


def _already_running(path: Path, file: Path) -> str:
    holder = _content(file)
    process = f" (process {holder})" if holder.isdecimal() else ""
    return (
        f"{path}: another Feedmaker{process} works on this state. "
        "Wait until it ends, stop it, or give this one a state of its own."
    )


def _content(file: Path) -> str:
    try:
        return file.read_text(errors="replace").strip()
    except OSError:
        return "unreadable"
