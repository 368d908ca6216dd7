"""The one way to a page: every fetch of Feedmaker goes through ``Web``."""

from __future__ import annotations

from datetime import timedelta
from threading import Event
from types import TracebackType
from typing import Self

import requests

from feedmaker.errors import FetchError, HttpStatusError, Unreachable
from feedmaker.model import FetchPolicy, NotModified, Page, Validators
from feedmaker.normalize.encoding import page_of


class Web:
    """Fetches pages for all sources of one process; safe to call from several threads."""

    def __init__(self, policy: FetchPolicy) -> None:
        self._policy = policy
        self._stopped = Event()
        self._session = requests.Session()
        self._session.trust_env = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def stop(self) -> None:
        """Make every waiting or running fetch raise a FetchError soon, and every later one at once."""
        self._stopped.set()

    def close(self) -> None:
        """Stop, and close all connections."""
        self.stop()
        self._session.close()

    def fetch(
        self,
        url: str,
        *,
        delay: timedelta = timedelta(seconds=1),
        validators: Validators = Validators(),
        robots: bool = True,
    ) -> Page | NotModified:
        """The page at an address, or NotModified if it is the one that ``validators`` came with.

        ``delay`` lies between the end of one request to a host and the start of the next. Raises FetchError.
        """
        if self._stopped.wait(0):
            raise FetchError(f"{url} is not read, because Feedmaker is stopping", address=url)
        asked = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
        headers = {name: value for name, value in asked.items() if value}
        try:
            response = self._session.get(url, headers=headers, timeout=self._policy.deadline.total_seconds())
        except requests.RequestException as error:
            raise Unreachable(f"{url} cannot be reached: {error}", address=url) from error
        if response.status_code == 304:
            return NotModified(url)
        if not response.ok:
            raise HttpStatusError(
                f"{url} answered with status {response.status_code}", address=url, status=response.status_code
            )
        names = {name.lower(): value for name, value in response.headers.items()}
        return page_of(response.content, response.url, names)
