"""A lost state is made anew from the output: readers see no entry twice and lose none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from feedmaker.model import Follow, ListingRules, OnEdit, Source
from feedmaker.refresh import Services, refresh_source, write_overview
from feedmaker.refresh.restoring import restore
from feedmaker.store import Store
from tests.refresh.output import folder_of
from tests.town import Answer, Clock, Site, article

SourceMaker = Callable[..., Source]


@contextmanager
def new_state(services: Services, source: Source, clock: Clock) -> Iterator[Services]:
    """The same services after the state was lost and restored."""
    with Store.open(folder_of(services).parent / "new.db") as store:
        restore([source], store, services.output, clock())
        yield replace(services, store=store)


def items(services: Services) -> list[dict[str, Any]]:
    content = json.loads((folder_of(services) / "town.json").read_bytes())
    found: list[dict[str, Any]] = content["items"]
    return found


def files(services: Services) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder_of(services).iterdir()}


def test_the_feed_of_a_feed_is_known_by_the_address_it_was_made_from(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    item = f"<item><title>One</title><link>{site.url}/news/one</link></item>"
    rss = f"<rss version='2.0'><channel><title>T</title><link>{site.url}/news/</link>{item}</channel></rss>"
    site.answers["/feed.xml"] = Answer(rss, type="application/rss+xml")
    source = source_of(url=f"{site.url}/feed.xml", rules=ListingRules(), follow=Follow.NONE)
    refresh_source(source, services)
    with new_state(services, source, clock) as anew:
        assert anew.store.count("town") == 1


@pytest.mark.parametrize("follow", list(Follow))
@pytest.mark.parametrize("on_edit", list(OnEdit))
def test_after_the_state_is_lost_the_next_refresh_writes_the_same_feed(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock, follow: Follow, on_edit: OnEdit
) -> None:
    source = source_of(follow=follow, on_edit=on_edit)
    for slugs in ("a", "ba", "cb"):  # a has left the page at the end
        site.lists(*slugs)
        refresh_source(source, services)
        clock.forward(days=1)
    before = files(services)
    known = {each.entry.id: each for each in services.store.entries("town")}
    with new_state(services, source, clock) as anew:
        restored = {each.entry.id: each for each in anew.store.entries("town")}
        assert restored.keys() == known.keys()
        assert [(each.first_seen, each.entry.published) for each in restored.values() if not each.entry.published] == [
            (each.first_seen, None) for each in known.values() if not each.entry.published
        ]
        outcome = refresh_source(source, anew)
        assert (outcome.error, outcome.added) == (None, 0)
        assert [item["id"] for item in items(services)] == [
            item["id"] for item in json.loads(before["town.json"])["items"]
        ]
        assert items(services) == json.loads(before["town.json"])["items"]


def test_an_entry_that_had_become_a_new_one_by_an_edit_stays_that_one(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    source = source_of(on_edit=OnEdit.NEW)
    site.lists("a")
    refresh_source(source, services)
    clock.forward(hours=1)
    site.lists("a", etag='"2"')
    site.answers["/news/a"] = Answer(article("a", title="Another headline of the story"))
    site.answers["/news/"] = Answer(site.answers["/news/"].body.replace("Headline of the story a", "Another headline"))
    refresh_source(source, services)
    (edited,) = items(services)
    assert edited["id"].endswith("#edit-1")
    with new_state(services, source, clock) as anew:
        refresh_source(source, anew)
        assert [item["id"] for item in items(services)] == [edited["id"]]


def test_archives_come_back_with_the_numbers_they_have(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    source = source_of(follow=Follow.NONE, keep=1000)
    for first in range(0, 480, 40):
        site.lists(*(f"s{number:03}" for number in range(first + 39, first - 1, -1)))
        refresh_source(source, services)
        clock.forward(hours=1)
    before = files(services)
    assert "town.archive.2.atom" in before
    with new_state(services, source, clock) as anew:
        entries = anew.store.entries("town", limit=None)
        assert len(entries) == 480
        assert [each.archive for each in entries] == [each.archive for each in services.store.entries("town")]
        assert anew.store.state("town").archives == 2
        outcome = refresh_source(source, anew)
        assert (outcome.error, outcome.added, outcome.entries) == (None, 0, 480)
    after = files(services)
    assert [item["id"] for item in json.loads(after["town.json"])["items"]] == [
        item["id"] for item in json.loads(before["town.json"])["items"]
    ]


@pytest.mark.parametrize(("is_damaged", "entries"), [(False, 1), (True, 2)])
def test_what_a_damaged_state_has_lost_is_filled_up_and_a_whole_one_left_as_it_is(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock, is_damaged: bool, entries: int
) -> None:
    site.lists("a", "b")
    refresh_source(source_of(), services)
    with services.store._writing() as connection:
        connection.exec_driver_sql("DELETE FROM entries WHERE id LIKE '%/a'")
        if is_damaged:  # as the rescue of such a state leaves it
            connection.exec_driver_sql("UPDATE sources SET fingerprint = NULL")
    restore([source_of()], services.store, services.output, clock())
    assert services.store.count("town") == entries


def test_a_feed_of_another_section_by_the_same_name_is_not_taken_over(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.lists("a")
    refresh_source(source_of(), services)
    with new_state(services, source_of(url=f"{site.url}/other/"), clock) as anew:
        assert anew.store.states() == {}


@pytest.mark.parametrize("content", [b"", b"{", b'{"version": "https://jsonfeed.org/version/1.1", "items": [1]}'])
def test_a_feed_that_cannot_be_read_is_passed_over(
    site: Site,
    services: Services,
    source_of: SourceMaker,
    clock: Clock,
    content: bytes,
    caplog: pytest.LogCaptureFixture,
) -> None:
    site.lists("a")
    refresh_source(source_of(), services)
    (folder_of(services) / "town.json").write_bytes(content)
    with new_state(services, source_of(), clock) as anew:
        assert anew.store.states() == {}
    assert ("passed over" in caplog.text) == bool(content)


def test_a_restored_source_is_in_the_overview_and_due_at_once(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.lists("a")
    refresh_source(source_of(), services)
    with new_state(services, source_of(), clock) as anew:
        assert anew.store.state("town").changed_at is not None
        assert anew.store.state("town").last_attempt is None
        write_overview([source_of()], anew)
    assert "town.rss" in files(services)["feeds.opml"].decode()
