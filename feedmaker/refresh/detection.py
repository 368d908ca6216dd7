"""What an address offers: its own list, and other addresses from which the same entries can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from feedmaker.errors import SourceError, Stopping
from feedmaker.fetch import Fetcher
from feedmaker.model import Alternative, Kind, Listing, Page, Source
from feedmaker.normalize.context import Context
from feedmaker.reading import listing_of
from feedmaker.refresh.common_paths import feed_addresses
from feedmaker.refresh.services import SourceWeb

MOST_ANNOUNCED = 5
# The extractors of what is no page, beside which no feed is looked for.
DOCUMENTS = frozenset(("feed", "JSON Feed", "sitemap", "json"))
# A person who looks once makes fewer requests than a browser does for one page, and waits for them.
LOOKING_DELAY = timedelta(milliseconds=250)


@dataclass(frozen=True, slots=True)
class Finding:
    """One way to read entries: an address, what answers there and its listing, or why it cannot be read."""

    kind: Kind
    url: str
    listing: Listing | None = None
    error: str | None = None

    @property
    def is_usable(self) -> bool:
        """Whether a feed can be made of it."""
        return bool(self.listing and self.listing.items)

    @property
    def rank(self) -> tuple[bool, bool, int]:
        """Higher is better: a list that is likely one, then the page itself, then the number of entries.

        The page comes before what it announces, because a section's page is of that section alone, while the feed that
        it announces is as often that of the whole site.
        """
        if self.listing is None or not self.listing.items:
            return (False, False, 0)
        return (self.listing.how.is_sure, self.kind is Kind.AUTO, len(self.listing.items))


def detect(url: str, web: Fetcher, context: Context) -> tuple[Finding, ...]:
    """All ways that were found, the best first. Raises FetchError when the address itself cannot be read."""
    source = Source("detect", url, delay=LOOKING_DELAY)
    source_web = SourceWeb(source, web)
    page = source_web.page(url)
    own = Finding(Kind.AUTO, page.url, listing_of(page, source.rules, context))
    others = [_finding(alternative, source, source_web, context) for alternative in _alternatives(own)]
    is_page = own.listing is not None and own.listing.how.extractor not in DOCUMENTS
    if is_page and not any(finding.kind is Kind.FEED and finding.is_usable for finding in others):
        others += _guessed(page, source, source_web, context)
    return tuple(sorted((own, *others), key=lambda finding: finding.rank, reverse=True))


def _alternatives(own: Finding) -> tuple[Alternative, ...]:
    return own.listing.alternatives[:MOST_ANNOUNCED] if own.listing else ()


def _finding(alternative: Alternative, source: Source, web: SourceWeb, context: Context) -> Finding:
    kind = Kind.JSON if alternative.kind is Kind.WORDPRESS else alternative.kind
    try:
        listing = listing_of(web.page(alternative.url), replace(source.rules, kind=kind), context)
    except Stopping:
        raise
    except SourceError as error:
        return Finding(alternative.kind, alternative.url, error=str(error))
    return Finding(alternative.kind, alternative.url, listing)


def _guessed(page: Page, source: Source, web: SourceWeb, context: Context) -> Iterator[Finding]:
    """The first feed at a common path."""
    for url in feed_addresses(page):
        finding = _finding(Alternative(Kind.FEED, url), source, web, context)
        if finding.is_usable:
            yield finding
            return
