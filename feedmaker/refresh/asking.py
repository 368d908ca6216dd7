"""Asking for a source's page where it is now, and noting what the site says to that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from feedmaker.errors import FetchError
from feedmaker.fetch import served_at
from feedmaker.model import NotModified, Page, Source, Standing, Validators
from feedmaker.refresh.services import SourceWeb
from feedmaker.refresh.standing import after_answer, after_refusal, first_address, moved, while_fresh


@dataclass(slots=True)
class Asking:
    """Asks for one source's page.

    ``standing`` is what the site has said so far, ``warnings`` what of it is news, and ``served`` when it has answered
    by its own clock; None where it does not say.
    """

    source: Source
    web: SourceWeb
    standing: Standing
    now: Callable[[], datetime]
    warnings: tuple[str, ...] = ()
    served: datetime | None = None

    def ask(self, validators: Validators) -> Page | NotModified:
        """The page, or that it is the one that the validators came with. Raises FetchError."""
        known, asked = self.standing, first_address(self.source, self.standing)
        try:
            page = self.web.listing(asked, validators)
        except FetchError as error:
            self.standing = after_refusal(self.source, asked, known, error, self.now())
            raise
        self.served = served_at(page.headers)
        self.standing = after_answer(self.source, asked, page)
        if self.standing.moved_to != known.moved_to:
            self.warnings += moved(self.source, self.standing)
        return page

    def leave_alone(self, seconds: float) -> None:
        """The site asks for a pause, though its page was there."""
        self.standing = replace(self.standing, not_before=self.now() + timedelta(seconds=seconds))

    def leave_while_fresh(self, page: Page | NotModified) -> None:
        """Once all of a page is read, there is nothing to ask for as long as it says that it stays the same."""
        self.standing = while_fresh(self.source, self.standing, page, self.now())
