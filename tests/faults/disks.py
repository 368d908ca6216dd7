"""Small file systems that tests mount: full ones, read-only ones, and ones whose power fails."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def mount(*arguments: str | Path) -> None:
    subprocess.run(["mount", *map(str, arguments)], check=True, capture_output=True, timeout=60)


def unmount(folder: Path) -> None:
    subprocess.run(["umount", "--lazy", str(folder)], check=True, capture_output=True, timeout=60)


@contextmanager
def small(folder: Path, size: str) -> Iterator[Path]:
    """A file system in memory of so many bytes, on a new folder."""
    folder.mkdir()
    mount("-t", "tmpfs", "-o", f"size={size},mode=755", "tmpfs", folder)
    try:
        yield folder
    finally:
        unmount(folder)


@contextmanager
def mounted(image: Path, folder: Path) -> Iterator[Path]:
    """The file system in an image, its journal replayed as after a crash."""
    folder.mkdir(exist_ok=True)
    mount("-o", "loop", image, folder)
    try:
        yield folder
    finally:
        unmount(folder)


def fill(folder: Path, leave: int = 0) -> Path:
    """Use up all room, save so many bytes; the file that takes it."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
        size = file.tell()
        os.ftruncate(file.fileno(), max(0, size - leave))
    return filler
