"""What a refresh that fails, in part or as a whole, costs and leaves."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from feedmaker.fetch import Web
from feedmaker.model import Result, Source, SourceState
from feedmaker.refresh import Services, refresh_source
from tests.refresh.output import feed, files, folder_of, titles
from tests.town import Answer, Site

SourceMaker = Callable[..., Source]


def test_one_bad_article_costs_only_its_metadata_and_is_tried_again(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", "b", etag='"1"')
    good, site.answers["/news/b"] = site.answers["/news/b"], Answer("gone wrong", status=404)
    outcome = refresh_source(source_of(), services)
    assert outcome.result is Result.CHANGED
    assert "404" in outcome.warnings[0]
    assert titles(services) == ["Headline of the story b", "Headline of the story a"]  # b has no date but "now"
    site.answers["/news/b"] = good
    site.taken()
    outcome = refresh_source(source_of(), services)
    assert site.taken() == ["/news/", "/news/b"]
    assert not outcome.warnings
    assert [item["date_published"] for item in feed(services)["items"]] == ["2026-11-20T08:00:00Z"] * 2


def test_an_article_that_stays_bad_is_left_alone_after_three_attempts(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", etag='"1"')
    site.answers["/news/a"] = Answer("gone wrong", status=404)
    for _ in range(3):
        refresh_source(source_of(), services)
    site.taken()
    assert refresh_source(source_of(), services).result is Result.UNCHANGED
    assert site.taken() == ['/news/ "1"']


@pytest.mark.parametrize(
    "answer",
    [
        Answer("no such page", status=404),
        Answer("<html><title>Town news</title><p>We are moving house.</p></html>"),
        Answer("GIF89a", type="image/gif"),
    ],
    ids=["an HTTP error", "a page without entries", "a picture"],
)
def test_a_failure_keeps_the_feed_and_says_what_to_do(
    site: Site, services: Services, source_of: SourceMaker, answer: Answer
) -> None:
    site.lists("a", "b")
    refresh_source(source_of(), services)
    before = files(folder_of(services))
    site.answers["/news/"] = answer
    outcome = refresh_source(source_of(), services)
    assert outcome.result is Result.FAILED
    assert site.url in (outcome.error or "")
    assert files(folder_of(services)) == before
    state = services.store.state("town")
    assert (state.failures, state.last_error) == (1, outcome.error)
    assert outcome.entries == 2


def test_a_recovery_clears_the_failures(site: Site, services: Services, source_of: SourceMaker) -> None:
    refresh_source(source_of(), services)
    site.lists("a")
    refresh_source(source_of(), services)
    state = services.store.state("town")
    assert (state.failures, state.last_error) == (0, None)


def test_a_refresh_killed_before_its_feed_was_written_is_made_good_by_the_next(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", etag='"1"')

    class Killed(BaseException):
        """What a kill looks like from inside."""

    class Dying(type(services.output)):  # type: ignore[misc]
        def publish(self, files: object) -> tuple[str, ...]:
            raise Killed

    with pytest.raises(Killed):
        refresh_source(source_of(), replace(services, output=Dying(folder_of(services))))
    assert refresh_source(source_of(), services).result is Result.CHANGED
    assert titles(services) == ["Headline of the story a"]


def test_a_refresh_that_is_stopped_changes_nothing(site: Site, services: Services, source_of: SourceMaker) -> None:
    site.lists("a", "b")
    release = threading.Event()
    site.answers["/news/b"] = Answer("too late", hold=release)
    web = services.web
    assert isinstance(web, Web)
    with ThreadPoolExecutor(1) as pool:
        refreshing = pool.submit(refresh_source, source_of(), services)
        site.wait_for("/news/b")
        web.stop()
        outcome = refreshing.result(20)
        release.set()
    assert (outcome.result, outcome.error) == (Result.STOPPED, None)
    assert list(folder_of(services).iterdir()) == []
    assert services.store.state("town") == SourceState("town")


def test_a_budget_that_the_way_to_the_page_itself_uses_up_is_a_fault_that_names_it(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.answers["/news/"] = Answer("", status=302, headers={"Location": "/elsewhere"})
    outcome = refresh_source(source_of(max_requests=1), services)
    assert (outcome.result, outcome.requests) == (Result.FAILED, 1)
    assert "max_requests: 1" in str(outcome.error)


def test_a_host_that_asks_for_a_pause_gets_it(site: Site, services: Services, source_of: SourceMaker) -> None:
    site.lists("a", "b")
    site.answers["/news/a"] = Answer("slow down", status=429, headers={"Retry-After": "3600"})
    outcome = refresh_source(source_of(), services)
    assert (outcome.entries, len(outcome.warnings)) == (1, 1)
    assert outcome.standing.not_before == services.now() + timedelta(hours=1)
    assert "/news/b" not in site.taken()
    outcome = refresh_source(source_of(), services)
    assert outcome.result is Result.FAILED
    assert site.taken() == []
