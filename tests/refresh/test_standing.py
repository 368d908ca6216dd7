"""What a site says about asking again, from its answer to the next refresh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from feedmaker.errors import FetchError, HttpStatusError, Stopping
from feedmaker.model import Access, Method, NotModified, Page, Rendering, Result, Source, SourceState, Standing
from feedmaker.refresh import Services, refresh_source
from feedmaker.refresh.standing import after_answer, after_refusal, first_address, heard_of, while_fresh
from tests.town import NOW, Answer, Clock, Site

SourceMaker = Callable[..., Source]
HOUR = timedelta(hours=1)
OLD, NEW = "https://example.org/old/", "https://example.org/new/"
SOURCE = Source("town", OLD)
MOVED = Standing(OLD, NEW)


def standing(services: Services) -> Standing:
    return services.store.state("town").standing


def move(site: Site, path: str, *, status: int = 301) -> None:
    """Put the section at another path, to which the old one leads."""
    site.answers[path] = site.answers["/news/"]
    site.answers["/news/"] = Answer("", status=status, headers={"Location": path})


@pytest.mark.parametrize("status", [301, 308])
def test_a_page_that_has_moved_for_good_is_told_once_and_asked_where_it_is(
    site: Site, services: Services, source_of: SourceMaker, status: int
) -> None:
    site.lists("a", etag='"1"')
    move(site, "/town/", status=status)
    source = source_of()
    outcome = refresh_source(source, services)
    assert outcome.warnings == (f"{source.url} has moved for good to {site.url}/town/; change the `url` of town",)
    assert outcome.standing.moved_to == f"{site.url}/town/"
    site.taken()
    assert refresh_source(source, services).warnings == ()
    assert site.taken() == ['/town/ "1"']
    assert standing(services).moved_to == f"{site.url}/town/"


def test_a_page_that_is_elsewhere_for_now_is_asked_where_the_settings_say(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", etag='"1"')
    move(site, "/today/", status=302)
    assert refresh_source(source_of(), services).warnings == ()
    site.taken()
    refresh_source(source_of(), services)
    assert site.taken()[0].startswith("/news/")
    assert standing(services).moved_to is None


def test_when_the_new_address_fails_the_old_one_is_asked_next(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    move(site, "/town/")
    refresh_source(source_of(), services)
    site.answers["/town/"] = Answer("gone", status=410)
    site.lists("a", "b")
    outcome = refresh_source(source_of(), services)
    assert (outcome.result, standing(services).is_gone) == (Result.FAILED, False)
    site.taken()
    assert refresh_source(source_of(), services).entries == 2
    assert site.taken()[0] == "/news/"


def test_another_address_in_the_settings_is_asked_itself(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    move(site, "/town/")
    refresh_source(source_of(), services)
    site.answers["/other/"] = site.answers["/town/"]
    site.taken()
    refresh_source(source_of(url=f"{site.url}/other/"), services)
    assert site.taken()[0] == "/other/"
    assert standing(services) == Standing(f"{site.url}/other/")


def test_a_page_that_is_gone_is_left_alone_until_somebody_names_it_or_its_address_changes(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    refresh_source(source_of(), services)
    page, site.answers["/news/"] = site.answers["/news/"], Answer("gone", status=410)
    outcome = refresh_source(source_of(), services)
    assert outcome.standing.is_gone
    assert "410" in (outcome.error or "")
    assert "`feedmaker build town`" in (outcome.error or "")
    site.taken()
    again = refresh_source(source_of(), services)
    assert (again.result, again.error, again.requests) == (Result.FAILED, outcome.error, 0)
    assert services.store.state("town").failures == 1
    assert site.taken() == []
    assert refresh_source(source_of(), services, even_if_gone=True).error == outcome.error
    assert site.taken() == ["/news/"]
    site.answers["/new/"] = page
    assert refresh_source(source_of(url=f"{site.url}/new/"), services).result is Result.CHANGED
    assert not standing(services).is_gone


def test_an_article_that_is_gone_stops_no_source(site: Site, services: Services, source_of: SourceMaker) -> None:
    site.lists("a", "b")
    site.answers["/news/b"] = Answer("gone", status=410)
    assert refresh_source(source_of(), services).result is Result.CHANGED
    assert not standing(services).is_gone


def test_nothing_is_asked_of_a_page_while_it_says_that_it_is_fresh(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.lists("a", etag='"1"')
    site.answers["/news/"].headers["Cache-Control"] = "public, max-age=7200"
    assert refresh_source(source_of(), services).standing.not_before == NOW + 2 * HOUR
    clock.forward(hours=1)
    assert refresh_source(source_of(), services).result is Result.UNCHANGED  # a person asked for it
    assert standing(services).not_before == NOW + 3 * HOUR
    site.answers["/news/"].etag = None
    clock.forward(hours=1)
    refresh_source(source_of(), services)
    assert standing(services).not_before == NOW + 4 * HOUR


def test_a_fresh_page_of_which_articles_are_left_to_read_is_asked_in_time(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", "b", "c")
    site.answers["/news/"].headers["Cache-Control"] = "max-age=7200"
    source = source_of(max_requests=3)
    assert refresh_source(source, services).standing.not_before is None
    assert refresh_source(source, services).standing.not_before == NOW + 2 * HOUR


@pytest.mark.parametrize("status", [429, 503])
def test_a_site_that_asks_for_a_pause_is_not_due_before_it_ends(
    site: Site, services: Services, source_of: SourceMaker, status: int
) -> None:
    site.answers["/news/"] = Answer("later", status=status, headers={"Retry-After": "5400"})
    outcome = refresh_source(source_of(), services)
    assert outcome.standing.not_before == NOW + 1.5 * HOUR
    assert standing(services) == outcome.standing


def test_what_was_said_of_another_address_counts_no_more() -> None:
    state = SourceState("town", standing=MOVED)
    assert heard_of(SOURCE, state) is state
    assert heard_of(replace(SOURCE, url=NEW), state).standing == Standing(NEW)


def test_what_is_posted_goes_to_the_address_of_the_settings_alone() -> None:
    posting = replace(SOURCE, access=Access(OLD, method=Method.POST))
    assert first_address(SOURCE, MOVED) == NEW
    assert first_address(posting, MOVED) == OLD
    assert after_answer(posting, OLD, Page(OLD, b"")) == Standing(OLD)


def test_a_page_that_has_moved_on_or_back_is_where_it_is_now() -> None:
    assert after_answer(SOURCE, NEW, NotModified(NEW)) == MOVED
    assert after_answer(SOURCE, NEW, Page(NEW + "2/", b"", moved_to=NEW + "2/")).moved_to == NEW + "2/"
    assert after_answer(SOURCE, NEW, Page(OLD, b"", moved_to=OLD)) == Standing(OLD)


def test_a_page_that_a_browser_shows_is_never_fresh() -> None:
    page = Page(OLD, b"", headers={"cache-control": "max-age=60"})
    assert while_fresh(SOURCE, Standing(OLD), page, NOW).not_before == NOW + timedelta(minutes=1)
    assert while_fresh(replace(SOURCE, browser=Rendering()), Standing(OLD), page, NOW) == Standing(OLD)


def test_only_what_the_site_itself_says_counts() -> None:
    assert after_refusal(SOURCE, NEW, MOVED, Stopping("stopping"), NOW) == MOVED
    assert after_refusal(SOURCE, NEW, MOVED, FetchError("broken"), NOW) == Standing(OLD)
    gone = HttpStatusError("gone", address=OLD, status=410, retry_after=60.0)
    assert after_refusal(SOURCE, OLD, MOVED, gone, NOW) == Standing(OLD, None, True, NOW + timedelta(minutes=1))


def test_a_list_that_cannot_be_read_says_nothing_of_its_address(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    move(site, "/town/")
    refresh_source(source_of(), services)
    site.answers["/town/"] = Answer("<html><p>We are moving house.</p></html>")
    assert refresh_source(source_of(), services).result is Result.FAILED
    assert standing(services).moved_to == f"{site.url}/town/"
