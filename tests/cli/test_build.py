"""``feedmaker build``: outcomes, exit codes, what is printed."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from feedmaker.cli.build import refreshed
from feedmaker.model import Outcome, Result, Source
from feedmaker.store import Store
from tests.cli.conftest import Feedmaker
from tests.town import Answer, Site


def test_build_writes_the_feeds_and_says_where(site: Site, feedmaker: Feedmaker, tmp_path: Path) -> None:
    site.lists("a", "b")
    result = feedmaker("build")
    assert result.exit_code == 0
    (line,) = map(json.loads, result.stderr.splitlines())
    told = {name: line[name] for name in ("source", "result", "entries", "added", "updated", "requests")}
    assert told == {"source": "town", "result": "changed", "entries": 2, "added": 2, "updated": 0, "requests": 3}
    assert str(tmp_path / "feeds" / "index.html") in result.stdout
    names = {path.name for path in (tmp_path / "feeds").iterdir()}
    assert {"town.rss", "town.atom", "town.json", "feeds.opml", "index.html"} <= names


def test_build_prints_outcomes_as_json(site: Site, feedmaker: Feedmaker) -> None:
    site.lists("a")
    (outcome,) = json.loads(feedmaker("build", "town", "--json").stdout)
    assert (outcome["source"], outcome["result"], outcome["entries"]) == ("town", "changed", 1)


def test_a_failed_source_exits_1_and_the_others_go_on(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    site.lists("a")
    config.write_text(config.read_text() + f"  gone: {site.url}/gone/\n")
    result = feedmaker("build")
    assert result.exit_code == 1
    assert f"{site.url}/gone/" in result.stdout
    assert (config.parent / "feeds" / "town.rss").exists()


def test_an_unreachable_site_is_a_failed_source(feedmaker: Feedmaker, config: Path) -> None:
    config.write_text(config.read_text().replace("allow_ports: [", "allow_ports: [1, "))
    config.write_text(config.read_text() + "  down: http://127.0.0.1:1/news/\n")
    result = feedmaker("build", "down")
    assert result.exit_code == 1
    assert "127.0.0.1:1" in result.stdout


def test_a_private_address_or_odd_port_is_refused_with_the_setting_that_allows_it(
    feedmaker: Feedmaker, config: Path
) -> None:
    text = config.read_text()
    config.write_text(text.replace("allow_private: [127.0.0.0/8]\n", ""))
    assert "allow_private" in feedmaker("build").stdout
    config.write_text("\n".join(line for line in text.splitlines() if not line.startswith("allow_ports")))
    assert "allow_ports" in feedmaker("build").stdout


def test_a_page_that_is_gone_is_asked_for_again_only_by_name(site: Site, feedmaker: Feedmaker) -> None:
    site.answers["/news/"] = Answer("gone", status=410)
    assert feedmaker("build").exit_code == 1
    site.lists("a")
    site.taken()
    result = feedmaker("build")
    assert result.exit_code == 1
    assert "feedmaker build town" in " ".join(result.stdout.split())
    assert site.taken() == []
    assert feedmaker("build", "town").exit_code == 0
    assert site.taken() == ["/news/", "/news/a"]


def test_pages_that_were_kept_are_read_once_more_without_the_site(
    site: Site, feedmaker: Feedmaker, config: Path
) -> None:
    config.write_text(f"archive: ./pages\n{config.read_text()}")
    site.lists("a")
    feedmaker("build")
    before = (config.parent / "feeds" / "town.rss").read_bytes()
    site.taken()
    (config.parent / "feedmaker.db").unlink()
    (config.parent / "feeds" / "town.rss").unlink()
    result = feedmaker("build", "--from-archive")
    assert (result.exit_code, site.taken()) == (0, [])
    assert (config.parent / "feeds" / "town.rss").read_bytes() == before


def test_a_rerun_without_an_archive_is_wrong_usage(site: Site, feedmaker: Feedmaker) -> None:
    result = feedmaker("build", "--from-archive")
    assert result.exit_code == 2
    assert "archive: FOLDER" in result.stderr


def test_an_unknown_source_exits_2_with_the_nearest_name(feedmaker: Feedmaker, config: Path) -> None:
    for command in ("build", "preview", "record", "replay"):
        result = feedmaker(command, "twon")
        assert result.exit_code == 2
        assert result.stderr == f'feedmaker: No source in {config} is named "twon". Did you mean "town"?\n'


def test_faulty_settings_exit_2_and_write_nothing(feedmaker: Feedmaker, config: Path) -> None:
    config.write_text(config.read_text().replace("items:", "item:").replace("defaults: {delay: 0s}", "defaults: {}"))
    result = feedmaker("build")
    assert result.exit_code == 2
    assert f"{config}:9: sources.town.item" in result.stderr
    assert "items" in result.stderr
    assert {path.name for path in config.parent.iterdir()} == {"sources.yaml"}


def test_an_output_that_cannot_be_written_exits_3_before_any_fetch(
    site: Site, feedmaker: Feedmaker, config: Path
) -> None:
    (config.parent / "feeds").write_text("a file where the folder should be")
    assert feedmaker("build").exit_code == 3
    assert site.taken() == []


def test_a_second_instance_exits_4(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    site.lists("a")
    with Store.open(config.parent / "feedmaker.db"):
        result = feedmaker("build")
    assert result.exit_code == 4
    assert site.taken() == []


def test_an_article_that_cannot_be_read_is_a_warning(site: Site, feedmaker: Feedmaker) -> None:
    site.lists("a")
    site.answers["/news/a"] = Answer("broken", status=500)
    result = feedmaker("build")
    assert result.exit_code == 0
    _, warning = map(json.loads, result.stderr.splitlines())
    assert (warning["level"], warning["source"]) == ("warning", "town")
    assert f"{site.url}/news/a" in warning["event"]


@pytest.mark.parametrize("arguments", [["build", "--nope"], ["bild"], ["preview"]])
def test_wrong_usage_exits_2(feedmaker: Feedmaker, arguments: list[str]) -> None:
    assert feedmaker(*arguments).exit_code == 2


def test_a_site_that_is_stuck_takes_one_worker_and_the_sources_of_others_are_refreshed_meanwhile() -> None:
    released = threading.Event()
    stuck = [Source(f"stuck{number}", f"https://h{number}.stuck.example/") for number in range(3)]
    others = [Source(f"other{number}", "https://other.example/") for number in range(3)]

    def refresh(source: Source) -> Outcome:
        if source in stuck:
            assert released.wait(20)
        return Outcome(source.name, Result.UNCHANGED)

    with ThreadPoolExecutor(4) as pool:
        outcomes = refreshed([*stuck, *others], 2, lambda source: pool.submit(refresh, source))
        try:
            assert [next(outcomes).source for _ in others] == [source.name for source in others]
        finally:
            released.set()
        assert [outcome.source for outcome in outcomes] == [source.name for source in stuck]


def test_robots_txt_and_the_wish_of_a_host_to_be_left_alone_are_remembered_by_the_next_build(
    site: Site, feedmaker: Feedmaker, config: Path
) -> None:
    site.lists("a", etag='"1"')
    config.write_text(config.read_text() + f"  busy: {site.url}/busy/\n")
    site.answers["/busy/"] = Answer("busy", status=503, headers={"Retry-After": "3600"})
    assert feedmaker("build", "town").exit_code == 0
    assert feedmaker("build", "town").exit_code == 0
    assert site.requests == ["/robots.txt", "/news/", "/news/a", '/news/ "1"']
    assert feedmaker("build", "busy").exit_code == 1
    site.taken()
    result = feedmaker("build")
    assert "wants to be left alone for another 3" in " ".join(result.stdout.split())
    assert site.requests == []


def test_build_says_what_is_wrong_though_all_could_be_read(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    config.write_text(config.read_text() + "    follow: none\n")
    cards = "".join(
        f'<div class="card"><h2><a href="/news/{slug}">Headline of the story {slug}</a></h2>'
        '<time datetime="the 45th of Mist">the 45th of Mist</time></div>'
        for slug in "abcdef"
    )
    site.answers["/news/"] = Answer(f"<html><body>{cards}</body></html>")
    result = feedmaker("build")
    assert result.exit_code == 0
    assert "town: date published: 6 of the last 6 entries have a date that no form fits" in result.stdout
    (line,) = map(json.loads, result.stderr.splitlines())
    assert (line["level"], line["result"], line["problems"]) == ("warning", "changed", ["date published"])
