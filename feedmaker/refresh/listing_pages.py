"""From the first page of a listing to all of it: the address that it announces, and the pages on which it goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace

from feedmaker.errors import FetchError, NoEntries, SourceError, Stopping
from feedmaker.extract.listing.trouble import wall_of
from feedmaker.model import Alternative, Kind, ListedItem, Listing, Page, Source
from feedmaker.normalize.context import Context
from feedmaker.normalize.identity import entry_id
from feedmaker.reading import Reader, here, listing_of
from feedmaker.reading.plugin import listing_by
from feedmaker.refresh.common_paths import feed_addresses
from feedmaker.refresh.services import SourceWeb

# An index of sitemaps lists none itself; the newest of them may be empty, but not all of the first few.
EMPTY_PAGES = 3


@dataclass(slots=True)
class ListingPages:
    """Reads a source's listing. ``warnings`` tells what of it is doubtful, and which later pages could not be read.

    ``are_settled`` tells that an unchanged first page means an unchanged listing.
    """

    source: Source
    web: SourceWeb
    context: Context
    reader: Reader = here
    warnings: list[str] = field(default_factory=list)
    are_settled: bool = True

    def read(self, first: Page) -> Listing:
        """The listing that begins with this page, over as many pages as the source wants; at least one item.

        Raises NoEntries where nothing is listed, and RuleMatchesNothing.
        """
        listing = self._announced(first, self._listing(first))
        items = list(listing.items)
        for page in self._following(listing):
            known = {item.url for item in items}
            added = [item for item in page.items if item.url not in known]
            items += added
            if page.items and not added:
                self.warnings.append(f"{page.url} lists nothing that the pages before it do not; the list ends there")
                break
        if not items:
            raise NoEntries(f"{first.url} lists no entries: {listing.how.note}", address=first.url)
        if not listing.how.is_sure and listing.how.note:
            self.warnings.append(f"{listing.url}: {listing.how.note}")
        return replace(listing, items=tuple(items))

    def refuse_wall(self, first: Page, listing: Listing, stored: Collection[str]) -> None:
        """Raise NoEntries for the links of a consent wall: none is an entry that is known, as most of a list's are.

        Links with a heading, a date or a picture are entries, even if a banner on their page asks what walls ask.
        """
        is_list = any(entry_id(item.url) in stored or _is_story(item) for item in listing.items)
        if stored and not is_list and (wall := self.reader(wall_of, first)):
            raise NoEntries(f"{first.url} lists no entries: {wall}", address=first.url)

    def _listing(self, page: Page) -> Listing:
        if self.source.site:
            return self.reader(listing_by, self.source.site, page, self.context)
        return self.reader(listing_of, page, self.source.rules, self.context)

    def _announced(self, first: Page, listing: Listing) -> Listing:
        """What the page announces in its place, if the source asks for that kind or the page itself lists nothing."""
        alternative = self._alternative(listing)
        if alternative is None:
            return self._at_common_path(first, listing)
        self.are_settled = False
        rules = replace(self.source.rules, kind=Kind.JSON if alternative.kind is Kind.WORDPRESS else alternative.kind)
        found = self.reader(listing_of, self.web.page(alternative.url), rules, self.context)
        return replace(
            found,
            title=listing.title or found.title,
            language=listing.language or found.language,
            icon=listing.icon or found.icon,
            home_url=listing.home_url,
        )

    def _alternative(self, listing: Listing) -> Alternative | None:
        wanted = self.source.rules.kind
        if listing.items or (wanted is Kind.AUTO and self.source.rules.items):
            return None
        fitting = (each for each in listing.alternatives if wanted in (Kind.AUTO, each.kind))
        return next(fitting, None)

    def _at_common_path(self, first: Page, listing: Listing) -> Listing:
        """The first feed at a common path for a source that asks for one; else the listing itself."""
        rules = self.source.rules
        if rules.kind is not Kind.FEED or listing.items:
            return listing
        for url in feed_addresses(first):
            try:
                found = self.reader(listing_of, self.web.page(url), rules, self.context)
            except Stopping:
                raise
            except FetchError:
                continue
            if found.items:
                self.are_settled = False
                self.warnings.append(
                    f"{first.url} announces no feed, but there is one; set `url: {url}` to ask less often"
                )
                return found
        return listing

    def _following(self, listing: Listing) -> Iterator[Listing]:
        """The pages after the first; a page that cannot be read ends the list but costs nothing that was read."""
        seen, pages, empty = {listing.url}, 1, 0 if listing.items else 1
        while listing.next_url and not self.web.is_spent:
            if pages >= self.source.pages and not 0 < empty < EMPTY_PAGES:
                return
            if listing.next_url in seen:
                self.warnings.append(
                    f"{listing.url} goes on at {listing.next_url}, a page before it; the list ends there"
                )
                return
            seen.add(listing.next_url)
            try:
                listing = self._listing(self.web.listing_page(listing.next_url))
            except Stopping:
                raise
            except SourceError as error:
                self.warnings.append(str(error))
                self.are_settled = False
                return
            pages, empty = pages + 1, 0 if listing.items else empty + 1
            yield listing


def _is_story(item: ListedItem) -> bool:
    """Whether an item shows what the links of a consent wall never do."""
    return bool(item.published or item.image or item.provenance.get("title", "link") != "link")
