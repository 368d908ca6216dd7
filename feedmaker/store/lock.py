"""One instance at a time: a lock of the operating system beside the state, gone when its process is gone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from feedmaker.errors import AlreadyRunning, StateError

if TYPE_CHECKING:
    from filelock import BaseFileLock


def lock_path(path: Path) -> Path:
    """The lock's file: ``feedmaker.db.lock`` for ``feedmaker.db``. It stays when the lock is released."""
    return path.with_name(path.name + ".lock")


def acquire(path: Path) -> BaseFileLock:
    """Take the lock of the state at ``path``, held until ``release()`` or the end of the process.

    Raises AlreadyRunning when another holds it and StateError when it cannot be taken at all.
    """
    from filelock import FileLock, Timeout

    file = lock_path(path)
    # No fallback: the soft lock that filelock would use where flock is missing outlives a killed process.
    lock = FileLock(file, timeout=0, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise AlreadyRunning(
            f"{path}: another Feedmaker works on this state (it holds {file.name}). "
            "Wait until it ends, stop it, or give this one a state of its own.",
            path=path,
        ) from error
    except OSError as error:
        raise StateError(
            f"{path}: the lock beside it, {file}, cannot be taken ({error.strerror or error}). "
            "The state needs a folder that this user may write to, on a disk that knows file locks.",
            path=path,
        ) from error
    return lock
