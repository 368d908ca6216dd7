"""What a source of each kind reads: pages, feeds, JSON, sitemaps, WordPress."""

from __future__ import annotations

import json

import pytest

from feedmaker.model import Result
from tests.refresh.town import Town, as_json
from tests.town import Answer, Site

RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>All of town</title>{}</channel></rss>'


def announce(site: Site, link: str) -> None:
    """Let the section's page name what else there is of its entries."""
    site.answers["/news/"] = Answer(site.answers["/news/"].body.replace("<title>", f"{link}<title>"))


def feed_of(slugs: str) -> Answer:
    items = "".join(f"<item><title>Fed {slug}</title><link>/news/{slug}</link></item>" for slug in slugs)
    return Answer(RSS.format(items), type="application/rss+xml")


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
    announce(site, '<link rel="alternate" type="application/rss+xml" href="/feed.xml">')
    site.answers["/feed.xml"] = feed_of("xyz")
    town.refresh("kind: feed\nfollow: none")
    assert town.titles == ["Fed x", "Fed y", "Fed z"]


def test_a_feed_that_no_page_announces_is_found_at_a_common_path_and_named(site: Site, town: Town) -> None:
    site.lists("a", "b")
    site.answers["/rss.xml"] = feed_of("xyz")
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
    announce(site, f'<link rel="https://api.w.org/" href="{site.url}/wp-json/">')
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
