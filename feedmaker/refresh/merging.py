"""Feeds of several sources become one: pure, like the assembly of each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from feedmaker.model import Feed, FeedEntry, Merge
from feedmaker.normalize.identity import entry_id
from feedmaker.refresh.assembly import most_common_language


def merged_feed(merge: Merge, feeds: Sequence[Feed]) -> Feed:
    """One feed of the entries of some feeds, at least one: newest first, no entry twice, at most ``merge.keep``.

    Of an entry that stands in several feeds, that of the feed named first is taken, and what came at the same time
    stands in the order in which the feeds are named.
    """
    entries = _distinct(chain.from_iterable(feed.entries for feed in feeds))
    newest = tuple(sorted(entries, key=lambda each: each.published, reverse=True))[: merge.keep]
    first = feeds[0]
    return Feed(
        name=merge.name,
        title=merge.title or merge.name,
        home_url=first.home_url,
        description=", ".join(dict.fromkeys(feed.title for feed in feeds)),
        language=most_common_language(newest),
        entries=newest,
        base_url=first.base_url,
        ttl=min((feed.ttl for feed in feeds if feed.ttl), default=None),
        changed_at=max((feed.changed_at for feed in feeds if feed.changed_at), default=None),
        hub=first.hub,
        category=merge.category,
        source_url=first.source_url,
        icon=first.icon if all(feed.icon == first.icon for feed in feeds) else None,
    )


def _distinct(entries: Iterable[FeedEntry]) -> Iterator[FeedEntry]:
    """Each entry once, by its id and by its address, however that is spelled."""
    seen: set[str] = set()
    for each in entries:
        names = {each.entry.id, entry_id(each.entry.url)}
        if not names & seen:
            yield each
        seen |= names
