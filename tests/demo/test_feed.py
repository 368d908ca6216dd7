"""The demo from end to end: its site, its settings, the real pipeline, feeds on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import pytest

from feedmaker.demo import DemoSite, demo_settings_yaml
from feedmaker.demo.content import Board, load_content
from feedmaker.model import Result
from feedmaker.refresh import refresh
from feedmaker.settings import Settings, load_settings

CONTENT = load_content()
STORIES = CONTENT.stories
COUNTS = {"harbour": len(STORIES), **{board.slug: len(board.notices) for board in CONTENT.boards}}


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of a demo that has been built once, its site still up."""
    config = tmp_path_factory.mktemp("demo") / "sources.yaml"
    with DemoSite() as site:
        config.write_text(demo_settings_yaml(site.url), "utf-8")
        settings = load_settings(config)
        outcomes = refresh(settings)
        assert [outcome.error for outcome in outcomes] == [None] * 3
        assert {outcome.source: (outcome.result, outcome.added, outcome.warnings) for outcome in outcomes} == {
            name: (Result.CHANGED, count, ()) for name, count in COUNTS.items()
        }
        yield settings


def files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_every_story_is_in_the_feed_with_picture_date_and_tags(settings: Settings) -> None:
    feed = json.loads((settings.output / "harbour.json").read_text("utf-8"))
    items = {item["url"].rpartition("/")[2]: item for item in feed["items"]}
    for story in STORIES:
        item = items[f"{story.slug}.html"]
        assert item["title"] == story.title
        assert item["image"].endswith(f"/pictures/{story.picture.name}.jpg")
        assert item["tags"] == list(story.tags)
        assert item["date_published"]
    assert len(items) == len(STORIES)


@pytest.mark.parametrize("board", CONTENT.boards, ids=lambda board: board.slug)
def test_every_notice_is_in_the_feed_of_its_board_with_its_time_and_text(settings: Settings, board: Board) -> None:
    feed = json.loads((settings.output / f"{board.slug}.json").read_text("utf-8"))
    assert feed["title"].startswith(board.title)
    assert [
        (urlsplit(item["url"]).path, item["title"], item["summary"], datetime.fromisoformat(item["date_published"]))
        for item in feed["items"]
    ] == [(notice.path, notice.title, notice.text, notice.published) for notice in board.notices]


@pytest.mark.parametrize("ending", ["rss", "atom"])
@pytest.mark.parametrize("name", COUNTS)
def test_the_feeds_are_well_formed(settings: Settings, name: str, ending: str) -> None:
    parsed = feedparser.parse((settings.output / f"{name}.{ending}").read_bytes())
    assert not parsed.bozo
    assert len(parsed.entries) == COUNTS[name] >= 8
    if name == "harbour":
        assert parsed.entries[0].title == STORIES[0].title


def test_a_second_build_asks_once_for_each_section_and_leaves_every_file_as_it_is(settings: Settings) -> None:
    before = files(settings.output)
    assert [(outcome.result, outcome.requests) for outcome in refresh(settings)] == [(Result.UNCHANGED, 1)] * 3
    assert files(settings.output) == before
