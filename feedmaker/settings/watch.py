"""Notices that a settings file was changed, once it is no longer being written."""

from __future__ import annotations

from pathlib import Path
from threading import Event

Signature = tuple[int, int, int, int] | None


class FileWatch:
    """Looks at a file now and then. It must have stood still from one look to the next before its change counts.

    Each change counts once, whatever comes of it: a file that was refused is looked at again when it changes again.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known = self._seen = _signature(path)
        self._asked = Event()

    def ask(self) -> None:
        """Have the next look find a change, whether the file has changed or not; a handler of a signal may call it."""
        self._asked.set()

    def has_changed(self) -> bool:
        """Whether the file is to be read again."""
        before, self._seen = self._seen, _signature(self._path)
        is_new = self._seen == before and self._seen != self._known
        if not is_new and not self._asked.is_set():
            return False
        self._asked.clear()
        self._known = self._seen
        return True


def _signature(path: Path) -> Signature:
    """What changes when a file is written or replaced; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
