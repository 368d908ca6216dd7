"""From the items of a listing to entries: new articles are fetched and read, and some of the known ones again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from feedmaker.errors import BudgetSpent, FetchError, SourceError, Stopping, UnreadableArticle
from feedmaker.fetch.addresses import group_of
from feedmaker.model import Entry, Follow, ListedItem, OnEdit, Source, StoredEntry
from feedmaker.normalize.changes import Change, content_hash, decide
from feedmaker.normalize.context import Context
from feedmaker.normalize.entry import in_order
from feedmaker.normalize.identity import entry_id
from feedmaker.reading import Reader, entry_from_listed, entry_of, here
from feedmaker.refresh.rereading import NEVER, remembered, shows_change, to_read_again
from feedmaker.refresh.rerun import when_served
from feedmaker.refresh.selection import is_too_old, wants
from feedmaker.refresh.services import Progress, SourceWeb, unheard

# An article that cannot be read is tried at this many refreshes; then what its listing shows must do.
ARTICLE_ATTEMPTS = 3
# Entries of one list that are read unless `keep` asks for more: a sitemap of 50,000 would be as many requests.
MOST_LISTED = 1000


@dataclass(slots=True)
class Follower:
    """Reads the items of one listing. ``warnings`` tells which articles could not be read, and why; ``read`` are the
    entries as they were read, without what was stored of them.

    ``is_anew`` tells that settings or the program have changed since the page was last read, and ``is_rerun`` that kept
    pages are read once more. ``is_cut_short`` tells that some items were left for the next refresh: the budget of
    requests is used up, the host asks to be left alone, or more articles have changed than are read again at once.
    ``retry_after`` is for how many seconds the source's own host asks for that. ``as_of`` is the time by which items
    are too old, where that is not the context's.
    """

    source: Source
    web: SourceWeb
    context: Context
    on_progress: Progress = unheard
    is_anew: bool = False
    is_rerun: bool = False
    reader: Reader = here
    as_of: datetime | None = None
    warnings: list[str] = field(default_factory=list)
    read: list[Entry] = field(default_factory=list)
    is_cut_short: bool = False
    retry_after: float | None = None

    def follow(self, items: Sequence[ListedItem], stored: Mapping[str, StoredEntry]) -> dict[str, StoredEntry]:
        """What the wanted items are now, by id: read where they are new, unread or changed, else as they are stored."""
        wanted = self._wanted(items)
        if items and not wanted and not stored:
            self.warnings.append(_none_of(len(items), self.source))
        current = {id_: self._as_listed(stored[id_], item) for id_, (_, item) in wanted.items() if id_ in stored}
        due = sorted(
            (id_ for id_ in wanted if self._is_due(stored.get(id_))), key=lambda id_: _read_at(stored.get(id_))
        )
        known = {id_: (wanted[id_][1], stored[id_]) for id_ in current if id_ not in due}
        again, is_more_left = to_read_again(self.source, known, self.context.now)
        due += again
        for done, id_ in enumerate(due, start=1):
            if self._must_pause():
                break
            try:
                current[id_] = self._read(id_, wanted[id_][1], stored.get(id_))
            except BudgetSpent as error:
                self.warnings.append(f"{wanted[id_][1].url} is left for the next refresh: {error}")
                self.is_cut_short = True
                break
            self.on_progress(self.source.name, done, len(due))
        self.is_cut_short = self.is_cut_short or is_more_left
        return {id_: each if id_ in stored else replace(each, position=wanted[id_][0]) for id_, each in current.items()}

    def is_settled(self, current: Mapping[str, StoredEntry]) -> bool:
        """Whether nothing is left for the next refresh to read."""
        return not self.is_cut_short and not any(self._is_unread(each) for each in current.values())

    def _wanted(self, items: Sequence[ListedItem]) -> dict[str, tuple[int, ListedItem]]:
        """The items that are worth reading, each with its position in the list."""
        filters, wanted = self.source.filters, dict[str, tuple[int, ListedItem]]()
        for position, item in enumerate(items):
            if len(wanted) == filters.limit:
                break
            if wants(filters, item) and not is_too_old(filters, item.published, self.as_of or self.context.now):
                wanted.setdefault(entry_id(item.url), (position, item))
        most = max(self.source.keep, MOST_LISTED)
        if len(wanted) <= most:
            return wanted
        advice = "`limit` reads fewer, and `keep` up to 10000"
        self.warnings.append(f"{self.source.url} lists {len(wanted)} entries, the newest {most} are read; {advice}")
        return _newest(wanted, most)

    def _must_pause(self) -> bool:
        self.is_cut_short = self.is_cut_short or (self.source.follow is not Follow.NONE and self.web.is_spent)
        return self.is_cut_short

    def _as_listed(self, stored: StoredEntry, item: ListedItem) -> StoredEntry:
        """A known entry with what the list shows now; where that has changed, as it was until the article is read."""
        return stored if shows_change(item, stored, self.context.now) else remembered(stored, item)

    def _is_due(self, stored: StoredEntry | None) -> bool:
        """New items, unread ones, and all of a source whose entries are made from the listing alone."""
        if stored is None or self.source.follow is Follow.NONE or self._is_unread(stored):
            return True
        return self._lacks_text(stored)

    def _lacks_text(self, stored: StoredEntry) -> bool:
        """Whether the text of a known article may be had now: the source may have come to follow it."""
        return self.is_anew and self.source.follow is Follow.FULL and stored.entry.content_html is None

    def _is_unread(self, stored: StoredEntry) -> bool:
        """Whether the article, or its newest version, could not be read so far, and attempts are left."""
        is_read = stored.read_at is not None and stored.failed_reads == 0
        return self.source.follow is not Follow.NONE and not is_read and stored.failed_reads < ARTICLE_ATTEMPTS

    def _read(self, id_: str, item: ListedItem, stored: StoredEntry | None) -> StoredEntry:
        if self.source.follow is Follow.NONE:
            self.read.append(entry_from_listed(item))
            return remembered(self._merged(stored, replace(self.read[-1], id=id_)), item)
        try:
            entry = self._read_article(item)
        except (BudgetSpent, Stopping):
            raise
        except (SourceError, UnreadableArticle) as error:
            self.warnings.append(str(error))
            self._heed(error)
            return remembered(self._failed(id_, item, stored), item)
        self.read.append(entry)
        read = self._merged(stored, replace(entry, id=id_))
        return remembered(replace(read, failed_reads=0, read_at=self.context.now), item)

    def _heed(self, error: Exception) -> None:
        """Leave the rest for another time if a host asks for a pause."""
        if isinstance(error, FetchError) and error.retry_after is not None:
            self.is_cut_short = True
            if error.address and group_of(error.address) == group_of(self.source.url):
                self.retry_after = error.retry_after

    def _read_article(self, item: ListedItem) -> Entry:
        page = self.web.page(item.url)
        context = when_served(self.context, page) if self.is_rerun else self.context
        is_full = self.source.follow is Follow.FULL
        return self.reader(entry_of, page, context, content=is_full, listed=item)

    def _failed(self, id_: str, item: ListedItem, stored: StoredEntry | None) -> StoredEntry:
        """An entry whose article cannot be read: what was read before stays, else what the list shows must do."""
        failed_reads = 1 + (stored.failed_reads if stored else 0)
        if stored is None or stored.read_at is None:
            stored = self._merged(stored, replace(entry_from_listed(item), id=id_))
        return replace(stored, failed_reads=failed_reads)

    def _merged(self, stored: StoredEntry | None, entry: Entry) -> StoredEntry:
        """The new entry with the old one's history.

        It only counts as updated when something that a reader sees has changed; otherwise only addresses are new.
        """
        now = self.context.now
        entry = _not_after(entry, now)
        if stored is None:
            return StoredEntry(entry, first_seen=now, last_seen=now, content_hash=content_hash(entry))
        old = stored.entry
        entry = in_order(replace(entry, published=self._published(stored, entry)))
        unchanged = replace(entry, updated=old.updated)
        if decide(stored, unchanged, now) is Change.SAME:
            return replace(stored, entry=unchanged)
        is_listing_known = self.source.follow is Follow.NONE and stored.listed_hash is not None
        is_edit = is_listing_known or (stored.read_at is not None and not self._lacks_text(stored))
        if is_edit and self.source.on_edit is OnEdit.IGNORE:
            return stored
        if entry.updated is None or (old.updated and entry.updated <= old.updated):
            entry = replace(entry, updated=now)
        edits = stored.edits + int(is_edit and self.source.on_edit is OnEdit.NEW)
        return replace(stored, entry=entry, content_hash=content_hash(entry), edits=edits, archive=None)

    def _published(self, stored: StoredEntry, entry: Entry) -> datetime | None:
        """The publication date, which never shifts once it is given, nor once the time first seen stands for it.

        An article that was not read before may give it, and so may other settings. A rerun, by which a person mends
        what was read wrongly, gives all of them anew.
        """
        known, found = stored.entry.published, entry.published
        if self.is_rerun:
            return found or known
        is_open = self.is_anew or (stored.read_at is None and self.source.follow is not Follow.NONE)
        return known or (found if is_open and found and found <= stored.first_seen else None)


def _newest(wanted: dict[str, tuple[int, ListedItem]], most: int) -> dict[str, tuple[int, ListedItem]]:
    """The newest items where the list has a date for each, else the first."""
    dates = {id_: item.published for id_, (_, item) in wanted.items() if item.published}
    ranked = sorted(dates, key=dates.__getitem__, reverse=True) if len(dates) == len(wanted) else list(wanted)
    kept = set(ranked[:most])
    return {id_: each for id_, each in wanted.items() if id_ in kept}


def _none_of(count: int, source: Source) -> str:
    """What is told of filters that let nothing through of a list of which nothing is known yet."""
    kinds = {"include": source.filters.include, "exclude": source.filters.exclude, "max_age": source.filters.max_age}
    names = " and ".join(f"`{name}`" for name, given in kinds.items() if given)
    advice = f"`feedmaker preview {source.url}` shows them"
    return f"{names} of {source.name} leave none of the {count} entries listed; {advice}"


def _read_at(stored: StoredEntry | None) -> datetime:
    return stored.read_at or NEVER if stored else NEVER


def _not_after(entry: Entry, now: datetime) -> Entry:
    """The entry with no date that is still to come: readers hide those, or pin them to the top until they have passed.

    Sites give such dates where their clock or their time zone is wrong.
    """
    return replace(
        entry,
        published=min(entry.published, now) if entry.published else None,
        updated=min(entry.updated, now) if entry.updated else None,
    )
