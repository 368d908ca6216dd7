"""Feeds in object storage, from which web servers and content delivery networks serve (the extra ``s3``)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from feedmaker.errors import OutputError
from feedmaker.write.names import check_names, content_type

_PROBE = "probe.feedmaker"


class Bucket:
    """A place in object storage that feeds are published in, by its address ``s3://bucket/prefix``.

    Each object is replaced whole. What is there is looked up once, when the place is opened; from then on only this
    program is taken to write there. Raises OutputError when the place cannot be reached or written.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._place = address.removeprefix("s3://")
        self._storage = _storage(address)
        with self._border():
            self._digests = dict(self._listed())
            self._storage.pipe_file(self._path(_PROBE), b"\n")
            self._storage.rm_file(self._path(_PROBE))

    def has(self, names: Iterable[str]) -> bool:
        """Whether all these files are there."""
        return all(name in self._digests for name in names)

    def read(self, name: str) -> bytes | None:
        """The content of a file; None if there is none. Raises OutputError."""
        if name not in self._digests:
            return None
        with self._border():
            content: bytes = self._storage.cat_file(self._path(name))
        return content

    def publish(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Bring files to their contents and return the names of those that changed, in the order given.

        Names must be plain file names in lower case; anything else is a ValueError. Raises OutputError.
        """
        check_names(files)
        digests = {name: hashlib.md5(content, usedforsecurity=False).hexdigest() for name, content in files.items()}
        changed = tuple(name for name in files if self._digests.get(name) != digests[name])
        for name in changed:
            headers = {"ContentType": content_type(name) or "application/octet-stream", "CacheControl": "no-cache"}
            with self._border():
                self._storage.pipe_file(self._path(name), files[name], **headers)
            self._digests[name] = digests[name]
        return changed

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, in the order given; those that are not there are passed over. Raises OutputError."""
        names = tuple(names)
        check_names(names)
        for name in names:
            with self._border():
                self._storage.rm_file(self._path(name))
            self._digests.pop(name, None)

    def _path(self, name: str) -> str:
        return f"{self._place}/{name}"

    def _listed(self) -> Iterator[tuple[str, str]]:
        """The files and their ETags, which are the MD5 of objects that were put as these are.

        Storage that encrypts with keys of its own has other ETags: then every file is written once after a start.
        """
        try:
            found = self._storage.ls(self._place, detail=True)
        except FileNotFoundError:  # nothing is there yet; a bucket that does not exist shows when it is written
            return
        for each in found:
            place, _, name = each["name"].rpartition("/")
            if each["type"] == "file" and place == self._place:
                yield name, each["ETag"].strip('"')

    @contextmanager
    def _border(self) -> Iterator[None]:
        """Where the storage's errors become OutputError."""
        from botocore.exceptions import BotoCoreError  # type: ignore[import-untyped, unused-ignore]

        try:
            yield
        except (OSError, BotoCoreError) as error:
            raise OutputError(
                f"The bucket {self.address} cannot be written: {error}. Check its name, the keys in the environment "
                "and their rights, or set `output` to another place.",
                path=Path(self.address),
            ) from error


def _storage(address: str) -> Any:
    """The file system of the storage. Keys, region and endpoint are found by its library, as in all such programs."""
    try:
        import fsspec  # type: ignore[import-untyped, unused-ignore]
        import s3fs  # type: ignore[import-untyped, unused-ignore]  # noqa: F401
    except ModuleNotFoundError as error:
        raise OutputError(
            f"{address} needs {error.name}, which is not installed: pip install 'feedmaker[s3]'", path=Path(address)
        ) from error
    return fsspec.filesystem("s3", use_listings_cache=False, skip_instance_cache=True)
