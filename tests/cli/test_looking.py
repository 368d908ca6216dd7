"""The commands that look: check, status, preview, extract."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.text import Text
from sqlalchemy import Engine, event

from feedmaker.cli import COMMANDS
from feedmaker.cli.show import print_entry
from feedmaker.model import Entry
from tests.cli.conftest import Feedmaker
from tests.town import Answer, Site, article


def test_check_says_that_settings_are_right(feedmaker: Feedmaker, config: Path) -> None:
    result = feedmaker("check")
    assert result.exit_code == 0
    assert "1 source" in result.stdout
    report = json.loads(feedmaker("check", "--json").stdout)
    assert (report["ok"], report["sources"][0]["name"]) == (True, "town")


def test_check_lists_every_fault(feedmaker: Feedmaker, config: Path) -> None:
    config.write_text(config.read_text().replace("items:", "item:").replace("delay: 0s", "delay: soon"))
    result = feedmaker("check")
    assert result.exit_code == 2
    assert "sources.town.item" in result.stderr
    assert "defaults.delay" in result.stderr
    report = json.loads(feedmaker("check", "--json").stdout)
    assert report["ok"] is False
    assert [fault["key"] for fault in report["faults"]] == ["defaults.delay", "sources.town.item"]


def test_a_missing_settings_file_exits_2(feedmaker: Feedmaker, config: Path) -> None:
    config.unlink()
    result = feedmaker("build")
    assert result.exit_code == 2
    assert str(config) in result.stderr


def test_status_before_any_refresh_says_never_and_makes_no_state(feedmaker: Feedmaker, config: Path) -> None:
    assert "never" in feedmaker("status").stdout
    assert not (config.parent / "feedmaker.db").exists()


def test_status_shows_success_and_failure(site: Site, feedmaker: Feedmaker) -> None:
    site.lists("a", "b")
    feedmaker("build")
    (row,) = json.loads(feedmaker("status", "--json").stdout)
    assert (row["source"], row["entries"], row["failures"]) == ("town", 2, 0)
    assert row["newest"].startswith("2026-11-20T08:00")
    site.answers["/news/"] = Answer("gone", status=410)
    feedmaker("build")
    (row,) = json.loads(feedmaker("status", "--json").stdout)
    assert (row["entries"], row["failures"]) == (2, 1)
    assert "410" in feedmaker("status").stdout


def test_status_says_where_a_page_has_moved(site: Site, feedmaker: Feedmaker) -> None:
    site.lists("a")
    site.answers["/town/"] = site.answers["/news/"]
    site.answers["/news/"] = Answer("", status=301, headers={"Location": "/town/"})
    assert f"moved for good to {site.url}/town/" in feedmaker("build").stderr
    (row,) = json.loads(feedmaker("status", "--json").stdout)
    assert (row["moved_to"], row["gone"]) == (f"{site.url}/town/", False)
    assert f"town: moved to {site.url}/town/; change its `url`" in feedmaker("status").stdout


def test_status_says_what_to_do_about_a_page_that_is_gone(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    site.answers["/news/"] = Answer("gone", status=410)
    feedmaker("build")
    (row,) = json.loads(feedmaker("status", "--json").stdout)
    assert (row["gone"], row["next_run"], row["failures"]) == (True, None, 1)
    shown = feedmaker("status").stdout
    (row_shown,) = (line for line in shown.splitlines() if line.startswith("town  "))
    assert row_shown.endswith("never")
    assert "remove the source or give it a new address" in shown
    config.write_text(config.read_text().replace("/news/", "/town/"))
    (row,) = json.loads(feedmaker("status", "--json").stdout)
    assert (row["gone"], row["next_run"] is None) == (False, False)


def test_preview_shows_entries_and_writes_nothing(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    site.lists("a", "b", "c")
    result = feedmaker("preview", "town", "--limit", "2")
    assert "Headline of the story a" in result.stdout
    assert "2026-11-20T08:00:00+00:00" in result.stdout
    assert "story c" not in result.stdout
    assert [path.name for path in config.parent.iterdir()] == ["sources.yaml"]


def test_preview_takes_an_address(site: Site, feedmaker: Feedmaker) -> None:
    site.lists("a", "b", "c")
    preview = json.loads(feedmaker("preview", f"{site.url}/news/", "--json").stdout)
    assert [entry["title"] for entry in preview["entries"]] == [f"Headline of the story {slug}" for slug in "abc"]
    assert preview["listed"] == 3


def test_preview_of_a_page_without_entries_exits_1(site: Site, feedmaker: Feedmaker) -> None:
    site.answers["/news/"] = Answer("<html><p>We are moving house.</p></html>")
    assert feedmaker("preview", f"{site.url}/news/").exit_code == 1


def test_extract_shows_where_each_value_was_found(site: Site, feedmaker: Feedmaker) -> None:
    site.answers["/news/a"] = Answer(article("a"))
    result = feedmaker("extract", f"{site.url}/news/a")
    assert "published_time" in result.stdout
    entry = json.loads(feedmaker("extract", f"{site.url}/news/a", "--json").stdout)
    assert entry["title"] == "Headline of the story a"
    assert entry["provenance"]["title"]


def test_extract_reads_a_saved_page(feedmaker: Feedmaker, tmp_path: Path) -> None:
    saved = tmp_path / "saved.html"
    saved.write_text(article("a"))
    result = feedmaker("extract", str(saved), "--url", "https://news.example/a", "--json")
    assert json.loads(result.stdout)["url"] == "https://news.example/a"


def test_extract_of_nothing_is_wrong_usage(feedmaker: Feedmaker) -> None:
    result = feedmaker("extract", "no-such-file.html")
    assert result.exit_code == 2
    assert "no-such-file.html" in result.stderr


def test_status_shows_what_is_wrong_though_the_site_answers(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    config.write_text(f"{config.read_text()}  harbour: {site.url}/harbour/\n")
    site.lists("a", "b")
    site.answers["/harbour/"] = site.answers["/news/"]
    feedmaker("build")
    well = feedmaker("status", "--problems")
    assert (well.exit_code, well.stdout) == (0, "2 sources, none with problems.\n")
    site.answers["/news/"] = Answer('<html><body><main class="stories"></main></body></html>')
    feedmaker("build")
    (row,) = json.loads(feedmaker("status", "--problems", "--json").stdout)
    (problem,) = row["problems"]
    assert (row["source"], row["failures"], problem["stage"], problem["ended"]) == ("town", 1, "no list", None)
    shown = feedmaker("status", "--problems").stdout
    assert "town: no list for 0 s: items: .card selects nothing" in shown
    assert "harbour" not in shown
    assert shown.endswith("2 sources, 1 with problems.\n")
    assert "harbour" in feedmaker("status").stdout


def test_status_is_a_check_if_it_is_asked_for_problems(site: Site, feedmaker: Feedmaker) -> None:
    assert feedmaker("status", "--problems").exit_code == 0, "nothing is known of the source yet"
    site.answers["/news/"] = Answer("no", status=404)
    feedmaker("build")
    assert [feedmaker("status", "--problems", *more).exit_code for more in ((), ("--json",))] == [1, 1]
    assert feedmaker("status").exit_code == 0


def test_status_shows_how_often_entries_come(site: Site, feedmaker: Feedmaker) -> None:
    slugs = [f"s{number}" for number in range(12)]
    for number, slug in enumerate(slugs):
        site.answers[f"/news/{slug}"] = Answer(article(slug, published=f"2026-11-{20 - number:02}T08:00:00Z"))
    site.lists(*slugs)
    feedmaker("build")
    (row,) = json.loads(feedmaker("status", "--json").stdout)
    assert row["per_day"] == 1
    assert "1/d" in feedmaker("status").stdout


def test_status_asks_the_state_no_more_often_for_many_sources(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    site.lists("a", "b")
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    def asked_by_status() -> int:
        feedmaker("build")
        asked.clear()
        event.listen(Engine, "before_cursor_execute", note)
        try:
            assert feedmaker("status").exit_code == 0
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(asked)

    of_one = asked_by_status()
    config.write_text(config.read_text() + "".join(f"  town-{n}: {site.url}/news/?{n}\n" for n in range(4)))
    assert asked_by_status() == of_one > 0


class Terminal(io.StringIO):
    """Standard output of a person."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_texts_are_broken_between_words_and_addresses_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout", terminal := Terminal())
    url = "https://news.example/" + "a-long-name-" * 5
    print_entry(Entry(id=url, url=url, title="Story", summary="The harbour bridge opens again on Monday"))
    lines = [line.rstrip() for line in Text.from_ansi(terminal.getvalue()).plain.splitlines()]
    assert lines == [
        "Story",
        f"  url       {url}",
        "  summary   The harbour bridge opens",
        " " * 12 + "again on Monday",
    ]


def test_the_list_of_commands_has_whole_sentences(feedmaker: Feedmaker) -> None:
    lines = feedmaker("--help").stdout.partition("Commands:")[2].strip().splitlines()
    assert len(lines) == len(COMMANDS)
    assert [line for line in lines if not line.endswith(".") or line.endswith("...")] == []
