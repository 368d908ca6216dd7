"""Temporary files of a publication, and what becomes of those that a killed run left behind.

Their names tell everything: ``.<batch>-<number>-<total>-<name>.feedmaker``. The files of a batch are put in place in
the order of their numbers, after the last one has been written. So a batch whose first files are gone was complete, and
is finished by whoever sweeps; one whose first file is there never began to replace anything, and is removed.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, which refuses to touch a file that another process has open
    fcntl = None  # type: ignore[assignment]

MODE = 0o644
_LEFT = re.compile(r"\.(?P<batch>[0-9a-f]+)-(?P<number>\d+)-(?P<total>\d+)-(?P<name>[^/]+)\.feedmaker")


@dataclass(slots=True)
class Temporary:
    """A file that waits, locked, to be put in place as ``target``."""

    path: Path
    target: Path
    handle: int = field(repr=False)

    @classmethod
    def create(cls, folder: Path, name: str, *, batch: str, number: int, total: int, content: bytes) -> Temporary:
        """Write a new file to the disk; it stays locked until it is discarded, so that no sweep takes it."""
        path = folder / f".{batch}-{number}-{total}-{name}.feedmaker"
        handle = _locked(path)
        temporary = cls(path, folder / name, handle)
        try:
            _write(handle, content)
        except OSError:
            temporary.discard()
            raise
        return temporary

    def replace(self) -> None:
        """Put the file in place of its target in one step; a symbolic link there is replaced, not followed."""
        self.path.replace(self.target)

    def discard(self) -> None:
        """Remove the file unless it has been put in place, and give up its lock."""
        with contextlib.suppress(OSError):
            self.path.unlink()
        os.close(self.handle)


def _write(handle: int, content: bytes) -> None:
    view = memoryview(content)
    while view:
        view = view[os.write(handle, view) :]
    os.chmod(handle, MODE)
    os.fsync(handle)


def _locked(path: Path) -> int:
    """A new file, locked. A sweep that saw it before its lock has removed it; then it is made anew."""
    while True:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        if fcntl is not None:
            with contextlib.suppress(OSError):  # some network file systems know no locks
                fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle
        os.close(handle)


def is_temporary(path: Path) -> bool:
    """Whether a file is, by its name, one that waits to be put in place."""
    return _LEFT.fullmatch(path.name) is not None


def sweep(folder: Path) -> None:
    """Finish or remove what killed runs left in the folder; files of a run that is still at work are let be."""
    batches: dict[tuple[str, int], dict[int, Path]] = {}
    for path in sorted(folder.iterdir()):
        if found := _LEFT.fullmatch(path.name):
            batches.setdefault((found["batch"], int(found["total"])), {})[int(found["number"])] = path
    for (_, total), left in batches.items():
        if all(_is_abandoned(path) for path in left.values()):
            _settle(left, total)


def _settle(left: dict[int, Path], total: int) -> None:
    has_begun = sorted(left) == list(range(total - len(left) + 1, total + 1)) and len(left) < total
    for _, path in sorted(left.items(), reverse=not has_begun):
        with contextlib.suppress(FileNotFoundError):  # another sweep was faster
            if has_begun:
                path.replace(path.with_name(_LEFT.sub(r"\g<name>", path.name)))
            else:
                path.unlink()


def _is_abandoned(path: Path) -> bool:
    """Whether nobody holds the lock of a temporary file: the kernel gives it up for a process that was killed."""
    if fcntl is None:
        return True
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno != errno.EWOULDBLOCK
    finally:
        os.close(handle)
    return True


def sync_folder(folder: Path) -> None:
    """Bring the folder's own entries to the disk, so that a replaced file outlives a power failure."""
    if os.name == "nt":  # no way to open a folder there; NTFS keeps its own journal
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
