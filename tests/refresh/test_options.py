"""What each option of a source does, from the settings file to the feed's file."""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import lxml.etree
import pytest

from feedmaker.model import Result
from feedmaker.refresh import refresh_source, write_overview
from tests.refresh.output import folder_of
from tests.refresh.town import CARDS, Town
from tests.town import Answer, Clock, Site, article


def test_pages_and_requests_are_as_many_as_the_settings_say(site: Site, town: Town) -> None:
    for number, slugs in enumerate(("ab", "cd", "ef"), start=1):
        site.lists(*slugs)
        path = "/news/" if number == 1 else f"/news/page/{number}/"
        more = f'<nav><a rel="next" href="/news/page/{number + 1}/">Older</a></nav></main>'
        site.answers[path] = Answer(site.answers["/news/"].body.replace("</main>", more))
        if number == 1:
            first = site.answers["/news/"]
    site.answers["/news/"] = first
    assert town.refresh(f"{CARDS}pages: 2\nmax_requests: 5").requests == 5
    assert [path for path in site.taken() if "page" in path] == ["/news/page/2/"]
    assert len(town.items) == 3


@pytest.mark.parametrize(
    ("following", "warning", "entries"),
    [
        ({1: 2, 2: 3, 3: 1}, "goes on at", 3),
        ({1: 2, 2: 1}, "goes on at", 2),
        ({1: 1001}, "lists nothing that the pages before it do not", 1),
    ],
    ids=["circle", "back", "one page under many numbers"],
)
def test_pages_without_an_end_are_left_where_they_repeat(
    site: Site, town: Town, following: dict[int, int], warning: str, entries: int
) -> None:
    for number, after in following.items():
        site.lists("abc"[number - 1])
        link = f'<nav><a rel="next" href="/news/{"" if after == 1 else f"page/{after}/"}">Older</a></nav></main>'
        site.answers[f"/news/page/{number}/"] = Answer(site.answers["/news/"].body.replace("</main>", link))
    site.answers["/news/page/1001/"] = site.answers["/news/"] = site.answers["/news/page/1/"]
    outcome = town.refresh(f"{CARDS}pages: 50")
    assert outcome.entries == entries
    assert [warning in each for each in outcome.warnings] == [True]


def test_a_list_of_which_nobody_can_be_sure_comes_with_a_warning(site: Site, town: Town) -> None:
    papers = "".join(f"<p><a href='/docs/{n}'>Paper {n}</a> {n + 1} March 2024</p>" for n in range(12))
    site.answers["/news/"] = Answer(f"<html><title>Papers</title><body>{papers}</body></html>")
    outcome = town.refresh("follow: none")
    assert outcome.entries == 12
    assert any("not sure" in warning and "`items:`" in warning for warning in outcome.warnings)


def test_words_choose_what_is_read(site: Site, town: Town) -> None:
    site.lists("harbour", "ferry", "harbours", "podcast-ferry")
    town.refresh(CARDS + "include: {title: {words: [HARBOUR, ferry]}}\nexclude: {title: {words: podcast}}")
    assert sorted(site.taken()) == ["/news/", "/news/ferry", "/news/harbour"]
    assert len(town.items) == 2


def test_old_entries_are_not_read_where_the_list_shows_their_date(site: Site, town: Town) -> None:
    site.lists("a", "b")
    page = site.answers["/news/"].body.replace("</h2>", "</h2><time datetime='2026-11-01'>1 November</time>", 1)
    site.answers["/news/"] = Answer(page)
    assert town.refresh(CARDS + "max_age: 7d").entries == 1
    assert "/news/a" not in site.taken()


def test_an_entry_leaves_the_feed_when_it_gets_too_old_on_a_page_that_stays_the_same(
    site: Site, town: Town, clock: Clock
) -> None:
    site.answers["/news/b"] = Answer(article("b", published="2026-11-24T08:00:00Z"))
    site.lists("a", "b", etag='"1"')
    options = CARDS + "max_age: 5d"
    assert town.refresh(options).result is Result.CHANGED
    assert len(town.items) == 2
    assert town.refresh(options).result is Result.UNCHANGED
    clock.forward(days=2)
    assert town.refresh(options).result is Result.CHANGED
    assert town.titles == ["Headline of the story b"]
    assert site.taken()[-1] == '/news/ "1"'


def test_a_story_under_two_addresses_is_one_entry_by_its_title(site: Site, town: Town) -> None:
    site.lists("a", "a-again")
    site.answers["/news/a-again"] = Answer(article("a"))
    town.refresh(CARDS + "unique_by: title")
    assert town.titles == ["Headline of the story a"]


def test_a_limit_is_for_what_is_read_and_for_the_feed(site: Site, town: Town, clock: Clock) -> None:
    site.lists("a", "b", "c")
    options = CARDS + "limit: 2"
    assert town.refresh(options).requests == 3
    assert town.titles == ["Headline of the story a", "Headline of the story b"]
    clock.forward(hours=1)
    site.answers["/news/d"] = Answer(article("d", published="2026-11-24T12:30:00Z"))
    site.lists("d", "a", "b", "c")
    town.refresh(options)
    assert town.titles == ["Headline of the story d", "Headline of the story a"]
    write_overview([town.source(options)], town.services)
    assert "story b" not in (folder_of(town.services) / "index.html").read_text()


def test_articles_are_read_once_they_are_to_be_followed(site: Site, town: Town) -> None:
    site.lists("a")
    town.refresh(f"{CARDS}follow: none")
    town.refresh(CARDS)
    assert site.taken() == ["/news/", "/news/", "/news/a"]
    assert town.items[0]["date_published"] == "2026-11-20T08:00:00Z"


def test_a_category_is_the_folder_of_the_feed(site: Site, town: Town) -> None:
    site.lists("a")
    options = f"{CARDS}category: Home & away"
    town.refresh(options)
    write_overview([town.source(options)], town.services)
    opml = lxml.etree.parse(folder_of(town.services) / "feeds.opml")
    assert opml.xpath("//outline[@text='Home & away']/outline/@text") == ["Town news"]


def test_feeds_name_the_hub_and_are_written_anew_when_it_changes(site: Site, town: Town) -> None:
    site.lists("a", etag='"1"')
    source, services = town.source(CARDS), town.services
    refresh_source(source, services)
    services = replace(services, hub="https://hub.example/")
    assert refresh_source(source, services).result is Result.CHANGED
    feed = json.loads((folder_of(services) / "town.json").read_bytes())
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    for name in ("town.rss", "town.atom"):
        tree = lxml.etree.parse(folder_of(services) / name)
        links = tree.findall(".//{http://www.w3.org/2005/Atom}link[@rel='hub']")
        assert [link.get("href") for link in links] == ["https://hub.example/"]


def test_a_function_beside_the_settings_reads_a_site(site: Site, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    (town.folder / "town_options_site.py").write_text(
        "from feedmaker import ListedItem\n\n\ndef entries(page):\n"
        "    return [ListedItem(url=link.get('href')) for link in page.tree.iter('a')]\n"
    )
    site.lists("a", "b")
    outcome = town.refresh("site: town_options_site:entries")
    assert (outcome.result, outcome.entries) == (Result.CHANGED, 2)
    assert town.titles == ["Headline of the story a", "Headline of the story b"]
    outcome = town.refresh("site: town_options_site:entrys")
    assert outcome.result is Result.FAILED
    assert "town_options_site:entrys" in (outcome.error or "")
    assert len(town.items) == 2


def test_filters_that_leave_nothing_of_a_first_list_are_told_of(site: Site, town: Town) -> None:
    site.lists("a", "b")
    outcome = town.refresh(CARDS + "include: {title: zebra}\nmax_age: 1d\nfollow: none")
    (warning,) = outcome.warnings
    assert warning.startswith("`include` and `max_age` of town leave none of the 2 entries listed; `feedmaker preview ")
    assert town.refresh(CARDS + "include: {title: story}\nfollow: none").warnings == ()
