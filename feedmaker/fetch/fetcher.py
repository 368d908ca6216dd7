"""The seam to the web that other rooms ask through: one method, filled by ``Web``, by archives and by tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from feedmaker.fetch.courier import Spend, freely
from feedmaker.model import Access, NotModified, Page, Rendering, Validators


class Fetcher(Protocol):
    """What gets pages, and posts where the access says so; ``Web.fetch`` tells what the arguments mean."""

    def fetch(
        self,
        url: str,
        *,
        delay: timedelta,
        validators: Validators,
        robots: bool,
        access: Access,
        browser: Rendering | None = None,
        spend: Spend = freely,
    ) -> Page | NotModified:
        """The page behind an address, or the server's word that it is the one that ``validators`` came with.

        Raises FetchError.
        """
        ...
