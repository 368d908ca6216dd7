"""How long entries are kept that have left the page, and stay in the feed, by whichever clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest

from feedmaker.model import Filters, Source
from feedmaker.refresh import Services, refresh_source
from tests.refresh.output import titles
from tests.town import Clock, Site

Refresh = Callable[..., list[str]]


def says(site: Site, served: datetime | None) -> None:
    """Let the section say that it is answered then; None for a site that does not say."""
    site.answers["/news/"].headers["Date"] = format_datetime(served, usegmt=True) if served else "unknown"


@pytest.fixture
def refresh(site: Site, services: Services, source_of: Callable[..., Source], clock: Clock) -> Refresh:
    """Refreshes the source when its page lists these stories, and gives the stories of its feed, newest first.

    ``served`` is the time by the site's clock.
    """
    source = source_of(keep_for=timedelta(days=6))

    def call(*slugs: str, served: datetime | None) -> list[str]:
        site.lists(*slugs)
        says(site, served)
        assert refresh_source(source, services).error is None
        return [each.entry.url.rpartition("/")[2] for each in services.store.entries("town")]

    return call


def test_entries_that_left_the_page_are_kept_for_as_long_as_the_settings_say(refresh: Refresh, clock: Clock) -> None:
    refresh("a", "b", served=clock())
    clock.forward(days=1)
    assert refresh("c", "b", served=clock()) == ["c", "a", "b"]
    clock.forward(days=2)
    assert refresh("d", "b", served=clock()) == ["d", "b"], "a and c have left the page and are seven days old"


def test_a_site_that_does_not_say_when_it_answers_is_taken_to_do_so_now(refresh: Refresh, clock: Clock) -> None:
    refresh("a", "b", served=None)
    clock.forward(days=3)
    assert refresh("c", "b", served=None) == ["c", "b"]


def test_a_clock_that_is_set_forward_by_a_year_drops_nothing_as_long_as_the_site_knows_better(
    refresh: Refresh, clock: Clock
) -> None:
    before = clock()
    refresh("a", "b", "c", served=before)
    clock.forward(days=365)
    assert refresh("d", served=before) == ["d", "a", "b", "c"]
    clock.time = before
    assert sorted(refresh("e", "d", served=before)) == ["a", "b", "c", "d", "e"]


def test_a_site_whose_clock_is_ahead_makes_nothing_older(refresh: Refresh, clock: Clock) -> None:
    refresh("a", "b", served=clock())
    clock.forward(hours=1)
    assert refresh("c", served=clock() + timedelta(days=365)) == ["c", "a", "b"]


@pytest.mark.parametrize("etag", [None, '"1"'])
def test_a_clock_that_is_set_forward_by_a_year_makes_nothing_too_old_for_the_feed(
    site: Site, services: Services, source_of: Callable[..., Source], clock: Clock, etag: str | None
) -> None:
    """Neither on a page that has changed nor on one that is still the same."""
    source, before = source_of(filters=Filters(max_age=timedelta(days=7))), clock()
    site.lists("a", "b", etag=etag)
    assert refresh_source(source, services).error is None
    clock.forward(days=365)
    site.lists("a", "b", *(() if etag else ("c",)), etag=etag)
    says(site, before)
    outcome = refresh_source(source, services)
    assert (outcome.error, outcome.served) == (None, before)
    assert len(titles(services)) == (2 if etag else 3)
    says(site, clock())
    refresh_source(source, services)
    assert titles(services) == [], "by both clocks all are too old"
