"""One feed of several sources: what it has, and when it is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import lxml.etree
import pytest

from feedmaker.model import Entry, Feed, FeedEntry, Merge, Result, Source
from feedmaker.refresh import Services, refresh_source, write_overview
from feedmaker.refresh.merging import merged_feed
from tests.refresh.output import folder_of
from tests.town import Answer, Clock, Site, article

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SourceMaker = Callable[..., Source]


def entry(name: str, hours: int = 0, **values: object) -> FeedEntry:
    """An entry that is so old."""
    url = f"https://news.example/{name}"
    shown = Entry(**{"id": url, "url": url, "title": name, **values})  # type: ignore[arg-type]
    return FeedEntry(shown, NOW - timedelta(hours=hours), NOW - timedelta(hours=hours))


def feed(name: str, *entries: FeedEntry, **values: object) -> Feed:
    return Feed(name, name.title(), f"https://news.example/{name}/", entries, **values)  # type: ignore[arg-type]


MERGE = Merge("all", (), title="All of it")


def names(*feeds: Feed, keep: int = 200) -> str:
    return "".join(each.entry.title or "" for each in merged_feed(replace(MERGE, keep=keep), feeds).entries)


def test_entries_of_all_feeds_stand_newest_first() -> None:
    town, world = feed("town", entry("a", 1), entry("c", 3)), feed("world", entry("b", 2), entry("d", 4))
    assert names(town, world) == "abcd"
    assert names(town, world, keep=3) == "abc"


def test_what_came_at_the_same_time_stands_in_the_order_of_the_feeds() -> None:
    town, world = feed("town", entry("a"), entry("b")), feed("world", entry("c"), entry("d"))
    assert names(town, world) == "abcd"
    assert names(world, town) == "cdab"


@pytest.mark.parametrize(
    "again",
    [
        {},
        {"url": "http://www.news.example/a?utm_source=feed"},
        {"id": "https://news.example/a#edit-1"},
    ],
    ids=["same", "another address of the same id", "another id of the same address"],
)
def test_no_entry_is_there_twice_and_the_feed_named_first_gives_it(again: dict[str, object]) -> None:
    town, world = feed("town", entry("a", 5)), feed("world", entry("b", 1), entry("a", 1, **{**again, "title": "A"}))
    assert names(town, world) == "ba"
    assert names(world, town) == "bA"


def test_what_a_merged_feed_says_of_itself_comes_from_the_settings_and_its_feeds() -> None:
    common: dict[str, Any] = {"base_url": "https://feeds.example/", "hub": "https://hub.example/"}
    town = feed("town", entry("a", language="de"), ttl=timedelta(hours=1), changed_at=NOW, **common)
    world = feed("world", entry("b", language="en"), entry("c", language="en"), ttl=timedelta(minutes=30), **common)
    merged = merged_feed(Merge("all", (), title="All of it", category="News"), [town, world])
    assert replace(merged, entries=()) == Feed(
        "all",
        "All of it",
        "https://news.example/town/",
        (),
        description="Town, World",
        language="en",
        ttl=timedelta(minutes=30),
        changed_at=NOW,
        category="News",
        **common,
    )
    assert merged_feed(Merge("all-news", ()), [feed("town")]).title == "all-news"


class Paper:
    """Two sources of the site and a merged feed of both."""

    def __init__(self, site: Site, services: Services, source_of: SourceMaker) -> None:
        self.site = site
        self.town = source_of()
        self.world = source_of(name="world", url=f"{site.url}/world/")
        self.services = replace(services, merges=(Merge("all", (self.town, self.world), title="All", keep=3),))
        self.lists("world", "x", "y")
        self.lists("news", "a", "b")

    def lists(self, section: str, *slugs: str) -> None:
        """Put stories on the page of a section."""
        self.site.lists(*slugs)
        page = self.site.answers["/news/"]
        page.etag = f'"{section} {slugs}"'
        self.site.answers[f"/{section}/"] = page

    def refresh(self, source: Source) -> Result:
        return refresh_source(source, self.services).result

    @property
    def merged(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((folder_of(self.services) / "all.json").read_bytes())
        return content

    @property
    def titles(self) -> list[str]:
        return [item["title"].removeprefix("Headline of the story ") for item in self.merged["items"]]


@pytest.fixture
def paper(site: Site, services: Services, source_of: SourceMaker) -> Paper:
    return Paper(site, services, source_of)


def test_a_merged_feed_is_written_whenever_one_of_its_sources_has_changed(paper: Paper, clock: Clock) -> None:
    assert paper.refresh(paper.world) is Result.CHANGED
    assert paper.titles == ["x", "y"]
    paper.refresh(paper.town)
    assert paper.titles == ["a", "b", "x"]
    clock.forward(hours=1)
    paper.site.answers["/news/z"] = Answer(article("z", published="2026-11-24T12:30:00Z"))
    paper.lists("world", "z", "x")
    paper.refresh(paper.world)
    assert paper.titles == ["z", "a", "b"]
    assert paper.merged["title"] == "All"
    assert {path.name for path in folder_of(paper.services).glob("all.*")} == {"all.rss", "all.atom", "all.json"}


def test_pages_that_stay_the_same_leave_the_merged_feed_alone(paper: Paper, clock: Clock) -> None:
    for source in (paper.town, paper.world):
        paper.refresh(source)
    before = {path.name: path.stat().st_mtime_ns for path in folder_of(paper.services).iterdir()}
    clock.forward(hours=1)
    assert [paper.refresh(source) for source in (paper.town, paper.world)] == [Result.UNCHANGED] * 2
    assert {path.name: path.stat().st_mtime_ns for path in folder_of(paper.services).iterdir()} == before


def test_a_merged_feed_that_is_missing_or_has_other_settings_is_written_anew(paper: Paper) -> None:
    for source in (paper.town, paper.world):
        paper.refresh(source)
    (folder_of(paper.services) / "all.rss").unlink()
    assert paper.refresh(paper.town) is Result.CHANGED
    assert (folder_of(paper.services) / "all.rss").exists()
    merge = replace(paper.services.merges[0], title="Everything")
    paper.services = replace(paper.services, merges=(merge,))
    assert paper.refresh(paper.world) is Result.CHANGED
    assert paper.merged["title"] == "Everything"


def test_sources_that_change_at_the_same_time_lose_nothing(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    sources = tuple(source_of(name=f"part-{number}", url=f"{site.url}/{number}/") for number in range(6))
    for number in range(6):
        site.lists(f"s{number}")
        site.answers[f"/{number}/"] = site.answers["/news/"]
    services = replace(services, merges=(Merge("all", sources),))
    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(lambda source: refresh_source(source, services), sources))
    assert {outcome.result for outcome in outcomes} == {Result.CHANGED}
    merged = json.loads((folder_of(services) / "all.json").read_bytes())
    assert len(merged["items"]) == 6


def test_the_overview_lists_merged_feeds_behind_the_others(paper: Paper) -> None:
    write_overview([paper.town, paper.world], paper.services)
    folder = folder_of(paper.services)
    assert "all.rss" not in (folder / "feeds.opml").read_text()
    paper.refresh(paper.world)
    paper.refresh(paper.town)
    write_overview([paper.town, paper.world], paper.services)
    outlines = lxml.etree.parse(folder / "feeds.opml").findall(".//outline")
    addresses = [outline.get("xmlUrl") for outline in outlines]
    assert addresses == [f"https://feeds.example/{name}.rss" for name in ("town", "world", "all")]
    assert ">All<" in (folder / "index.html").read_text()
