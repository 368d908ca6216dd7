"""Publication and change, from machines' forms down to what a reader sees."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extract.article.reading import URL, entry_of, ld, page, story

EVENING = datetime(2025, 2, 6, 17, 52, tzinfo=UTC)
BARE = "https://www.mole-post.example/city/bell"


def published(head: str = "", body: str = "", url: str = BARE, language: str = "en") -> datetime | None:
    return entry_of(page(head, body, language=language), url).published


def article(**dates: object) -> str:
    return ld({"@type": "NewsArticle", "headline": "The harbour bell returns", **dates})


def meta(date: str) -> str:
    return f'<meta property="article:published_time" content="{date}">'


def test_a_moment_comes_before_a_mere_day() -> None:
    assert published(article(datePublished="2025-02-06") + meta("2025-02-06T17:52:00Z")) == EVENING
    assert published(article(datePublished="2025-02-06T00:00:00") + meta("2025-02-06T17:52:00Z")) == EVENING


def test_a_moment_with_a_zone_comes_before_one_without() -> None:
    assert published(article(datePublished="2025-02-06T18:52:00") + meta("2025-02-06T18:52:00+01:00")) == EVENING


def test_a_zone_is_taken_from_another_date_of_the_page() -> None:
    dates = article(datePublished="2025-02-06T18:52:00", dateModified="2025-02-07T08:00:00+01:00")
    assert published(dates) == EVENING


def test_a_zone_is_taken_from_the_sites_country_last() -> None:
    assert published(article(datePublished="2025-02-06T18:52:00"), url="https://molepost.de/bell") == EVENING
    assert published(article(datePublished="2025-02-06T17:52:00")) == EVENING


def test_a_negative_offset_is_a_zone_too() -> None:
    dates = article(datePublished="2025-02-06T12:52:00", dateModified="2025-02-07T08:00:00-05:00")
    assert published(dates) == EVENING


@pytest.mark.parametrize(
    "opening",
    [
        '<time datetime="2025-02-06T18:52:00+01:00">Thursday</time>',
        "<time>6 February 2025, 17:52 UTC</time>",
        '<p class="date">Published 6 February 2025, 17:52 UTC</p>',
        "<div>By Ida Brandt <span>6 Feb 2025 17:52 GMT</span></div>",
    ],
)
def test_a_date_is_read_around_the_headline(opening: str) -> None:
    assert published(body=story(opening)) == EVENING


def test_dates_of_other_stories_are_not_the_storys() -> None:
    other = '<div class="related"><time datetime="2025-01-01T10:00:00Z">x</time><span>1 January 2025</span></div>'
    assert published(body=other + story(end=other)) is None


def test_a_time_named_after_a_change_is_the_update() -> None:
    opening = '<time datetime="2025-02-06T17:52Z">a</time> <b>Updated: <time datetime="2025-02-07T08:00Z">b</time></b>'
    entry = entry_of(page(body=story(opening)), BARE)
    assert (entry.published, entry.updated) == (EVENING, datetime(2025, 2, 7, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    "line",
    [
        "6 February 2025, 17:52 UTC - updated 7 February 2025, 08:00 UTC",
        "6. Februar 2025, 17:52 UTC | Aktualisiert: 7. Februar 2025, 08:00 UTC",
        "Publié le 6 février 2025 à 17:52 UTC - Mis à jour le 7 février 2025 à 08:00 UTC",
    ],
)
def test_one_line_tells_publication_and_change(line: str) -> None:
    entry = entry_of(page(body=story(f"<p>{line}</p>"), language=""), BARE)
    assert (entry.published, entry.updated) == (EVENING, datetime(2025, 2, 7, 8, 0, tzinfo=UTC))


def test_a_line_that_only_tells_of_a_change_gives_no_publication() -> None:
    entry = entry_of(
        page(body=story("<p>Last updated 7 February 2025, 08:00 UTC</p><p>7 Feb 2025 (updated)</p>")), BARE
    )
    assert (entry.published, entry.updated is not None) == (None, True)


def test_the_order_of_day_and_month_is_taken_from_the_other_dates() -> None:
    opening = '<time>04/02/2025</time> <b class="updated"><time>28/02/2024</time></b>'
    assert published(body=story(opening)) == datetime(2025, 2, 4, tzinfo=UTC)


def test_the_day_in_the_address_is_the_last_resort() -> None:
    assert published(url=URL) == datetime(2025, 2, 6, tzinfo=UTC)
    assert published(body=story("<time>6 February 2025, 17:52 UTC</time>"), url=URL) == EVENING


def test_no_date_is_made_up() -> None:
    assert (
        published(article(datePublished="soon") + meta("tomorrow"), story("<time>live</time><p>Now 7 hits</p>")) is None
    )
    assert published(article(datePublished="2031-01-01T00:00:00Z", dateModified=True)) is None
