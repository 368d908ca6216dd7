"""robots.txt (RFC 9309), kept a day for each origin."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from feedmaker.errors import FetchError, RobotsRefused, UnknownHost, Unreachable
from feedmaker.fetch import Web, robots
from feedmaker.model import SiteNote
from tests.fetch.hostile import Peer, Reader, Route, says
from tests.fetch.lab import Lab, lab
from tests.town import HurriedClock

DAY = 24 * 3600.0
RULES = b"User-agent: *\nDisallow: /\nUser-agent: feedmaker\nDisallow: /private\nCrawl-delay: 4\n"


def news(place: Lab, *rules: object) -> str:
    if rules:
        place.server.add("/robots.txt", *rules)  # type: ignore[arg-type]
    place.server.add("/private/news", says())
    return place.server.add("/news", says())


def test_a_site_is_read_as_far_as_its_rules_for_us_allow() -> None:
    with lab() as place, place.reader() as reader:
        url = news(place, says(RULES))
        reader.page(url, robots=True)
        with pytest.raises(RobotsRefused, match="does not allow it"):
            reader.fetch(url.replace("/news", "/private/news"), robots=True)
        assert place.server.paths() == ["/robots.txt", "/news"]


def test_a_source_can_ignore_robots_txt() -> None:
    with lab() as place, place.reader() as reader:
        reader.page(news(place, says(b"User-agent: *\nDisallow: /")), robots=False)
        assert place.server.paths() == ["/news"]


def test_robots_txt_is_read_once_a_day() -> None:
    with lab() as place, place.reader() as reader:
        url = news(place, says(RULES))
        for seconds in (0.0, DAY - 60, 120.0):
            place.clock.waited.append(seconds)
            reader.page(url, robots=True)
        assert place.server.paths() == ["/robots.txt", "/news", "/news", "/robots.txt", "/news"]


def test_crawl_delay_counts_if_it_is_longer_than_the_delay() -> None:
    with lab() as place, place.reader() as reader:
        url = news(place, says(RULES))
        for _ in range(2):
            reader.page(url, robots=True, delay=timedelta(seconds=1))
        assert sum(place.clock.waited) == pytest.approx(4 + 4, abs=0.5)


def test_an_unbearable_crawl_delay_is_cut() -> None:
    with lab() as place, place.reader() as reader:
        reader.page(news(place, says(b"User-agent: *\nCrawl-delay: 86400")), robots=True)
        assert sum(place.clock.waited) == pytest.approx(robots.MAX_CRAWL_DELAY, abs=0.5)


@pytest.mark.parametrize("status", ["404 Not Found", "401 Unauthorized", "403 Forbidden", "410 Gone"])
def test_a_site_without_robots_txt_allows_all(status: str) -> None:
    with lab() as place, place.reader() as reader:
        reader.page(news(place, says(b"", status)), robots=True)


def test_robots_txt_in_html_or_junk_allows_all() -> None:
    with lab() as place, place.reader() as reader:
        reader.page(news(place, says(b"\xff\xfe<html>Disallow: /</html>\x00")), robots=True)


def test_robots_txt_is_followed_to_another_place_but_not_in_circles() -> None:
    with lab() as place, place.reader() as reader:
        place.server.add("/rules", says(b"User-agent: *\nDisallow: /news"))
        url = news(place, says(b"", "301 Moved", "Location: /rules\r\n"))
        with pytest.raises(RobotsRefused):
            reader.fetch(url, robots=True)
    with lab() as place, place.reader() as reader:
        reader.page(news(place, says(b"", "301 Moved", "Location: /robots.txt\r\n")), robots=True)


def test_nothing_is_read_while_robots_txt_has_a_fault_and_it_is_not_asked_for_again_at_once() -> None:
    with lab() as place, place.reader() as reader:
        url = news(place, says(b"", "500 Oops"), says(b"", "500 Oops"), says(b"", "500 Oops"), says(b""))
        for _ in range(2):
            with pytest.raises(FetchError, match="rules for programs") as caught:
                reader.fetch(url, robots=True)
            assert caught.value.retry_after == pytest.approx(robots.KEPT_FAILURE_SECONDS, abs=1)
        assert place.server.paths() == ["/robots.txt"] * 3
        place.clock.waited.append(robots.KEPT_FAILURE_SECONDS)
        reader.page(url, robots=True)


def test_rules_that_were_known_stay_known_while_robots_txt_has_a_fault() -> None:
    with lab() as place, place.reader() as reader:
        url = news(place, says(RULES), says(b"", "500 Oops"))
        reader.page(url, robots=True)
        place.clock.waited.append(DAY + 1)
        reader.page(url, robots=True)
        with pytest.raises(RobotsRefused):
            reader.fetch(url.replace("/news", "/private/news"), robots=True)


def test_too_many_requests_for_robots_txt_hold_the_site() -> None:
    with lab() as place, place.reader() as reader:
        url = news(place, says(b"", "429 Slow down", "Retry-After: 900\r\n"), says(b""))
        with pytest.raises(FetchError) as caught:
            reader.fetch(url, robots=True)
        assert caught.value.retry_after == pytest.approx(900, abs=1)


def test_a_site_that_cannot_be_reached_is_named_as_such() -> None:
    with lab() as place, place.reader() as reader:
        with pytest.raises(UnknownHost):
            reader.fetch(f"http://gone.test:{place.server.port}/", robots=True)
        with pytest.raises(Unreachable):
            reader.fetch(news(place, Peer.reset), robots=True)


def test_rules_hold_for_each_place_that_a_redirect_leads_to() -> None:
    with lab() as place, place.reader() as reader:
        news(place, says(RULES))
        url = place.server.add("/old", says(b"", "302 Found", "Location: /private/news\r\n"))
        with pytest.raises(RobotsRefused, match=r"/old leads to another address, which fails: .*/private/news"):
            reader.fetch(url, robots=True)


def test_only_so_many_origins_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robots, "KEPT_ORIGINS", 1)
    with lab() as place, place.reader() as reader:
        url = news(place, says(b""))
        other = url.replace("127.0.0.1", "news.test")
        for address in (url, other, url):
            reader.page(address, robots=True)
        assert place.server.paths().count("/robots.txt") == 3


@dataclass
class Shelf:
    """Notes that outlive a Web."""

    kept: dict[str, SiteNote] = field(default_factory=dict)

    def note(self, subject: str) -> SiteNote | None:
        return self.kept.get(subject)

    def keep_note(self, subject: str, note: SiteNote) -> None:
        self.kept[subject] = note


def later(place: Lab, shelf: Shelf, seconds: float) -> Reader:
    """A program that is started some time after now."""
    clock = HurriedClock(datetime.now(UTC) + timedelta(seconds=seconds))
    return Reader(Web(place.policy(), resolver=place.resolver, clock=clock, notes=shelf))


@pytest.mark.parametrize("answer", [says(b"User-agent: *\nDisallow: /private"), says(b"", "404 Not Found")])
def test_robots_txt_is_read_once_a_day_however_often_the_program_starts(answer: Route) -> None:
    shelf = Shelf()
    with lab() as place:
        url = news(place, answer)
        for seconds in (0, 60, DAY - 60, DAY + 60):
            with later(place, shelf, seconds) as reader:
                reader.page(url, robots=True)
        assert place.server.paths().count("/robots.txt") == 2
        with later(place, shelf, DAY + 90) as reader:
            reader.page(url, robots=True)
        assert place.server.paths().count("/robots.txt") == 2


def test_a_fault_of_robots_txt_is_not_kept_for_the_next_start() -> None:
    shelf = Shelf()
    with lab() as place:
        url = news(place, says(b"", "501 Oops"), says(b""))
        with later(place, shelf, 0) as reader, pytest.raises(FetchError):
            reader.fetch(url, robots=True)
        assert shelf.kept == {}
        with later(place, shelf, 1) as reader:
            reader.page(url, robots=True)


def test_a_host_is_left_alone_also_by_the_next_start_and_a_clock_that_was_wrong_counts_for_a_day_at_most() -> None:
    shelf = Shelf()
    with lab() as place:
        url = place.server.add("/news", says(b"", "503 Busy", "Retry-After: 3600\r\n"), says())
        with later(place, shelf, 0) as reader, pytest.raises(FetchError):
            reader.fetch(url)
        with (
            later(place, shelf, 1800) as reader,
            pytest.raises(FetchError, match=r"left alone for another 1[78]\d\d s"),
        ):
            reader.fetch(f"{place.server.url}/other")
        assert place.server.paths() == ["/news"]
        with later(place, shelf, -365 * DAY) as reader, pytest.raises(FetchError, match="for another 86400 s"):
            reader.fetch(url)
        with later(place, shelf, 3700) as reader:
            reader.page(url)
