"""No entry of a feed has a date that is still to come, and none shifts once it is given."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from feedmaker.fetch.archive import Archive, ArchiveFetcher, KeepingFetcher
from feedmaker.model import Follow, Result, Source
from feedmaker.refresh import Services, refresh_source
from tests.refresh.output import folder_of
from tests.town import Answer, Clock, Site, article

SourceMaker = Callable[..., Source]


def dates(services: Services) -> list[tuple[str, str]]:
    items = json.loads((folder_of(services) / "town.json").read_bytes())["items"]
    return [(item["date_published"], item["date_modified"]) for item in items]


@pytest.mark.parametrize("follow", [Follow.METADATA, Follow.FULL])
def test_a_date_to_come_becomes_the_time_it_was_first_read_and_stays(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock, follow: Follow
) -> None:
    site.lists("a")
    page = article("a", published="2026-11-24T15:00:00Z")  # three hours ahead of the clock
    modified = '<meta property="article:modified_time" content="2026-11-24T15:30:00Z"></head>'
    site.answers["/news/a"] = Answer(page.replace("</head>", modified))
    source = source_of(follow=follow)
    refresh_source(source, services)
    assert dates(services) == [("2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z")]
    for _ in range(6):
        clock.forward(hours=1)
        site.answers["/news/"].body += " "
        assert refresh_source(source, services).result is Result.UNCHANGED
    assert dates(services) == [("2026-11-24T12:00:00Z", "2026-11-24T12:00:00Z")]


def test_an_edit_of_an_entry_is_dated_no_later_than_it_was_read(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.lists("a")
    refresh_source(source_of(), services)
    clock.forward(hours=1)
    page = article("a", title="Another headline")
    modified = '<meta property="article:modified_time" content="2026-11-25T09:00:00Z"></head>'
    site.answers["/news/a"] = Answer(page.replace("</head>", modified))
    site.answers["/news/"].body = site.answers["/news/"].body.replace("Headline of the story a", "Another headline")
    refresh_source(source_of(), services)
    assert dates(services) == [("2026-11-20T08:00:00Z", "2026-11-24T13:00:00Z")]


def undated(slug: str, *, title: str | None = None, shows: str = "") -> Answer:
    """An article that gives no date but what it shows."""
    page = article(slug, title=title).replace('<meta property="article:published_time"', "<meta ")
    return Answer(page.replace("</h1>", f"</h1>{shows}"))


def first_seen(services: Services) -> list[bool]:
    items = json.loads((folder_of(services) / "town.json").read_bytes())["items"]
    return [item.get("_feedmaker", {}).get("is_date_first_seen", False) for item in items]


def test_the_time_first_seen_stays_when_the_article_gives_a_date_later(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.lists("a")
    site.answers["/news/a"] = undated("a")
    refresh_source(source_of(), services)
    assert (dates(services)[0][0], first_seen(services)) == ("2026-11-24T12:00:00Z", [True])
    clock.forward(hours=2)
    site.answers["/news/a"] = Answer(article("a", title="Corrected", published="2026-11-24T09:00:00Z"))
    site.answers["/news/"].body = site.answers["/news/"].body.replace("Headline of the story a", "Corrected")
    assert refresh_source(source_of(), services).updated == 1
    assert (dates(services), first_seen(services)) == ([("2026-11-24T12:00:00Z", "2026-11-24T14:00:00Z")], [True])


@pytest.mark.parametrize(("published", "shown"), [("09", "09"), ("13", "12")], ids=["before", "after"])
def test_an_article_that_could_not_be_read_at_first_still_gives_its_date_unless_that_is_after_it_was_seen(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock, published: str, shown: str
) -> None:
    site.lists("a")
    site.answers["/news/a"] = Answer("gone", status=404)
    refresh_source(source_of(), services)
    assert first_seen(services) == [True]
    clock.forward(hours=2)
    site.answers["/news/a"] = Answer(article("a", published=f"2026-11-24T{published}:00:00Z"))
    refresh_source(source_of(), services)
    assert dates(services)[0][0] == f"2026-11-24T{shown}:00:00Z"


def test_settings_that_find_dates_give_them_to_known_entries_too(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.lists("a")
    site.answers["/news/a"] = undated("a")
    refresh_source(source_of(follow=Follow.NONE), services)
    clock.forward(hours=2)
    site.answers["/news/a"] = Answer(article("a"))
    refresh_source(source_of(follow=Follow.METADATA), services)
    assert (dates(services)[0][0], first_seen(services)) == ("2026-11-20T08:00:00Z", [False])


def test_a_rerun_gives_dates_anew_and_counts_words_from_when_the_page_came(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock, tmp_path: Path
) -> None:
    archive = Archive(tmp_path / "archive")
    site.lists("a", "b")
    site.answers["/news/a"] = Answer(article("a", published="2026-11-20 08:00"))
    site.answers["/news/b"] = undated("b", shows="<time>2 hours ago</time>")
    for path in ("/news/a", "/news/b"):
        site.answers[path].headers["Date"] = format_datetime(clock(), usegmt=True)
    refresh_source(source_of(), replace(services, web=KeepingFetcher(services.web, archive)))
    before = ["2026-11-24T10:00:00Z", "2026-11-20T08:00:00Z"]
    assert [date for date, _ in dates(services)] == before
    clock.forward(days=3)
    fetcher = ArchiveFetcher(archive)
    source = source_of(timezone=ZoneInfo("Europe/Moscow"))
    refresh_source(source, replace(services, web=fetcher, rerun_of=fetcher))
    assert [date for date, _ in dates(services)] == [before[0], "2026-11-20T05:00:00Z"]
