"""A refresh from the site's socket to the feed's file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from feedmaker.model import Field, Filters, Follow, Image, ListingRules, Result, Schedule, Selector, Source
from feedmaker.refresh import Services, refresh_source, write_overview
from tests.refresh.output import feed, files, folder_of, titles
from tests.town import Answer, Clock, Site, article

SourceMaker = Callable[..., Source]


def test_the_first_refresh_reads_every_article_and_writes_three_feeds(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", "b")
    outcome = refresh_source(source_of(), services)
    assert (outcome.result, outcome.entries, outcome.added, outcome.requests) == (Result.CHANGED, 2, 2, 3)
    assert sorted(files(folder_of(services))) == ["town.atom", "town.json", "town.rss"]
    assert feed(services)["title"] == "Town news"
    assert [item["url"] for item in feed(services)["items"]] == [f"{site.url}/news/a", f"{site.url}/news/b"]


BANNER = '<div class="cookies"><p>We use cookies.</p><button>Accept all</button></div>'


def test_new_stories_beside_a_cookie_banner_are_no_consent_wall(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    """A list of which nothing is known any more is as good as one that is: a site may have moved all its stories."""
    site.lists("a", "b", "c")
    assert refresh_source(source_of(rules=ListingRules()), services).entries == 3
    site.lists("d", "e", "f")
    site.answers["/news/"].body = site.answers["/news/"].body.replace("</main>", f"</main>{BANNER}")
    assert refresh_source(source_of(rules=ListingRules()), services).entries == 6


def test_the_links_of_a_consent_wall_are_no_stories(site: Site, services: Services, source_of: SourceMaker) -> None:
    rules = ListingRules(items=Selector("main a"))
    site.lists("a", "b", "c")
    refresh_source(source_of(rules=rules), services)
    links = "".join(f'<a href="/{name}">Read what our {name} says about it</a>' for name in ("privacy", "imprint"))
    site.answers["/news/"] = Answer(f"<html><body><main><h1>Cookies</h1>{links}<button>I agree</button></main></body>")
    outcome = refresh_source(source_of(rules=rules), services)
    assert outcome.result is Result.FAILED
    assert "consent wall" in (outcome.error or "")
    assert len(feed(services)["items"]) == 3


def test_a_second_refresh_asks_only_whether_the_page_changed_and_leaves_every_byte(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.lists("a", "b", etag='"1"')
    refresh_source(source_of(), services)
    write_overview([source_of()], services)
    before = files(folder_of(services))
    site.taken()
    clock.forward(hours=1)
    outcome = refresh_source(source_of(), services)
    write_overview([source_of()], services)
    assert outcome.result is Result.UNCHANGED
    assert site.taken() == ['/news/ "1"']
    assert files(folder_of(services)) == before


def test_a_page_without_validators_is_known_by_its_bytes(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    refresh_source(source_of(), services)
    site.taken()
    assert refresh_source(source_of(), services).result is Result.UNCHANGED
    assert site.taken() == ["/news/"]


def test_only_new_stories_are_read_and_those_that_left_the_page_stay(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.lists("a", "b")
    refresh_source(source_of(), services)
    site.taken()
    clock.forward(hours=1)
    site.answers["/news/c"] = Answer(article("c", published="2026-11-24T12:30:00Z"))
    site.lists("c", "b")
    outcome = refresh_source(source_of(), services)
    assert (outcome.added, outcome.entries) == (1, 3)
    assert site.taken() == ["/news/", "/news/c"]
    assert titles(services)[0] == "Headline of the story c"
    assert len(titles(services)) == 3


def test_entries_beyond_keep_leave_the_feed_but_never_those_on_the_page(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    source = source_of(keep=2)
    site.lists("a", "b", "c")
    assert refresh_source(source, services).entries == 3
    clock.forward(hours=1)
    site.answers["/news/d"] = Answer(article("d", published="2026-11-24T12:30:00Z"))
    site.lists("d")
    assert refresh_source(source, services).entries == 2


def test_changed_settings_are_a_reason_to_read_an_unchanged_page_again(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", etag='"1"')
    refresh_source(source_of(), services)
    assert refresh_source(source_of(title="My town"), services).result is Result.CHANGED
    assert feed(services)["title"] == "My town"


def test_a_feed_that_someone_deleted_comes_back(site: Site, services: Services, source_of: SourceMaker) -> None:
    site.lists("a", etag='"1"')
    refresh_source(source_of(), services)
    before = files(folder_of(services))
    (folder_of(services) / "town.rss").unlink()
    assert refresh_source(source_of(), services).result is Result.CHANGED
    assert files(folder_of(services)) == before


def test_filters_keep_articles_from_being_read(site: Site, services: Services, source_of: SourceMaker) -> None:
    site.lists("a", "b")
    filters = Filters(exclude={Field.TITLE: "story a$"})
    refresh_source(source_of(filters=filters), services)
    assert titles(services) == ["Headline of the story b"]
    assert "/news/a" not in site.taken()


def test_a_source_that_follows_nothing_makes_one_request(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    source = source_of(follow=Follow.NONE)
    site.lists("a", "b")
    assert refresh_source(source, services).requests == 1
    dates = [item["date_published"] for item in feed(services)["items"]]
    clock.forward(hours=5)
    site.lists("b", "a")
    refresh_source(source, services)
    assert [item["date_published"] for item in feed(services)["items"]] == dates


def test_an_edited_headline_on_the_listing_keeps_the_id_and_gets_a_new_update_time(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    source = source_of(follow=Follow.NONE)
    site.lists("a")
    refresh_source(source, services)
    (before,) = feed(services)["items"]
    clock.forward(hours=5)
    site.answers["/news/"] = Answer(site.answers["/news/"].body.replace("Headline of", "Corrected headline of"))
    assert refresh_source(source, services).updated == 1
    (after,) = feed(services)["items"]
    assert (after["id"], after["title"]) == (before["id"], "Corrected headline of the story a")
    assert after["date_modified"] == "2026-11-24T17:00:00Z"
    assert after["date_published"] == before["date_published"]


def test_the_feed_shows_the_icon_of_its_site_which_is_remembered(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", etag='"1"')
    icon = '<link rel="icon" href="/icon.png" sizes="32x32"><title>'
    site.answers["/news/"].body = site.answers["/news/"].body.replace("<title>", icon)
    refresh_source(source_of(), services)
    assert feed(services)["favicon"] == f"{site.url}/icon.png"
    assert services.store.state("town").icon == Image(f"{site.url}/icon.png", 32, 32)


def test_a_picture_that_only_comes_from_another_address_is_no_update(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    source = source_of(follow=Follow.NONE)
    site.lists("a")
    body = site.answers["/news/"].body

    def shows(address: str) -> None:
        site.answers["/news/"] = Answer(body.replace("<h2>", f'<img src="{address}" width="800" height="450"><h2>'))

    shows("https://img.example/harbour.jpg?expires=1")
    refresh_source(source, services)
    (before,) = feed(services)["items"]
    clock.forward(hours=5)
    shows("https://img2.example/harbour.jpg?expires=2")
    assert refresh_source(source, services).updated == 0
    (after,) = feed(services)["items"]
    assert after["image"] == "https://img2.example/harbour.jpg?expires=2"
    assert after["date_modified"] == before["date_modified"]
    shows("https://img.example/pier.jpg")
    assert refresh_source(source, services).updated == 1


def test_entries_of_one_date_never_change_places(site: Site, services: Services, source_of: SourceMaker) -> None:
    for slug in "abcdef":
        site.answers[f"/news/{slug}"] = Answer(article(slug, published="2026-11-20"))
    now = services.now()
    orders = []
    for minutes, listed in enumerate(("bca", "dbca", "acdb", "ed", "fe", "f")):
        site.lists(*listed)
        refresh_source(source_of(), replace(services, now=lambda: now + timedelta(minutes=minutes)))  # noqa: B023
        orders.append("".join(item["id"][-1] for item in feed(services)["items"]))
    assert orders == ["bca", "dbca", "dbca", "edbca", "fedbca", "fedbca"]


def test_one_story_under_two_addresses_is_one_entry(site: Site, services: Services, source_of: SourceMaker) -> None:
    site.lists("a", "a2")
    page = article("a").replace("<head>", f'<head><link rel="canonical" href="{site.url}/news/a">')
    site.answers["/news/a"] = site.answers["/news/a2"] = Answer(page)
    refresh_source(source_of(), services)
    assert titles(services) == ["Headline of the story a"]


def test_the_overview_lists_the_feeds_that_exist(site: Site, services: Services, source_of: SourceMaker) -> None:
    site.lists("a")
    other = source_of(name="never-read", schedule=Schedule(every=timedelta(hours=1)))
    refresh_source(source_of(), services)
    assert write_overview([source_of(), other], services)[:2] == ("feeds.opml", "index.html")
    opml = (folder_of(services) / "feeds.opml").read_text()
    assert "https://feeds.example/town.rss" in opml
    assert "never-read" not in opml


def test_a_budget_of_requests_leaves_the_rest_for_the_next_refresh(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", "b", "c", etag='"1"')
    source = source_of(max_requests=3)
    assert [refresh_source(source, services).entries for _ in range(3)] == [2, 3, 3]
    assert site.taken()[-1] == '/news/ "1"'


def test_redirects_and_further_attempts_count_against_the_budget(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", "b", "c")
    site.answers["/b"] = site.answers["/news/b"]
    site.answers["/news/b"] = Answer("", status=302, headers={"Location": "/b"})
    outcome = refresh_source(source_of(max_requests=3), services)
    assert (outcome.requests, outcome.entries) == (3, 1)
    assert site.taken() == ["/news/", "/news/a", "/news/b"]
    assert [words in outcome.warnings[0] for words in ("/news/b", "left for the next", "max_requests: 3")] == [True] * 3
    assert services.store.entries("town")[0].failed_reads == 0
    outcome = refresh_source(source_of(max_requests=3), services)
    assert (outcome.requests, outcome.entries, outcome.warnings) == (3, 2, ())
    site.taken()
    site.answers["/news/c"] = Answer("oops", status=500)
    outcome = refresh_source(source_of(max_requests=3), services)
    assert site.taken() == ["/news/", "/news/c", "/news/c"]
    assert "status 500" in outcome.warnings[0]


def test_a_listing_goes_on_over_the_pages_that_are_wanted(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    for number, slugs in ((3, ("d", "e")), (2, ("b", "c")), (1, ("a", "b"))):
        site.lists(*slugs)
        link = f'<nav><a rel="next" href="/news/page/{number + 1}/">Older</a></nav></main>'
        page = Answer(site.answers["/news/"].body.replace("</main>", link))
        site.answers["/news/" if number == 1 else f"/news/page/{number}/"] = page
    assert refresh_source(source_of(pages=2), services).entries == 3
    assert "/news/page/3/" not in site.taken()


def test_a_feed_that_the_page_announces_stands_in_for_a_page_without_a_list(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", "b")
    link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
    site.answers["/news/"] = Answer(f"<html><head>{link}<title>Town news</title></head><body>Hello</body></html>")
    items = "".join(f"<item><title>Story {slug}</title><link>/news/{slug}</link></item>" for slug in "ab")
    rss = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Feed</title>{items}</channel></rss>'
    site.answers["/feed.xml"] = Answer(rss, type="application/rss+xml")
    assert refresh_source(source_of(rules=ListingRules()), services).entries == 2
    assert titles(services) == ["Headline of the story a", "Headline of the story b"]
    assert feed(services)["home_page_url"] == f"{site.url}/news/"
    channel = rss.replace("<title>Feed</title>", f"<title>Feed</title><link>{site.url}/world/</link>")
    site.answers["/feed.xml"] = Answer(channel, type="application/rss+xml")
    refresh_source(source_of(url=f"{site.url}/feed.xml", rules=ListingRules()), services)
    assert feed(services)["home_page_url"] == f"{site.url}/world/"
