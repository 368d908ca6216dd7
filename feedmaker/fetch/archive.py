"""A folder that keeps each fetched page as it came, so that any result can be made again without the network."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import tempfile
import zlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from feedmaker.errors import FetchError, OutputError
from feedmaker.fetch.addresses import shown
from feedmaker.fetch.courier import NO_ACCESS, Spend, freely
from feedmaker.fetch.fetcher import Fetcher
from feedmaker.model import Access, NotModified, Page, Rendering, Validators

LEVEL = 6


@dataclass(frozen=True, slots=True)
class Archive:
    """The newest page of each address that was asked for, one file each: ``<folder>/<host>/<hash>.gz``.

    A file holds a line of JSON (address asked for, final address, encoding, headers) and then the page's own bytes.
    It can be read by its owner alone, since pages behind a login are kept as well; cookies are in no page.
    """

    folder: Path

    def keep(self, asked: str, access: Access, page: Page) -> None:
        """Put a page in the place of the one before. Raises OutputError."""
        about = {"asked": shown(asked), "url": page.url, "encoding": page.encoding, "headers": dict(page.headers)}
        content = gzip.compress(json.dumps(about).encode() + b"\n" + page.content, LEVEL, mtime=0)
        path = self.path(asked, access)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _replace(path, content)
        except OSError as error:
            message = f"The archive {path} cannot be written ({error.strerror}); make it writable or remove `archive`"
            raise OutputError(message, path=path) from error

    def mark(self, asked: str, access: Access) -> None:
        """Note that a page that was kept is still the newest of its address; one that was not is passed over."""
        with suppress(OSError):
            os.utime(self.path(asked, access))

    def trim(self, before: datetime) -> int:
        """Remove pages that were last fetched before a moment, and what a killed run has left; how many files.

        Raises OutputError.
        """
        removed = 0
        try:
            for path in self.folder.glob("*/*"):
                if path.suffix in {".gz", ".part"} and path.stat().st_mtime < before.timestamp():
                    path.unlink()
                    removed += 1
        except FileNotFoundError:  # somebody else removes files as well: the next time does the rest
            return removed
        except OSError as error:
            message = f"The archive {self.folder} cannot be trimmed ({error.strerror}); make it writable"
            raise OutputError(message, path=self.folder) from error
        return removed

    def page(self, asked: str, access: Access) -> Page:
        """The page that was kept for an address. Raises FetchError if there is none that can be read."""
        path, url = self.path(asked, access), shown(asked)
        try:
            head, _, content = gzip.decompress(path.read_bytes()).partition(b"\n")
            about = json.loads(head)
            return Page(about["url"], content, about["encoding"], about["headers"])
        except FileNotFoundError:
            message = f"{url} is not in the archive {self.folder}; it has to be fetched once with `archive` set"
            raise FetchError(message, address=url) from None
        except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
            message = f"{url} cannot be read from the archive: {path} is damaged ({error}); delete it and fetch again"
            raise FetchError(message, address=url) from error

    def path(self, asked: str, access: Access) -> Path:
        """One place for each address; what is posted to it counts as a part of it."""
        key = f"{asked}\n{access.body}" if access.url == asked and access.body is not None else asked
        return self.folder / _host(asked) / f"{hashlib.sha256(key.encode('utf-8', 'replace')).hexdigest()[:32]}.gz"


def _host(url: str) -> str:
    """The host of an address as a folder's name."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return "".join(c if c.isalnum() or c in ".-" else "_" for c in host).strip(".") or "_"


def _replace(path: Path, content: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


@dataclass(frozen=True, slots=True)
class KeepingFetcher:
    """Fetches pages and keeps them; an empty one, as WebSub hubs answer with, is not worth it."""

    web: Fetcher
    archive: Archive

    def fetch(
        self,
        url: str,
        *,
        delay: timedelta,
        validators: Validators,
        robots: bool = True,
        access: Access = NO_ACCESS,
        browser: Rendering | None = None,
        spend: Spend = freely,
    ) -> Page | NotModified:
        page = self.web.fetch(
            url, delay=delay, validators=validators, robots=robots, access=access, browser=browser, spend=spend
        )
        if isinstance(page, NotModified):
            self.archive.mark(url, access)
        elif page.content:
            for asked in {url, page.moved_to or url}:  # where it has moved to is what will be asked for next
                self.archive.keep(asked, access, page)
        return page


@dataclass(frozen=True, slots=True)
class ArchiveFetcher:
    """Gives the pages that were kept, without any network; what is known of them already makes no difference."""

    archive: Archive

    def fetch(
        self,
        url: str,
        *,
        delay: timedelta,
        validators: Validators,
        robots: bool = True,
        access: Access = NO_ACCESS,
        browser: Rendering | None = None,
        spend: Spend = freely,
    ) -> Page | NotModified:
        spend()
        return self.archive.page(url, access)

    def has(self, url: str, access: Access) -> bool:
        """Whether the archive has a page for an address that can be read."""
        try:
            self.archive.page(url, access)
        except FetchError:
            return False
        return True
