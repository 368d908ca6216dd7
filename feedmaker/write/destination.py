"""Where feeds are published: a folder, or a place in object storage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from feedmaker.write.bucket import Bucket
from feedmaker.write.output import Output


class Destination(Protocol):
    """What ``Output`` and ``Bucket`` have in common. Methods may be called from many threads and raise OutputError."""

    def has(self, names: Iterable[str]) -> bool:
        """Whether all these files are there."""
        ...

    def read(self, name: str) -> bytes | None:
        """The content of a file; None if there is none."""
        ...

    def publish(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Bring files to their contents and return the names of those that changed, in the order given."""
        ...

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, in the order given; those that are not there are passed over."""
        ...


def open_destination(folder: Path, bucket: str | None = None) -> Destination:
    """The bucket if there is one, else the folder. Raises OutputError when it cannot be written."""
    return Bucket(bucket) if bucket else Output(folder)
