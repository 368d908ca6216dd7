"""The files of the output folder as they are sent: their bytes, type, and what tells one version from another."""

from __future__ import annotations

import gzip
import hashlib
import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli

from feedmaker.web.negotiation import Coding
from feedmaker.write import content_type, is_file_name

_BROTLI_QUALITY = 5  # 10 ms for a feed of 400 kB; the best quality gains a tenth, and takes a second
_GZIP_LEVEL = 6
_PLAINLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)  # Windows has neither
_LEAST_BYTES = 512  # less does not get smaller by more than the headers that say so


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a file. ``modified`` is in whole seconds since 1970, which is as exact as dates are in HTTP."""

    content: bytes
    type: str
    modified: int
    digest: str

    def tag(self, coding: Coding) -> str:
        """The entity tag (RFC 9110, section 8.8.3), of which each coding has its own."""
        return f'"{self.digest}"' if coding is Coding.IDENTITY else f'"{self.digest}-{coding}"'

    def encoded(self, coding: Coding) -> bytes:
        """The content in a coding."""
        return _encoded(self.content, coding)

    @property
    def is_worth_encoding(self) -> bool:
        """Whether a coding makes it smaller."""
        return len(self.content) >= _LEAST_BYTES


def document(folder: Path, name: str) -> Document | None:
    """The file of that name; None if the output has none.

    Only what the output can name is looked for: nothing outside of the folder and nothing hidden. Symbolic links are
    not followed, and a pipe is not waited for.
    """
    kind = content_type(name)
    if kind is None or not is_file_name(name):
        return None
    try:
        handle = os.open(folder / name, _PLAINLY)
    except OSError:
        return None
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        return None
    with os.fdopen(handle, "rb") as file:
        content = file.read()
    return Document(content, kind, int(status.st_mtime), hashlib.sha256(content).hexdigest()[:32])


@lru_cache(maxsize=64)  # files that are asked for most, so that their readers do not wait for a compressor
def _encoded(content: bytes, coding: Coding) -> bytes:
    match coding:
        case Coding.BROTLI:
            small: bytes = brotli.compress(content, mode=brotli.MODE_TEXT, quality=_BROTLI_QUALITY)
            return small
        case Coding.GZIP:
            return gzip.compress(content, _GZIP_LEVEL, mtime=0)
        case Coding.IDENTITY:
            return content
