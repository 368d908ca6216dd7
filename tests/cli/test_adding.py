"""``feedmaker detect`` and ``feedmaker add``: from an address to a source."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.text import Text

from feedmaker.cli.add import name_of
from feedmaker.cli.detect import print_findings
from feedmaker.model import How, Kind, ListedItem, Listing
from feedmaker.refresh.detection import Finding
from tests.cli.conftest import Feedmaker
from tests.cli.test_looking import Terminal
from tests.town import Answer, Site

RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>'
    "<item><title>Headline of the story a</title><link>/news/a</link></item></channel></rss>"
)


def test_detect_ranks_the_list_of_the_page_before_the_feed_that_it_announces(site: Site, feedmaker: Feedmaker) -> None:
    site.lists("a", "b", "c")
    link = '<head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>'
    site.answers["/news/"].body = site.answers["/news/"].body.replace("<body>", f"{link}<body>")
    site.answers["/feed.xml"] = Answer(RSS, type="application/rss+xml")
    found = json.loads(feedmaker("detect", f"{site.url}/news/", "--json").stdout)
    assert [(each["kind"], len(each["listing"]["items"])) for each in found] == [("auto", 3), ("feed", 1)]
    assert f"{site.url}/feed.xml" in feedmaker("detect", f"{site.url}/news/").stdout


def test_detect_finds_a_feed_that_no_page_announces(site: Site, feedmaker: Feedmaker) -> None:
    site.answers["/"] = Answer("<html><head><title>Town</title></head><body><p>Welcome.</p></body></html>")
    site.answers["/rss.xml"] = Answer(RSS, type="application/rss+xml")
    best, *_ = json.loads(feedmaker("detect", f"{site.url}/", "--json").stdout)
    assert (best["kind"], best["url"]) == ("feed", f"{site.url}/rss.xml")


def test_detect_of_a_feed_looks_for_no_other(site: Site, feedmaker: Feedmaker) -> None:
    site.answers["/rss.xml"] = Answer(RSS, type="application/rss+xml")
    (found,) = json.loads(feedmaker("detect", f"{site.url}/rss.xml", "--json").stdout)
    assert found["listing"]["how"]["extractor"] == "feed"
    assert site.taken() == ["/rss.xml"]


def test_detect_says_why_there_is_nothing(site: Site, feedmaker: Feedmaker) -> None:
    site.answers["/"] = Answer("<html><head><title>Town</title></head><body><p>Welcome.</p></body></html>")
    result = feedmaker("detect", f"{site.url}/")
    assert result.exit_code == 1
    assert f"{site.url}/: " in result.stdout


def test_an_address_that_is_found_can_be_copied_from_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout", terminal := Terminal())
    url = "https://news.example/" + "a-long-name-" * 5
    item = ListedItem(f"{url}/1", title="The harbour bridge opens again on Monday")
    listing = Listing(url, None, None, (item,), None, How("structure", 0.9))
    print_findings((Finding(Kind.AUTO, url, listing),))
    lines = [line.rstrip() for line in Text.from_ansi(terminal.getvalue()).plain.splitlines()]
    assert lines == [
        url,
        "  way       structure: 1 entry, 90% sure",
        "  first     The harbour bridge opens",
        " " * 12 + "again on Monday",
        "",
    ]


def test_detect_reads_a_saved_page(site: Site, feedmaker: Feedmaker, tmp_path: Path) -> None:
    site.lists("a", "b", "c")
    saved = tmp_path / "saved.html"
    saved.write_text(site.answers["/news/"].body)
    (found,) = json.loads(feedmaker("detect", str(saved), "--url", "https://news.example/town/", "--json").stdout)
    assert found["listing"]["items"][0]["url"] == "https://news.example/news/a"
    assert feedmaker("detect", "no-such-file.html").exit_code == 2


def test_add_shows_entries_and_writes_the_source_that_build_then_reads(
    site: Site, feedmaker: Feedmaker, config: Path
) -> None:
    site.lists("a", "b", "c")
    before = config.read_text()
    result = feedmaker("add", f"{site.url}/news/", "--name", "added", "--every", "2h")
    assert result.exit_code == 0
    assert "Headline of the story a" in result.stdout
    assert config.read_text() == f"{before}  added:\n    url: {site.url}/news/\n    every: 2h\n"
    assert feedmaker("build", "added").exit_code == 0


def test_add_with_dry_run_changes_nothing(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    site.lists("a", "b", "c")
    before = config.read_text()
    assert "added" in feedmaker("add", f"{site.url}/news/", "--name", "added", "--dry-run").stdout
    assert config.read_text() == before


def test_add_of_a_page_without_entries_changes_nothing(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    site.answers["/about/"] = Answer("<html><body><p>Who we are.</p></body></html>")
    before = config.read_text()
    assert feedmaker("add", f"{site.url}/about/").exit_code == 1
    assert config.read_text() == before


def test_add_of_a_name_that_is_taken_exits_2(site: Site, feedmaker: Feedmaker) -> None:
    site.lists("a", "b", "c")
    result = feedmaker("add", f"{site.url}/news/", "--name", "town")
    assert result.exit_code == 2
    assert "--name" in result.stderr


def test_a_name_from_the_address_that_is_taken_gets_a_number(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    site.lists("a", "b", "c")
    config.write_text(config.read_text() + "  world: https://world.example/\nmerge:\n  world-2: [town]\n")
    site.answers["/world/"] = site.answers["/news/"]
    assert f"{config} has the source world-3 now" in feedmaker("add", f"{site.url}/world/").stdout


@pytest.mark.parametrize("sources", ["", "sources:\n", "sources: {} # none yet\n"])
def test_add_preview_and_detect_do_with_settings_that_have_no_source_yet(
    site: Site, feedmaker: Feedmaker, config: Path, sources: str
) -> None:
    site.lists("a", "b", "c")
    config.write_text(config.read_text().partition("sources:")[0] + sources)
    assert feedmaker("detect", f"{site.url}/news/").exit_code == 0
    assert feedmaker("preview", f"{site.url}/news/").exit_code == 0
    assert feedmaker("add", f"{site.url}/news/", "--name", "first").exit_code == 0
    assert "  first: http" in config.read_text()


def test_other_faults_of_settings_without_a_source_are_told(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    config.write_text(config.read_text().partition("sources:")[0] + "keep: 5\n")
    result = feedmaker("preview", f"{site.url}/news/")
    assert result.exit_code == 2
    assert "keep" in result.stderr
    assert "There is no source" not in result.stderr


@pytest.mark.parametrize("options", [("--every", "soon"), ("--name", "Town!"), ("--name", "town")])
def test_what_does_not_fit_is_told_before_anything_is_fetched(
    site: Site, feedmaker: Feedmaker, options: tuple[str, str]
) -> None:
    result = feedmaker("add", f"{site.url}/world/", *options)
    assert result.exit_code == 2
    assert result.stderr.startswith("Nothing was added:")
    assert site.requests == []


def test_a_settings_file_that_is_read_only_stays_as_it_is(site: Site, feedmaker: Feedmaker, config: Path) -> None:
    before = config.read_text()
    config.chmod(0o444)
    result = feedmaker("add", f"{site.url}/world/")
    assert result.exit_code == 3
    assert f"{config} cannot be written: it is read-only; check its permissions" in result.stderr
    assert config.read_text() == before


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_add_of_a_section_that_is_a_source_already_says_that_nothing_was_added(
    options: tuple[str, ...], site: Site, feedmaker: Feedmaker, config: Path
) -> None:
    site.lists("a", "b", "c")
    assert feedmaker("add", f"{site.url}/news/", "--name", "first").exit_code == 0
    before = config.read_text()
    result = feedmaker("add", f"{site.url}/news/", "--name", "second", *options)
    assert result.exit_code == 2
    assert result.stderr.startswith("Nothing was added:")
    assert f"{config}: sources.second: Makes the same feed" in result.stderr  # no line: none was written
    assert config.read_text() == before


@pytest.mark.parametrize("command", ["add", "detect", "extract", "preview"])
def test_an_address_without_a_scheme_is_refused_with_what_to_write(feedmaker: Feedmaker, command: str) -> None:
    result = feedmaker(command, "example.org/town/")
    assert result.exit_code == 2
    assert "'example.org/town/'" in result.stderr
    assert "addresses begin with https:// or http://" in result.stderr


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/world/africa/", "example-world-africa"),
        ("https://news.example.org/", "example"),
        ("https://example.org/feed/index.xml", "example"),
        ("http://127.0.0.1:8000/sport", "sport"),
        ("http://127.0.0.1:8000/", "127-0-0-1"),
        ("https://пример.рф/новости/", "primer-novosti"),
        ("https://xn--e1afmkfd.xn--p1ai/%D0%BC%D0%B8%D1%80/", "primer-mir"),
        ("https://www.bbc.co.uk/news/world", "bbc-world"),
        ("https://www.gov.uk/search/news", "gov-search"),
        ("https://blog.example.com/wp-json/wp/v2/posts?categories=5", "example"),
        ("https://example.com/Straße/łódź%20øst", "example-strasse-lodz-ost"),
        ("https://ελλάδα.example/νέα/", "ellada-nea"),
        ("https://例え.jp/ニュース/", "source"),
    ],
)
def test_a_name_is_made_of_the_words_of_the_address(url: str, name: str) -> None:
    assert name_of(url) == name
