"""What a site says about asking again for a source's page, and what follows from it: pure decisions.

What permanent redirects (RFC 9110, sections 15.4.2 and 15.4.9) have led to is asked for directly from then on. A page
that is gone (410, section 15.5.11) is left alone. Both hold until the settings name another address.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from feedmaker.errors import FetchError, HttpStatusError, Stopping
from feedmaker.fetch import fresh_for
from feedmaker.model import Method, NotModified, Page, Source, SourceState, Standing

GONE = 410


def heard_of(source: Source, state: SourceState) -> SourceState:
    """The state without what was said of another address than the source has now."""
    return state if state.standing.url == source.url else replace(state, standing=Standing(source.url))


def first_address(source: Source, standing: Standing) -> str:
    """The address to ask: where the page has moved to. What is posted goes to the address of the settings alone."""
    return standing.moved_to if standing.moved_to and source.access.method is Method.GET else source.url


def after_answer(source: Source, asked: str, answer: Page | NotModified) -> Standing:
    """What holds after an answer of the address that was asked."""
    moved_to = answer.moved_to or (asked if asked != source.url else None)
    return Standing(source.url, moved_to if moved_to != source.url else None)


def while_fresh(source: Source, standing: Standing, answer: Page | NotModified, now: datetime) -> Standing:
    """With the time before which the answer will be the same. A browser's page changes though its frame does not."""
    fresh = fresh_for(answer.headers, now) if source.browser is None else timedelta(0)
    return replace(standing, not_before=now + fresh) if fresh else standing


def after_refusal(source: Source, asked: str, standing: Standing, error: FetchError, now: datetime) -> Standing:
    """What holds after a failure: if it is the page's new address that fails, the old one is asked next."""
    if isinstance(error, Stopping):
        return standing
    is_gone = isinstance(error, HttpStatusError) and error.status == GONE and asked == source.url
    wait = error.retry_after
    return Standing(source.url, None, is_gone, now + timedelta(seconds=wait) if wait is not None else None)


def moved(source: Source, standing: Standing) -> tuple[str, ...]:
    """What to tell a person of a page that has moved; nothing if it has not."""
    if standing.moved_to is None:
        return ()
    return (f"{source.url} has moved for good to {standing.moved_to}; change the `url` of {source.name}",)


def failure(source: Source, standing: Standing, error: Exception) -> str:
    """What to tell a person of a failure."""
    if not standing.is_gone:
        return str(error)
    return f"{error}. It is left alone until its `url` changes, or until you run `feedmaker build {source.name}`"
