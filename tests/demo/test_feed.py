"""The demo from end to end: its site, its settings, the real pipeline, feeds on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from feedmaker.demo import DemoSite, demo_settings_yaml
from feedmaker.demo.content import load_content
from feedmaker.model import Result
from feedmaker.refresh import refresh
from feedmaker.settings import Settings, load_settings

STORIES = load_content().stories


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """The settings of a demo that has been built once, its site still up."""
    config = tmp_path_factory.mktemp("demo") / "sources.yaml"
    with DemoSite() as site:
        config.write_text(demo_settings_yaml(site.url), "utf-8")
        settings = load_settings(config)
        (outcome,) = refresh(settings)
        assert outcome.error is None
        assert (outcome.result, outcome.added, outcome.warnings) == (Result.CHANGED, len(STORIES), ())
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


@pytest.mark.parametrize("ending", ["rss", "atom"])
def test_the_feeds_are_well_formed(settings: Settings, ending: str) -> None:
    parsed = feedparser.parse((settings.output / f"harbour.{ending}").read_bytes())
    assert not parsed.bozo
    assert len(parsed.entries) == len(STORIES)
    assert parsed.entries[0].title == STORIES[0].title


def test_a_second_build_asks_once_and_leaves_every_file_as_it_is(settings: Settings) -> None:
    before = files(settings.output)
    (outcome,) = refresh(settings)
    assert (outcome.result, outcome.requests) == (Result.UNCHANGED, 1)
    assert files(settings.output) == before
