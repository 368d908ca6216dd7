"""Pages that were kept are read once more, without their site."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from feedmaker.fetch.archive import Archive, ArchiveFetcher, KeepingFetcher
from feedmaker.model import Field, FieldRule, ListingRules, OnEdit, Result, Selector
from feedmaker.refresh import Services, refresh_source
from tests.refresh.output import folder_of
from tests.refresh.test_standing import SourceMaker, move
from tests.town import Answer, Clock, Site, article


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


@pytest.fixture
def keeping(services: Services, archive: Archive) -> Services:
    """Services that keep each page."""
    return replace(services, web=KeepingFetcher(services.web, archive))


@pytest.fixture
def rerunning(services: Services, archive: Archive) -> Services:
    """Services that have the archive in place of the web."""
    fetcher = ArchiveFetcher(archive)
    return replace(services, web=fetcher, rerun_of=fetcher)


def items(services: Services) -> list[dict[str, object]]:
    return list(json.loads((folder_of(services) / "town.json").read_bytes())["items"])


def test_a_lost_state_comes_back_without_a_request(
    site: Site, keeping: Services, rerunning: Services, source_of: SourceMaker
) -> None:
    site.lists("a", "b")
    refresh_source(source_of(), keeping)
    before = items(keeping)
    site.taken()
    lost = source_of(name="town2")
    assert refresh_source(lost, rerunning).entries == 2
    assert json.loads((folder_of(rerunning) / "town2.json").read_bytes())["items"] == before
    assert rerunning.store.state("town2").last_attempt is None
    assert site.taken() == []


def test_new_rules_reach_the_articles_that_were_read_before(
    site: Site, keeping: Services, rerunning: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.lists("a", "b", etag='"1"')
    refresh_source(source_of(max_requests=9), keeping)
    site.taken()
    clock.forward(hours=1)
    fields = {
        Field.TITLE: FieldRule(selectors=(Selector("h2 a"),)),
        Field.AUTHORS: FieldRule(constant="Ada Lovelace"),
    }
    rules = ListingRules(items=Selector(".card"), fields=fields)
    outcome = refresh_source(source_of(rules=rules, max_requests=1, on_edit=OnEdit.IGNORE), rerunning)
    assert (outcome.result, outcome.updated, outcome.added) == (Result.CHANGED, 2, 0)
    assert [item["authors"] for item in items(rerunning)] == [[{"name": "Ada Lovelace"}]] * 2
    assert site.taken() == []


def test_a_rerun_changes_nothing_of_when_the_site_is_asked_next(
    site: Site, keeping: Services, rerunning: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.lists("a", etag='"1"')
    site.answers["/news/"].headers["Cache-Control"] = "max-age=7200"
    refresh_source(source_of(), keeping)
    before = keeping.store.state("town")
    clock.forward(hours=3)
    assert refresh_source(source_of(), rerunning).result is Result.UNCHANGED
    assert keeping.store.state("town") == before
    site.taken()
    refresh_source(source_of(), keeping)
    assert site.taken() == ['/news/ "1"']


def test_a_failed_rerun_is_no_failure_of_the_site(
    site: Site, keeping: Services, rerunning: Services, source_of: SourceMaker
) -> None:
    outcome = refresh_source(source_of(), rerunning)
    assert outcome.result is Result.FAILED
    assert "is not in the archive" in (outcome.error or "")
    assert rerunning.store.state("town").failures == 0


def test_an_article_that_was_not_kept_stays_as_it_was_read(
    site: Site, services: Services, keeping: Services, rerunning: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    site.answers["/news/a"] = Answer(article("a", title="What only the article says"))
    refresh_source(source_of(), services)
    before = items(services)
    keeping.web.fetch(
        source_of().url, delay=source_of().delay, validators=keeping.store.state("x").validators, robots=False,
        access=source_of().access,
    )  # fmt: skip
    refresh_source(source_of(), rerunning)
    assert items(rerunning) == before


def test_a_page_that_has_moved_is_found_where_it_is_asked_next(
    site: Site, keeping: Services, rerunning: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    move(site, "/town/")
    refresh_source(source_of(), keeping)
    assert refresh_source(source_of(), rerunning).result is Result.UNCHANGED


def test_no_hub_hears_of_a_rerun(site: Site, keeping: Services, rerunning: Services, source_of: SourceMaker) -> None:
    site.lists("a")
    refresh_source(source_of(), keeping)
    outcome = refresh_source(source_of(title="New"), replace(rerunning, hub=f"{site.url}/hub"))
    assert (outcome.result, outcome.warnings) == (Result.CHANGED, ())
    assert "/hub" not in site.taken()
