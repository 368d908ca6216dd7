"""A refresh notices what is wrong with its source although the site answers 200, and when that is over."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from feedmaker.errors import OutputError
from feedmaker.model import Follow, ListingRules, Outcome, Result, Source, Stage
from feedmaker.refresh import Services, refresh_source
from tests.refresh.output import folder_of
from tests.town import Answer, Clock, Site, article

SourceMaker = Callable[..., Source]
WALL = (
    '<html><title>Town</title><body><div id="sp_message_container"><p>We and our partners use cookies. Accept all or '
    "manage your consent.</p><button>Accept all</button></div></body></html>"
)


def listing(slugs: Iterable[str], *, dates: bool = True, prefix: str = "/news/") -> Answer:
    """A list whose cards have titles, summaries and, unless told otherwise, dates."""
    date = '<time datetime="2026-11-20T08:00:00Z">20 November</time>' if dates else ""
    cards = "".join(
        f'<li class="card"><h2><a href="{prefix}{slug}">Headline of the story {slug}</a></h2>{date}'
        f"<p>What the story {slug} is about, in a sentence.</p></li>"
        for slug in slugs
    )
    return Answer(f'<html lang="en"><title>Town</title><body><ul class="stories">{cards}</ul></body></html>')


@pytest.fixture
def source(source_of: SourceMaker) -> Source:
    """The section without following its articles."""
    return source_of(follow=Follow.NONE)


def stages(outcome: Outcome) -> list[str]:
    return [problem.name for problem in outcome.problems]


def test_dates_that_vanish_from_the_list_are_missed_and_found_again(
    site: Site, services: Services, source: Source, clock: Clock
) -> None:
    slugs = [f"s{number}" for number in range(12)]
    site.answers["/news/"] = listing(slugs)
    assert refresh_source(source, services).problems == ()
    clock.forward(hours=1)
    site.answers["/news/"] = listing(["new", *slugs[:-1]], dates=False)
    outcome = refresh_source(source, services)
    assert outcome.result is Result.CHANGED
    (problem,) = outcome.problems
    assert (problem.name, problem.since) == ("field published", clock())
    assert "published is missing in 12 of the last 12 entries" in problem.evidence
    since = clock()
    clock.forward(hours=1)
    (problem,) = refresh_source(source, services).problems  # the page is the same, and so is what is wrong with it
    assert problem.since == since
    clock.forward(hours=1)
    site.answers["/news/"] = listing(["newer", *slugs[:-1]])
    assert refresh_source(source, services).problems == ()
    (over,) = services.store.health.latest_problems(5)
    assert over.ended == clock()


def test_a_date_that_no_form_fits_is_shown_as_it_stands(site: Site, services: Services, source: Source) -> None:
    page = listing(f"s{number}" for number in range(6))
    page.body = page.body.replace('datetime="2026-11-20T08:00:00Z">20 November', 'datetime="the 45th of Mist">the 45th')
    site.answers["/news/"] = page
    (problem,) = refresh_source(source, services).problems
    assert problem.stage is Stage.DATE
    assert "the 45th" in problem.evidence


def test_a_list_that_is_empty_is_told_from_one_that_is_gone(
    site: Site, services: Services, source: Source, clock: Clock
) -> None:
    site.answers["/news/"] = listing(["a", "b", "c"])
    refresh_source(source, services)
    before = (folder_of(services) / "town.rss").read_bytes()
    for answer, stage in (
        (listing([]), Stage.EMPTY_LIST),
        (Answer("<html><body><main><p>We have moved.</p></main></body></html>"), Stage.NO_LIST),
        (Answer(WALL), Stage.WALL),
        (Answer("Down until noon", status=503, type="text/plain"), Stage.FETCH),
    ):
        clock.forward(hours=1)
        site.answers["/news/"] = answer
        outcome = refresh_source(source, services)
        assert outcome.result is Result.FAILED
        assert stages(outcome) == [stage]
    assert "The host says “Down until noon”" in outcome.problems[0].evidence
    assert (folder_of(services) / "town.rss").read_bytes() == before
    site.answers["/news/"] = listing(["a", "b", "c"])
    assert refresh_source(source, services).problems == ()


def test_a_consent_wall_that_links_to_partners_is_no_list(
    site: Site, services: Services, source: Source, clock: Clock
) -> None:
    source = replace(source, rules=ListingRules())
    site.answers["/news/"] = listing(["a", "b", "c"])
    refresh_source(source, services)
    clock.forward(hours=1)
    partners = "".join(
        f'<li><a href="/partner/{n}">What our partner number {n} does with your data</a></li>' for n in range(6)
    )
    site.answers["/news/"] = Answer(WALL.replace("<button>", f"<ul>{partners}</ul><button>"))
    outcome = refresh_source(source, services)
    assert stages(outcome) == [Stage.WALL]
    assert services.store.count("town") == 3


def test_addresses_that_all_change_overnight_are_noticed(
    site: Site, services: Services, source: Source, clock: Clock
) -> None:
    slugs = [f"s{number}" for number in range(8)]
    site.answers["/news/"] = listing(slugs)
    refresh_source(source, services)
    clock.forward(hours=1)
    site.answers["/news/"] = listing(slugs, prefix="/articles/")
    (problem,) = refresh_source(source, services).problems
    assert problem.evidence == "8 of 8 entries have new addresses under titles that are known"


def test_a_source_falls_silent_though_its_page_stays_the_same(
    site: Site, services: Services, source_of: SourceMaker, clock: Clock
) -> None:
    slugs = [f"s{number}" for number in range(12)]
    for number, slug in enumerate(slugs):
        site.answers[f"/news/{slug}"] = Answer(article(slug, published=f"2026-11-{24 - number:02}T08:00:00Z"))
    site.lists(*slugs, etag='"1"')
    assert refresh_source(source_of(), services).problems == ()
    clock.forward(days=2)
    assert refresh_source(source_of(), services).problems == ()
    clock.forward(days=2)
    outcome = refresh_source(source_of(), services)
    assert (outcome.result, stages(outcome)) == (Result.UNCHANGED, [Stage.QUIET])


def test_an_output_that_cannot_be_written_is_a_problem_of_the_source_and_mends_itself(
    site: Site, services: Services, source: Source, clock: Clock
) -> None:
    folder = folder_of(services)
    site.answers["/news/"] = listing(["a", "b"])
    folder.rmdir()
    folder.write_text("in the way")
    with pytest.raises(OutputError):
        refresh_source(source, services)
    (problem,) = services.store.health.open_problems()
    assert problem.stage is Stage.WRITE
    assert str(folder) in problem.evidence
    assert services.store.state("town").failures == 0
    folder.unlink()
    folder.mkdir()
    clock.forward(minutes=30)
    assert refresh_source(source, services).problems == ()
    assert (folder / "town.rss").exists()


def test_bytes_are_counted_as_they_come(site: Site, services: Services, source_of: SourceMaker) -> None:
    site.lists("a")
    outcome = refresh_source(source_of(), services)
    bodies = [site.answers[path].body for path in ("/news/", "/news/a")]
    assert outcome.received == sum(len(body.encode()) for body in bodies)
