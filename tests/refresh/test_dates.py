"""No entry of a feed has a date that is still to come, and none shifts once it is given."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

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
