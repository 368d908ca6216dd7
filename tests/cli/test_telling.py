"""Who hears of what: alerts, the feed of problems, and the command that follows a change."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import feedmaker as feedmaker_api
from tests.cli.conftest import Feedmaker
from tests.town import Answer, Site


def add(config: Path, settings: str) -> None:
    config.write_text(f"{settings}\n{config.read_text()}")


def items(config: Path) -> list[dict[str, Any]]:
    feed: dict[str, Any] = json.loads((config.parent / "feeds" / "feedmaker-status.json").read_bytes())
    return list(feed["items"])


def test_alerts_come_once_when_a_source_breaks_and_once_when_it_recovers(
    site: Site, feedmaker: Feedmaker, config: Path
) -> None:
    add(config, f"alerts: {{after: 2, webhook: {site.url}/hook}}")
    site.answers["/hook"] = Answer("ok")
    site.lists("a")

    def told() -> list[str]:
        return [json.loads(each.body)["text"].partition("\n")[0] for each in site.heard if each.path == "/hook"]

    feedmaker("build")
    page, site.answers["/news/"] = site.answers["/news/"], Answer("no", status=500)
    feedmaker("build")
    assert told() == []
    for _ in range(3):  # each is a process's life of its own
        feedmaker("build")
    assert told() == ["Feedmaker: town is broken."]
    site.answers["/news/"] = page
    for _ in range(3):
        feedmaker("build")
    assert told() == ["Feedmaker: town is broken.", "Feedmaker: town has recovered."]


def test_alerts_that_nobody_takes_cost_a_warning_and_come_again(
    site: Site, feedmaker: Feedmaker, config: Path, caplog: pytest.LogCaptureFixture
) -> None:
    add(config, f"alerts: {{after: 1, webhook: {site.url}/hook}}")
    site.answers["/news/"] = Answer("no", status=404)
    assert feedmaker("build").exit_code == 1
    assert "took no alert" in caplog.text
    site.answers["/hook"] = Answer("ok")
    feedmaker("build")
    assert json.loads(site.heard[-1].body)["broken"][0]["source"] == "town"


def test_the_feed_of_problems_has_an_entry_for_each_and_another_when_it_is_over(
    site: Site, feedmaker: Feedmaker, config: Path
) -> None:
    add(config, "status_feed: true")
    site.lists("a")
    feedmaker("build")
    assert items(config) == []
    page, site.answers["/news/"] = site.answers["/news/"], Answer("Down until noon", status=503, type="text/plain")
    feedmaker("build")
    (broken,) = items(config)
    assert broken["title"] == "town: fetch"
    assert "The host says “Down until noon”" in broken["summary"]
    before = (config.parent / "feeds" / "feedmaker-status.rss").read_bytes()
    feedmaker("build")
    assert (config.parent / "feeds" / "feedmaker-status.rss").read_bytes() == before
    site.answers["/news/"] = page
    feedmaker("build")
    over, still = items(config)
    assert over["title"] == "town: fetch is over"
    assert still["id"] == broken["id"] != over["id"]
    own = json.loads((config.parent / "feeds" / "town.json").read_bytes())
    assert [item["title"] for item in own["items"]] == ["Headline of the story a"]


def test_secrets_that_a_host_repeats_are_not_in_the_feed_of_problems(
    site: Site, feedmaker: Feedmaker, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOWN_KEY", "open-sesame")
    config.write_text(f'status_feed: true\n{config.read_text()}    headers: {{X-Key: "${{TOWN_KEY}}"}}\n')
    site.answers["/news/"] = Answer("the key open-sesame is not valid", status=403, type="text/plain")
    feedmaker("build")
    assert "the key *** is not valid" in items(config)[0]["summary"]
    assert b"open-sesame" not in b"".join(path.read_bytes() for path in config.parent.rglob("feedmaker*"))


def test_a_command_is_run_for_each_feed_that_changed_with_its_name_and_paths(
    site: Site, feedmaker: Feedmaker, config: Path
) -> None:
    log = config.parent / "log"
    script = "import sys; open(sys.argv[1], 'a').write(' '.join(sys.argv[2:]) + '\\\\n')"
    add(config, f'on_change: ["{sys.executable}", "-c", "{script}", "{log}"]\nmerge: {{all-news: [town]}}')
    site.lists("a")
    feedmaker("build")
    folder = config.parent / "feeds"
    expected = [
        f"{name} {' '.join(str(folder / f'{name}.{kind}') for kind in ('rss', 'atom', 'json'))}"
        for name in ("town", "all-news")
    ]
    assert log.read_text().splitlines() == expected
    feedmaker("build")
    assert log.read_text().splitlines() == expected


def test_a_command_that_fails_is_a_warning_and_the_feed_stays(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    add(config, f'on_change: ["{sys.executable}", "-c", "import sys; sys.exit(7)"]')
    site.lists("a")
    result = feedmaker("build", "--json")
    assert result.exit_code == 0
    (outcome,) = json.loads(result.stdout)
    assert outcome["warnings"] == [f"on_change: {sys.executable} ended with status 7"]
    assert (config.parent / "feeds" / "town.rss").exists()


def test_an_output_that_cannot_be_written_exits_3(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    site.lists("a")
    feedmaker("build")
    folder = config.parent / "feeds"
    (folder / "town.rss").unlink()
    (folder / "town.rss").mkdir()
    site.lists("a", "b")
    result = feedmaker("build")
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr
    assert "town: write for 0 s: The output folder" in feedmaker("status").stdout


def test_programs_that_refresh_tell_as_well(site: Site, config: Path) -> None:
    add(config, f"status_feed: true\nalerts: {{after: 1, webhook: {site.url}/hook}}")
    site.answers["/hook"] = Answer("ok")
    site.answers["/news/"] = Answer("no", status=404)
    feedmaker_api.refresh(feedmaker_api.load_settings(config))
    assert [item["title"] for item in items(config)] == ["town: fetch"]
    assert [each.path for each in site.heard if each.method == "POST"] == ["/hook"]
