"""A draft's candidates become an entry: the first that makes a valid value, and where it was found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from feedmaker.model import Candidate, Draft, RawImage, RawPerson
from feedmaker.normalize.context import Context
from feedmaker.normalize.entry import normalize_entry

URL = "https://www.mole-post.example/city/bell"
NOW = datetime(2025, 2, 8, 9, 0, tzinfo=UTC)
CONTEXT = Context(NOW)


def test_a_draft_without_candidates_is_an_entry_with_its_address() -> None:
    entry = normalize_entry(Draft(URL + "?utm_source=x"), CONTEXT)
    assert (entry.url, entry.title, entry.images, entry.is_free) == (URL, None, (), None)
    assert entry.provenance == {}


def test_a_page_in_an_amp_cache_that_names_no_address_has_its_publishers() -> None:
    cached = "https://www-mole--post-example.cdn.ampproject.org/c/s/www.mole-post.example/city/bell?usqp=1"
    assert normalize_entry(Draft(cached), CONTEXT).url == URL + "?usqp=1"


def test_a_candidate_that_makes_no_value_is_passed_over() -> None:
    draft = Draft(
        URL,
        titles=(Candidate(" ", "h1"), Candidate("<b>A</b> bell", "og")),
        summaries=(Candidate("", "og"), Candidate("It rings.", "description")),
        languages=(Candidate("Deutsch!", "meta"), Candidate("de_DE", "html")),
        published=(Candidate("soon", "time"), Candidate("2025-02-06T18:52:00Z", "json-ld")),
        authors=(Candidate((RawPerson("12"),), "meta"), Candidate((RawPerson("Ida Brandt"),), "byline")),
        tags=(Candidate(("12345678",), "meta"), Candidate(("Bells",), "json-ld")),
        images=(Candidate(RawImage("/i/logo.png"), "og"), Candidate(RawImage("/p/bell.jpg"), "img")),
        free=(Candidate("perhaps", "meta"), Candidate("False", "json-ld")),
        canonicals=(Candidate("https://elsewhere.example/", "link"), Candidate("/city/bell", "og:url")),
        contents=(Candidate("<p>It <script>x</script>rings.</p>", "text"),),
        sections=(Candidate("City", "meta"),),
        publishers=(Candidate("Mole Post", "og"),),
    )
    entry = normalize_entry(draft, CONTEXT)
    assert (entry.title, entry.summary, entry.section, entry.publisher) == ("A bell", "It rings.", "City", "Mole Post")
    assert (entry.tags, entry.is_free, [p.name for p in entry.authors]) == (("Bells",), False, ["Ida Brandt"])
    assert [image.url for image in entry.images] == ["https://www.mole-post.example/p/bell.jpg"]
    assert entry.content_html is not None
    assert "script" not in entry.content_html
    assert (entry.provenance["title"], entry.provenance["published"]) == ("og", "json-ld")
    assert (entry.provenance["url"], entry.provenance["is_free"]) == ("og:url", "json-ld")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("2025-02-06", "2025-02-06T18:52:00Z"), datetime(2025, 2, 6, 18, 52, tzinfo=UTC)),
        (("2025-02-06", "2025-01-01T18:52:00Z"), datetime(2025, 2, 6, tzinfo=UTC)),
        (("2025-02-06T10:00:00Z", "2025-02-06T18:52:00Z"), datetime(2025, 2, 6, 10, 0, tzinfo=UTC)),
        (("2031-02-06T10:00:00Z", 1738867920), datetime(2025, 2, 6, 18, 52, tzinfo=UTC)),
        (("nonsense",), None),
    ],
)
def test_a_day_gives_way_to_a_moment_of_that_day(values: tuple[str | int, ...], expected: datetime | None) -> None:
    run = tuple(Candidate(value, "place") for value in values)
    assert normalize_entry(Draft(URL, published=run), CONTEXT).published == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("2025-02-06T19:00:00Z",), 19),
        (("2025-02-06T18:52:00Z",), 18),
        (("2025-02-06T18:51:00Z",), None),  # a draft was saved
        (("2024-01-24T10:31:09Z", "2025-02-06T20:00:00Z"), 20),  # that of a video comes first
        (("2025-02-06", "2025-02-06T21:00:00Z"), 21),
        (("2025-02-06",), None),
    ],
)
def test_an_update_is_never_before_the_publication(values: tuple[str, ...], expected: int | None) -> None:
    published = (Candidate("2025-02-06T18:52:00Z", "json-ld"),)
    updated = tuple(Candidate(value, f"place {number}") for number, value in enumerate(values))
    entry = normalize_entry(Draft(URL, published=published, updated=updated), CONTEXT)
    assert (entry.updated and entry.updated.hour) == expected
    assert ("updated" in entry.provenance) == (expected is not None)
    undated = normalize_entry(Draft(URL, updated=updated), CONTEXT)
    assert undated.updated is not None, "where nothing is said of the publication, the first counts"


@pytest.mark.parametrize(
    ("other", "zone", "url", "hours"),
    [
        ("2025-02-07T08:00:00+02:00", "Asia/Tokyo", "https://x.de/a", 2),
        ("2025-02-07T08:00:00Z", "Asia/Tokyo", "https://x.de/a", 9),
        ("2025-02-07T08:00:00-05:00", None, "https://x.de/a", -5),
        ("2025-02-07", None, "https://x.de/a", 1),
        ("2025-02-07", None, URL, 0),
    ],
)
def test_a_zone_comes_from_the_page_then_the_source_then_the_country(
    other: str, zone: str | None, url: str, hours: int
) -> None:
    context = Context(NOW, ZoneInfo(zone) if zone else None)
    draft = Draft(url, published=(Candidate("2025-02-06T18:52:00", "a"),), updated=(Candidate(other, "b"),))
    assert normalize_entry(draft, context).published == datetime(2025, 2, 6, 18, 52, tzinfo=UTC) - timedelta(
        hours=hours
    )
