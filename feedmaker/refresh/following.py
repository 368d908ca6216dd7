"""From the items of a listing to entries: each new item's article is fetched and read; known ones stay as they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from feedmaker.errors import FetchError, SourceError, Stopping, UnreadableArticle
from feedmaker.model import Entry, Follow, ListedItem, Source, StoredEntry
from feedmaker.normalize.changes import Change, content_hash, decide
from feedmaker.normalize.context import Context
from feedmaker.normalize.identity import entry_id
from feedmaker.reading import entry_from_listed, entry_of
from feedmaker.refresh.selection import is_too_old, wants
from feedmaker.refresh.services import Progress, SourceWeb, unheard

# An article that cannot be read is tried at this many refreshes; then what its listing shows must do.
ARTICLE_ATTEMPTS = 3


@dataclass(slots=True)
class Follower:
    """Reads the items of one listing. ``warnings`` tells which articles could not be read, and why.

    ``is_cut_short`` tells that some new items were left for the next refresh: the budget of requests is used up, or the
    host asks to be left alone.
    """

    source: Source
    web: SourceWeb
    context: Context
    on_progress: Progress = unheard
    warnings: list[str] = field(default_factory=list)
    is_cut_short: bool = False

    def follow(self, items: Sequence[ListedItem], stored: Mapping[str, StoredEntry]) -> dict[str, StoredEntry]:
        """What the wanted items are now, by id: read where they are new or unread, else as they are stored."""
        wanted = self._wanted(items)
        current = {id_: stored[id_] for id_ in wanted if id_ in stored}
        due = [id_ for id_ in wanted if self._is_due(stored.get(id_))]
        for done, id_ in enumerate(due, start=1):
            if self._must_pause():
                break
            current[id_] = self._read(id_, wanted[id_][1], stored.get(id_))
            self.on_progress(self.source.name, done, len(due))
        return {id_: replace(each, position=wanted[id_][0]) for id_, each in current.items()}

    def _wanted(self, items: Sequence[ListedItem]) -> dict[str, tuple[int, ListedItem]]:
        """The items that are worth reading, each with its position in the list."""
        filters, wanted = self.source.filters, dict[str, tuple[int, ListedItem]]()
        for position, item in enumerate(items):
            if len(wanted) == filters.limit:
                break
            if wants(filters, item) and not is_too_old(filters, item.published, self.context.now):
                wanted.setdefault(entry_id(item.url), (position, item))
        return wanted

    def _must_pause(self) -> bool:
        self.is_cut_short = self.is_cut_short or (self.source.follow is not Follow.NONE and self.web.is_spent)
        return self.is_cut_short

    def is_settled(self, current: Mapping[str, StoredEntry]) -> bool:
        """Whether nothing is left for the next refresh to read."""
        return not self.is_cut_short and not any(_is_to_be_tried_again(each) for each in current.values())

    def _is_due(self, stored: StoredEntry | None) -> bool:
        """New items, unread ones, and all of a source whose entries are made from the listing alone."""
        return stored is None or self.source.follow is Follow.NONE or _is_to_be_tried_again(stored)

    def _read(self, id_: str, item: ListedItem, stored: StoredEntry | None) -> StoredEntry:
        failed_reads = 0
        entry = None
        if self.source.follow is not Follow.NONE:
            try:
                entry = self._read_article(item)
            except Stopping:
                raise
            except (SourceError, UnreadableArticle) as error:
                failed_reads = 1 + (stored.failed_reads if stored else 0)
                self.warnings.append(str(error))
                self.is_cut_short = isinstance(error, FetchError) and error.retry_after is not None
        entry = replace(entry or entry_from_listed(item), id=id_)
        return replace(self._merged(stored, entry), failed_reads=failed_reads)

    def _read_article(self, item: ListedItem) -> Entry:
        page = self.web.page(item.url)
        return entry_of(page, self.context, content=self.source.follow is Follow.FULL, listed=item)

    def _merged(self, stored: StoredEntry | None, entry: Entry) -> StoredEntry:
        """The new entry with the old one's history.

        Its publication date never shifts once it is known, and it only counts as updated when something that a reader
        sees has changed.
        """
        now = self.context.now
        if stored is None:
            return StoredEntry(entry, first_seen=now, last_seen=now, content_hash=content_hash(entry))
        old = stored.entry
        entry = replace(entry, published=old.published or entry.published)
        if decide(stored, replace(entry, updated=old.updated), now) is Change.SAME:
            return stored
        if entry.updated is None or (old.updated and entry.updated <= old.updated):
            entry = replace(entry, updated=now)
        return replace(stored, entry=entry, content_hash=content_hash(entry))


def _is_to_be_tried_again(stored: StoredEntry) -> bool:
    """Whether the article could not be read so far, and attempts are left."""
    return 0 < stored.failed_reads < ARTICLE_ATTEMPTS
