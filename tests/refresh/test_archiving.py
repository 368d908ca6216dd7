"""A feed of many entries is published with archives that stay as they are for as long as an entry of theirs is kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from feedmaker.model import Entry, Feed, FeedEntry, Follow, OnEdit, Result, Source, StoredEntry
from feedmaker.refresh import Services, refresh_source
from feedmaker.refresh.archiving import FULL, NEWEST, documents_of, newly_archived
from feedmaker.refresh.websub import Publisher
from tests.refresh.output import folder_of
from tests.town import NOW, Answer, Clock, Site

SourceMaker = Callable[..., Source]
ATOM = "{http://www.w3.org/2005/Atom}"


def stored(count: int, archives: dict[int, int] | None = None) -> list[StoredEntry]:
    """Entries named by their place in the feed, of which some are in an archive."""
    entries = [Entry(str(place), f"https://news.example/{place}") for place in range(count)]
    archives = archives or {}
    return [StoredEntry(each, NOW, NOW, "", archive=archives.get(place)) for place, each in enumerate(entries)]


def test_entries_that_do_not_fill_an_archive_stay_in_the_feed() -> None:
    assert newly_archived(stored(0), 0) == {}
    assert newly_archived(stored(NEWEST), 0) == {}
    assert newly_archived(stored(NEWEST + FULL - 1), 0) == {}


def test_the_oldest_entries_fill_an_archive_as_soon_as_there_are_enough() -> None:
    assert newly_archived(stored(NEWEST + FULL), 4) == {str(NEWEST + place): 5 for place in range(FULL)}


def test_of_several_archives_the_first_has_the_oldest_entries() -> None:
    numbers = newly_archived(stored(NEWEST + 3 * FULL + 50), 0)
    expected = {str(NEWEST + 50 + place): 3 - place // FULL for place in range(3 * FULL)}
    assert numbers == expected


def test_a_number_that_entries_have_already_is_not_given_again() -> None:
    """A kill can come after entries were moved, and before their source's state is saved."""
    made = stored(NEWEST + 2 * FULL, dict.fromkeys(range(NEWEST, NEWEST + FULL), 7))
    assert set(newly_archived(made, 3).values()) == {8}


def feed(archives: list[int | None]) -> Feed:
    """A feed of entries that stand in these archives."""
    entries = tuple(
        FeedEntry(Entry(str(place), f"https://news.example/{place}"), NOW, NOW, archive=archive)
        for place, archive in enumerate(archives)
    )
    ttl, hub = timedelta(minutes=5), "https://hub.example/"
    return Feed("town", "Town news", "https://news.example/", entries, ttl=ttl, hub=hub)


def test_a_feed_without_archives_is_one_document() -> None:
    made = feed([None, None])
    assert documents_of(made, 0).feed is made
    assert documents_of(made, 5).archives == {}


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.none() | st.integers(3, 9), max_size=30), st.integers(0, 9))
def test_every_entry_stands_in_one_document_and_links_lead_from_the_feed_through_all(
    archives: list[int | None], made: int
) -> None:
    whole = feed(archives)
    documents = documents_of(whole, made)
    every = [*(each for document in documents.archives.values() for each in document.entries), *documents.feed.entries]
    assert sorted(int(each.entry.id) for each in every) == list(range(len(archives)))
    order = [documents.feed, *reversed(documents.archives.values())]
    assert [later.previous_archive for later, _ in pairwise(order)] == [
        earlier.archive for _, earlier in pairwise(order)
    ]
    assert order[-1].previous_archive is None
    for number, archive in documents.archives.items():
        assert (archive.archive, archive.ttl, archive.hub) == (number, None, None)
        assert all(each.archive == number for each in archive.entries)


def lists(site: Site, *numbers: int) -> None:
    """Put stories on the listing page, the last one on top."""
    site.lists(*(f"story-{number:04}" for number in reversed(numbers)))


def titles(path: Path) -> list[str]:
    """The numbers of the stories in a file."""
    return [str(each.findtext(f"{ATOM}title"))[-4:] for each in etree.parse(path).iter(f"{ATOM}entry")]


def listing_source(source_of: SourceMaker, **values: object) -> Source:
    return source_of(**{"follow": Follow.NONE, "keep": 1000, **values})


def archives(services: Services) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder_of(services).glob("*.archive.*"))}


def grow(site: Site, services: Services, source: Source, clock: Clock, *numbers: int) -> None:
    """One more refresh, an hour later, with these stories on the page."""
    clock.forward(hours=1)
    lists(site, *numbers)
    assert refresh_source(source, services).result is Result.CHANGED


def test_older_entries_move_to_an_archive_that_does_not_change_while_the_feed_does(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    source = listing_source(source_of)
    grow(site, services, source, clock, *range(299))
    assert archives(services) == {}
    grow(site, services, source, clock, 299)
    first = archives(services)
    assert list(first) == ["town.archive.1.atom", "town.archive.1.rss"]
    folder = folder_of(services)
    assert titles(folder / "town.archive.1.atom") == [f"{number:04}" for number in range(99, -1, -1)]
    assert titles(folder / "town.atom") == [f"{number:04}" for number in range(299, 99, -1)]
    assert len(json.loads((folder / "town.json").read_bytes())["items"]) == 200
    grow(site, services, source, clock, *range(300, 399))
    assert archives(services) == first
    grow(site, services, source, clock, *range(399, 401))
    assert {name: content for name, content in archives(services).items() if name in first} == first
    assert titles(folder / "town.archive.2.atom") == [f"{number:04}" for number in range(199, 99, -1)]
    assert b"town.archive.2.atom" in (folder / "town.atom").read_bytes()


def test_a_page_of_many_entries_fills_several_archives_at_once(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    grow(site, services, listing_source(source_of), clock, *range(450))
    folder = folder_of(services)
    assert services.store.state("town").archives == 2
    assert [len(titles(folder / f"town{each}.atom")) for each in ("", ".archive.1", ".archive.2")] == [250, 100, 100]
    assert titles(folder / "town.archive.1.atom")[-1] == "0000"


def test_an_archived_entry_that_is_edited_comes_back_into_the_feed_and_the_archive_stays(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    source = listing_source(source_of, on_edit=OnEdit.UPDATE)
    grow(site, services, source, clock, *range(300))
    before = archives(services)
    clock.forward(hours=1)
    page = site.answers["/news/"]
    site.answers["/news/"] = replace(page, body=page.body.replace("Headline of the story story-0007", "Now edited"))
    refresh_source(source, services)
    assert archives(services) == before
    assert titles(folder_of(services) / "town.atom").count("ited") == 1
    again = {each.entry.title for each in services.store.entries("town") if each.archive is None}
    assert "Now edited" in again


def test_an_archive_goes_when_none_of_its_entries_is_kept_and_the_next_one_then_ends_the_chain(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    source = listing_source(source_of, keep=450)
    grow(site, services, source, clock, *range(450))
    grow(site, services, source, clock, *range(450, 545))
    assert "town.archive.1.rss" in archives(services)  # five of its entries are still kept
    grow(site, services, source, clock, *range(545, 560))
    found = archives(services)
    assert "town.archive.1.rss" not in found
    assert "town.archive.1.atom" not in found
    assert b"prev-archive" not in found["town.archive.2.atom"] + found["town.archive.2.rss"]
    assert len(titles(folder_of(services) / "town.archive.2.atom")) > 80
    assert b"prev-archive" in found["town.archive.3.rss"]


def test_all_archives_go_when_fewer_entries_are_kept_and_their_names_do_not_come_again(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    grow(site, services, listing_source(source_of), clock, *range(500))
    assert len(archives(services)) == 6
    grow(site, services, listing_source(source_of, keep=100), clock, 500)
    assert archives(services) == {}
    grow(site, services, listing_source(source_of), clock, *range(501, 800))
    assert list(archives(services)) == ["town.archive.4.atom", "town.archive.4.rss"]


def test_archives_are_written_anew_when_settings_change_or_one_is_missing(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    source = listing_source(source_of)
    grow(site, services, source, clock, *range(400))
    before = archives(services)
    (folder_of(services) / "town.archive.1.rss").unlink()
    grow(site, services, source, clock, 400)
    assert archives(services) == before
    elsewhere = replace(services, base_url="https://elsewhere.example/")
    assert refresh_source(source, elsewhere).result is Result.CHANGED
    assert all(b"https://elsewhere.example/town." in content for content in archives(services).values())
    assert b"feeds.example" not in b"".join(archives(services).values())


def test_the_hub_is_told_of_the_feed_alone(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    hub, site.answers["/hub"] = f"{site.url}/hub", Answer("", status=204)
    services = replace(services, hub=hub, publisher=Publisher(services.web, hub))
    grow(site, services, listing_source(source_of), clock, *range(300))
    told = [each.body for each in site.heard if each.path == "/hub"]
    assert len(told) == 3
    assert not [body for body in told if "archive" in body]
