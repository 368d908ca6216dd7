"""What each option of a source does, from the settings file to the feed's file."""

from __future__ import annotations

import json
import sys
from base64 import b64encode
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.etree
import pytest

from feedmaker.model import Outcome, Result, Source
from feedmaker.refresh import Services, refresh_source, write_overview
from feedmaker.settings import load_settings
from tests.refresh.output import folder_of
from tests.town import Answer, Clock, Site, article

SECRET = "a-key-that-nobody-sees"
BASIC = b64encode(f"me:{SECRET}".encode()).decode()
CARDS = "items: .card\nfields: {title: h2 a}\n"
RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>All of town</title>{}</channel></rss>'


class Town:
    """The site, and a source that reads it with the options of a settings file."""

    def __init__(self, site: Site, services: Services, folder: Path) -> None:
        self.site, self.services, self.folder = site, services, folder

    def refresh(self, options: str = CARDS, url: str = "/news/") -> Outcome:
        """One refresh by settings that say this of the source."""
        return refresh_source(self.source(options, url), self.services)

    def source(self, options: str, url: str = "/news/") -> Source:
        """The source of a settings file with these options."""
        text = f"url: {self.site.url}{url}\ndelay: 0s\n{options}"
        path = self.folder / "sources.yaml"
        path.write_text("sources:\n  town:\n" + "".join(f"    {line}\n" for line in text.splitlines()))
        (source,) = load_settings(path, {"TOWN_KEY": SECRET}).sources
        return source

    @property
    def items(self) -> list[dict[str, Any]]:
        """The feed's items."""
        return list(json.loads((folder_of(self.services) / "town.json").read_bytes())["items"])

    @property
    def titles(self) -> list[str]:
        """The titles of the feed's items."""
        return [item["title"] for item in self.items]


@pytest.fixture
def town(site: Site, services: Services, tmp_path: Path) -> Town:
    """A town whose settings can be changed between refreshes."""
    return Town(site, services, tmp_path)


def as_json(site: Site, **document: object) -> None:
    site.answers["/api"] = Answer(json.dumps(document), type="application/json")


def test_json_is_read_by_paths_into_it(site: Site, town: Town) -> None:
    entries = [{"head": f"Story {slug}", "at": {"page": f"/news/{slug}"}} for slug in "ab"]
    as_json(site, ads=[{"title": "Buy", "url": "/buy"}, {"title": "Now", "url": "/now"}], data={"entries": entries})
    options = "kind: json\nitems: json:$.data.entries\nfields: {title: json:$.head, url: json:$.at.page}\nfollow: none"
    assert town.refresh(options, "/api").result is Result.CHANGED
    assert town.titles == ["Story a", "Story b"]
    assert town.items[0]["url"] == f"{site.url}/news/a"


def test_of_an_endless_list_the_newest_entries_are_read_and_the_rest_is_told(site: Site, town: Town) -> None:
    stories = [{"title": f"Story {n}", "url": f"/news/{n}", "date": 1735689600 + 60 * n} for n in range(1003)]
    as_json(site, data=stories)
    outcome = town.refresh("kind: json\nfollow: none\nkeep: 5", "/api")
    assert outcome.entries == 1000
    assert f"{site.url}/api lists 1003 entries, the newest 1000 are read" in outcome.warnings[0]
    assert {f"Story {n}" for n in (0, 1, 2)}.isdisjoint(town.titles)
    assert town.refresh("kind: json\nfollow: none\nkeep: 1002", "/api").entries == 1002


def test_a_path_into_json_that_finds_nothing_is_a_fault_that_names_it(site: Site, town: Town) -> None:
    as_json(site, data={"stories": []})
    outcome = town.refresh("items: json:$.data.entries", "/api")
    assert outcome.result is Result.FAILED
    assert "items: json:$.data.entries" in (outcome.error or "")


def test_a_path_into_json_finds_nothing_on_a_page(site: Site, town: Town) -> None:
    site.lists("a", "b")
    outcome = town.refresh("items: json:$.data.entries")
    assert outcome.result is Result.FAILED
    assert "json:$.data.entries" in (outcome.error or "")


def test_a_kind_makes_the_feed_that_a_page_announces_stand_in_for_its_list(site: Site, town: Town) -> None:
    site.lists("a", "b")
    link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    site.answers["/news/"] = Answer(site.answers["/news/"].body.replace("<title>", f"{link}<title>"))
    items = "".join(f"<item><title>Fed {slug}</title><link>/news/{slug}</link></item>" for slug in "xyz")
    site.answers["/feed.xml"] = Answer(RSS.format(items), type="application/rss+xml")
    town.refresh("kind: feed\nfollow: none")
    assert town.titles == ["Fed x", "Fed y", "Fed z"]


def test_a_feed_that_no_page_announces_is_found_at_a_common_path_and_named(site: Site, town: Town) -> None:
    site.lists("a", "b")
    items = "".join(f"<item><title>Fed {slug}</title><link>/news/{slug}</link></item>" for slug in "xyz")
    site.answers["/rss.xml"] = Answer(RSS.format(items), type="application/rss+xml")
    outcome = town.refresh("kind: feed\nfollow: none")
    assert town.titles == ["Fed x", "Fed y", "Fed z"]
    assert any(f"set `url: {site.url}/rss.xml`" in warning for warning in outcome.warnings)


def test_a_feed_is_cleaned_completed_from_its_articles_and_filtered(site: Site, town: Town) -> None:
    site.lists("a", "b")
    links = (("a", "Fed &amp;amp; a"), ("b", "Advertisement: boats"))
    items = "".join(
        f"<item><title>{title}</title><link>/news/{slug}?utm_source=rss</link></item>" for slug, title in links
    )
    site.answers["/feed.xml"] = Answer(RSS.format(items), type="application/rss+xml")
    town.refresh('exclude: {title: "^Advertisement"}', "/feed.xml")
    (item,) = town.items
    assert item["url"] == f"{site.url}/news/a"
    assert item["date_published"] == "2026-11-20T08:00:00Z"


def test_wordpress_stands_for_the_interface_that_a_page_announces(site: Site, town: Town) -> None:
    site.lists("a", "b")
    link = f'<link rel="https://api.w.org/" href="{site.url}/wp-json/">'
    site.answers["/news/"] = Answer(site.answers["/news/"].body.replace("<title>", f"{link}<title>"))
    posts = [
        {
            "link": f"{site.url}/news/{slug}",
            "title": {"rendered": f"Posted &amp; {slug}"},
            "date_gmt": "2026-11-20T08:00:00",
        }
        for slug in "xyz"
    ]
    site.answers["/wp-json/wp/v2/posts?_embed=1"] = Answer(json.dumps(posts), type="application/json")
    town.refresh("kind: wordpress\nfollow: none")
    assert town.titles == ["Posted & x", "Posted & y", "Posted & z"]


def test_a_sitemap_is_read_as_a_list(site: Site, town: Town) -> None:
    site.lists("a", "b")
    urls = "".join(f"<url><loc>{site.url}/news/{slug}</loc></url>" for slug in "ab")
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.answers["/sitemap.xml"] = Answer(f'<?xml version="1.0"?><urlset {space}>{urls}</urlset>', type="text/xml")
    assert town.refresh("kind: sitemap", "/sitemap.xml").entries == 2
    assert town.titles == ["Headline of the story a", "Headline of the story b"]


def test_a_page_that_is_not_of_the_kind_is_a_fault(site: Site, town: Town) -> None:
    site.lists("a", "b")
    outcome = town.refresh("kind: sitemap")
    assert outcome.result is Result.FAILED
    assert "sitemap" in (outcome.error or "")


def test_robots_txt_counts_unless_the_source_says_that_it_does_not(site: Site, town: Town) -> None:
    site.lists("a", "b")
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /news/", type="text/plain")
    outcome = town.refresh()
    assert outcome.result is Result.FAILED
    assert "robots.txt" in (outcome.error or "")
    assert town.refresh(f"{CARDS}robots: ignore").entries == 2


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


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<!doctype html><title>News</title><p>A page</p>", "an HTML page"),
        ("<!doctype html><title>Just a moment...</title>Checking", "robot check"),
        ('{"data": {"entries": [', "breaks off"),
    ],
    ids=["page", "robot check", "broken"],
)
def test_an_address_that_answers_without_json_is_a_fault_that_says_what_it_answers(
    site: Site, town: Town, body: str, found: str
) -> None:
    site.answers["/api"] = Answer(body, type="application/json")
    outcome = town.refresh("items: json:$.data.entries", "/api")
    assert outcome.result is Result.FAILED
    assert "items: json:$.data.entries is a path into JSON" in (outcome.error or "")
    assert found in (outcome.error or "")


def test_access_goes_along_with_every_request_to_the_site(site: Site, town: Town) -> None:
    site.lists("a")
    (town.folder / "token.txt").write_text(f"Bearer {SECRET}\n")
    options = "headers: {Authorization: {file: token.txt}, X-Key: '${TOWN_KEY}'}\ncookies: {sid: '${TOWN_KEY}'}\n"
    assert town.refresh(CARDS + options).entries == 1
    assert {each.path for each in site.heard} >= {"/news/", "/news/a"}
    for each in site.heard:
        assert each.headers["Authorization"] == f"Bearer {SECRET}"
        assert (each.headers["X-Key"], each.headers["Cookie"]) == (SECRET, f"sid={SECRET}")


def test_a_user_and_password_open_a_site(site: Site, town: Town) -> None:
    site.lists("a")
    town.refresh(CARDS + "auth: {user: me, password: '${TOWN_KEY}'}")
    assert {each.headers["Authorization"] for each in site.heard} == {f"Basic {BASIC}"}


def test_a_body_is_posted_to_the_address_alone(site: Site, town: Town) -> None:
    as_json(site, entries=[{"title": f"Story {slug}", "url": f"/news/{slug}"} for slug in "ab"])
    site.lists("a", "b")
    town.refresh("""method: POST\nbody: '{"key": "${TOWN_KEY}"}'\nheaders: {Content-Type: application/json}""", "/api")
    asked = [(each.method, each.body) for each in site.heard if each.path == "/api"]
    assert asked == [("POST", f'{{"key": "{SECRET}"}}')]
    assert {each.method for each in site.heard if each.path != "/api"} == {"GET"}
    assert len(town.items) == 2


@pytest.mark.parametrize("status", [200, 401, 403, 500])
def test_no_secret_is_in_an_outcome_the_state_the_feeds_or_the_log(
    site: Site, town: Town, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    site.lists("a", "b")
    site.answers["/news/b"].status = status
    source = town.source(
        f"{CARDS}headers: {{X-Key: '${{TOWN_KEY}}'}}\ncookies: {{sid: '${{TOWN_KEY}}'}}\n"
        "auth: {user: me, password: '${TOWN_KEY}'}\nmethod: POST\nbody: '${TOWN_KEY}'"
    )
    with caplog.at_level("DEBUG"):
        outcomes = [refresh_source(source, town.services)]
        site.answers["/news/"].status = status
        outcomes.append(refresh_source(source, town.services))
        write_overview([source], town.services)
    assert SECRET in site.heard[0].headers["Cookie"]
    shown = [repr(outcomes), repr(source), caplog.text, repr(town.services.store.states())]
    shown += [path.read_text("utf-8", "replace") for path in town.folder.rglob("*") if path.is_file()]
    assert [text for text in shown if SECRET in text or BASIC in text] == []


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


def edit(site: Site, slug: str, title: str, *, on_the_list: bool = True) -> None:
    """Give a story another headline, in its article and on the listing page."""
    site.answers[f"/news/{slug}"] = Answer(article(slug, title=title))
    if on_the_list:
        page = site.answers["/news/"]
        page.body = page.body.replace(f"Headline of the story {slug}", title)


def test_an_article_is_read_again_when_the_list_shows_it_changed(site: Site, town: Town, clock: Clock) -> None:
    site.lists("a", "b")
    town.refresh()
    before = town.items
    site.taken()
    clock.forward(hours=1)
    edit(site, "a", "Corrected headline")
    outcome = town.refresh()
    assert site.taken() == ["/news/", "/news/a"]
    assert (outcome.updated, outcome.added) == (1, 0)
    (after,) = (item for item in town.items if item["title"] == "Corrected headline")
    assert (after["id"], after["date_modified"]) == (before[0]["id"], "2026-11-24T13:00:00Z")
    town.refresh()
    assert site.taken() == ["/news/"]


def test_many_changes_at_once_are_read_a_few_a_refresh_until_all_are(site: Site, town: Town, clock: Clock) -> None:
    site.lists(*"abcde", etag='"1"')
    town.refresh()
    site.answers["/news/"].etag = '"2"'
    for slug in "abcde":
        edit(site, slug, f"Corrected {slug}")
    site.taken()
    assert [town.refresh().updated for _ in range(3)] == [3, 2, 0]
    assert site.taken()[-1] == '/news/ "2"'
    assert len([title for title in town.titles if title.startswith("Corrected")]) == 5


def test_a_young_article_is_read_again_whenever_the_page_has_changed(site: Site, town: Town, clock: Clock) -> None:
    site.answers["/news/a"] = Answer(article("a", published="2026-11-24T11:00:00Z"))
    site.lists("a", "b")
    town.refresh()
    edit(site, "a", "Corrected quietly", on_the_list=False)
    site.taken()
    clock.forward(hours=1)
    town.refresh()
    assert site.taken() == ["/news/"]
    site.lists("c", "a", "b")
    town.refresh()
    assert site.taken() == ["/news/", "/news/c", "/news/a"]
    assert "Corrected quietly" in town.titles
    clock.forward(hours=5)
    site.lists("d", "c", "a", "b")
    town.refresh()
    assert site.taken() == ["/news/", "/news/d"]


def test_what_was_read_stays_when_the_article_cannot_be_read_again(site: Site, town: Town, clock: Clock) -> None:
    site.lists("a", "b")
    town.refresh()
    before = town.items
    edit(site, "a", "Corrected headline")
    site.answers["/news/a"] = Answer("gone", status=404)
    site.taken()
    for _ in range(4):
        clock.forward(hours=1)
        town.refresh()
    assert site.taken().count("/news/a") == 3
    assert town.items == before


def test_articles_are_read_once_they_are_to_be_followed(site: Site, town: Town) -> None:
    site.lists("a")
    town.refresh(f"{CARDS}follow: none")
    town.refresh(CARDS)
    assert site.taken() == ["/news/", "/news/", "/news/a"]
    assert town.items[0]["date_published"] == "2026-11-20T08:00:00Z"


@pytest.mark.parametrize("follow", ["none", "metadata"])
def test_edits_can_be_ignored(site: Site, town: Town, clock: Clock, follow: str) -> None:
    options = f"{CARDS}follow: {follow}\non_edit: ignore"
    site.lists("a")
    town.refresh(options)
    before = town.items
    site.taken()
    clock.forward(hours=1)
    edit(site, "a", "Corrected headline")
    assert town.refresh(options).updated == 0
    assert site.taken() == ["/news/"]
    assert town.items == before


def test_an_article_that_is_read_late_is_no_edit(site: Site, town: Town) -> None:
    site.lists("a")
    page, site.answers["/news/a"] = site.answers["/news/a"], Answer("busy", status=404)
    town.refresh(f"{CARDS}on_edit: new")
    (before,) = town.items
    site.answers["/news/a"] = page
    town.refresh(f"{CARDS}on_edit: new")
    (after,) = town.items
    assert after["id"] == before["id"]
    assert after["date_published"] == "2026-11-20T08:00:00Z"


@pytest.mark.parametrize("follow", ["none", "metadata"])
def test_edits_can_come_as_new_entries_in_place_of_the_old(site: Site, town: Town, clock: Clock, follow: str) -> None:
    options = f"{CARDS}follow: {follow}\non_edit: new"
    site.lists("a")
    town.refresh(options)
    ids = [town.items[0]["id"]]
    for title in ("Corrected headline", "Corrected again"):
        clock.forward(hours=1)
        edit(site, "a", title)
        site.lists("a")
        page = site.answers["/news/"]
        page.body = page.body.replace("Headline of the story a", title)
        town.refresh(options)
        assert town.titles == [title]
        ids.append(town.items[0]["id"])
    assert ids == [ids[0], f"{ids[0]}#edit-1", f"{ids[0]}#edit-2"]
    assert town.refresh(f"{CARDS}follow: {follow}").entries == 1
    assert town.items[0]["id"] == ids[-1]


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
