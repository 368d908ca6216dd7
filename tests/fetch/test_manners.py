"""Holds, retries, deadlines, delays and stopping, through the whole of ``Web`` over real sockets."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from feedmaker.errors import FetchError, HttpStatusError, Stopping, Unreachable
from feedmaker.fetch import Web
from feedmaker.model import Access, Login, Method, Page
from tests.fetch.hostile import FakeResolver, Peer, Reader, Route, Server, policy, says, serving
from tests.fetch.lab import closed_port, lab
from tests.town import HurriedClock


def test_a_host_that_asks_to_be_left_alone_is_left_alone_and_others_are_not() -> None:
    with lab() as place, place.reader() as reader:
        url = place.server.add("/a", says(b"", "503 Busy", "Retry-After: 120\r\n"), says())
        other = place.server.add("/b", says())
        with pytest.raises(HttpStatusError, match="for 120 s") as caught:
            reader.fetch(url)
        assert caught.value.retry_after == 120
        with pytest.raises(FetchError, match="left alone") as held:
            reader.fetch(other)
        assert held.value.retry_after == pytest.approx(120, abs=1)
        assert place.server.paths() == ["/a"]
        reader.page(other.replace("127.0.0.1", "news.test"))
        place.clock.waited.append(121)
        reader.page(url)


def test_retry_after_as_a_date_is_counted_from_the_clock(server: Server) -> None:
    clock = HurriedClock(datetime(2026, 11, 24, 12, 0, tzinfo=UTC))
    date = "Retry-After: Tue, 24 Nov 2026 12:03:00 GMT\r\n"
    with Reader(Web(policy(server), clock=clock)) as reader:
        with pytest.raises(HttpStatusError) as caught:
            reader.fetch(server.add("/", says(b"", "429 No", date)))
        assert caught.value.retry_after == 180


def test_a_host_that_goes_on_asking_to_be_left_alone_is_left_alone_for_longer_until_it_answers() -> None:
    with lab() as place, place.reader() as reader:
        slow_down = says(b"", "429 Slow down")
        url = place.server.add("/a", slow_down, slow_down, says(b"", "500 Oops"), slow_down, says(), slow_down)
        holds: list[float | None] = []
        for _ in range(5):
            place.clock.waited.append(1000)
            try:
                reader.page(url)
            except FetchError as error:
                holds.append(error.retry_after)
        assert holds == [60, 120, 240, 60]


def test_a_server_that_no_connection_can_be_made_to_costs_its_first_address_and_is_let_rest() -> None:
    with lab() as place, place.reader() as reader:
        base = f"http://127.0.0.1:{place.closed_port}"
        with pytest.raises(Unreachable, match=r"refused\); look whether a browser reaches it$"):
            reader.fetch(f"{base}/a")
        before = len(place.clock.waited)
        with pytest.raises(Unreachable, match=r"reaches it; it is let rest for another 30 s") as caught:
            reader.fetch(f"{base}/b")
        assert caught.value.retry_after == pytest.approx(30, abs=1)
        assert len(place.clock.waited) == before
        reader.page(place.server.add("/", says()))
        place.clock.waited.append(31)
        with pytest.raises(Unreachable, match="reaches it; it is let rest for another 59 s"):
            reader.fetch(f"{base}/b")


def test_a_server_that_is_back_is_read_at_once_and_not_blamed_for_what_was() -> None:
    with lab() as place:
        away = closed_port()
        with Reader(Web(place.policy(allow_ports=frozenset({away})), clock=place.clock, jitter=lambda: 0.5)) as reader:
            url = f"http://127.0.0.1:{away}/"
            with pytest.raises(Unreachable):
                reader.fetch(url)
            place.clock.waited.append(31)
            with serving(port=away) as server:
                server.add("/", Peer.answer_and_close)
                reader.page(url)
            with pytest.raises(Unreachable, match=r"refused\); look whether a browser reaches it$"):
                reader.fetch(url)


def test_another_fault_of_one_address_does_not_touch_the_others(server: Server, reader: Reader) -> None:
    with pytest.raises(HttpStatusError):
        reader.fetch(server.add("/a", says(b"", "404 Not Found")))
    reader.page(server.add("/b", says()))


def test_retries_wait_longer_each_time_and_stay_within_the_deadline() -> None:
    with lab() as place, place.reader() as reader:
        with pytest.raises(HttpStatusError, match="500"):
            reader.fetch(place.server.add("/", says(b"", "500 Oops")))
        assert place.clock.waited == pytest.approx([0.5, 1.0], abs=0.1)
        assert len(place.server.requests) == 3


def test_no_retry_begins_when_the_time_is_over() -> None:
    def slow(peer: Peer) -> None:
        peer.closing.wait(0.25)
        peer.answer(b"", "500 Oops")

    with lab() as place, place.reader(seconds=0.4) as reader:
        with pytest.raises(FetchError):
            reader.fetch(place.server.add("/", slow))
        assert len(place.server.requests) <= 2


def test_the_deadline_counts_for_all_redirects_together() -> None:
    def slow(peer: Peer) -> None:
        peer.closing.wait(0.15)
        peer.answer(b"", "302 Found", f"Location: /{len(place.server.requests)}\r\n")

    with lab() as place, place.reader(seconds=0.4) as reader:
        for number in range(6):
            place.server.add(f"/{number}", slow)
        began = time.monotonic()
        with pytest.raises(FetchError, match="time for"):
            reader.fetch(place.server.add("/", slow))
        assert time.monotonic() - began < 0.8


def test_the_delay_lies_between_the_end_of_one_request_and_the_start_of_the_next(server: Server) -> None:
    def slow(peer: Peer) -> None:
        peer.closing.wait(0.03)
        peer.answer()

    urls = [server.add(f"/{number}", slow) for number in range(6)]
    web = Web(policy(server))
    with Reader(web) as reader, ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda url: reader.page(url, delay=timedelta(seconds=0.05)), urls))
    requests = sorted(server.requests, key=lambda request: request.began)
    gaps = [later.began - earlier.ended for earlier, later in pairwise(requests)]
    assert min(gaps) >= 0.05


def test_whatever_is_asked_of_a_site_is_asked_one_at_a_time(server: Server) -> None:
    """Pages, robots.txt, redirects from host to host, forms, and what is posted, from many threads."""
    hosts = [f"{name}.news.test" for name in ("www", "media", "account")]
    bases = [f"http://{host}:{server.port}" for host in hosts]
    guard, at_once = threading.Lock(), [0, 0]

    def slowly(route: Route) -> Route:
        def wrapped(peer: Peer) -> None:
            with guard:
                at_once[0] += 1
                at_once[1] = max(at_once)
            peer.closing.wait(0.01)
            with guard:
                at_once[0] -= 1
            route(peer)

        return wrapped

    form = b"<form method=post action=/enter><input name=user><input name=pass></form>"
    server.add("/robots.txt", slowly(says(b"")))
    server.add("/moved", slowly(says(b"", "302 Found", f"Location: {bases[1]}/page\r\n")))
    server.add("/login", slowly(says(form)))
    for path in ("/page", "/enter", "/search"):
        server.add(path, slowly(says()))
    access = {
        "/search": Access(f"{bases[2]}/search", method=Method.POST, body="q"),
        "/page": Access(f"{bases[2]}/page", login=Login(f"{bases[2]}/login", {"user": "me", "pass": "x"})),
    }
    resolver = FakeResolver({host: [["127.0.0.1"]] for host in hosts})
    jobs = [(f"{base}{path}", access.get(path, Access())) for base in bases for path in ("/page", "/moved", "/search")]
    with Reader(Web(policy(server, seconds=9), resolver=resolver)) as reader, ThreadPoolExecutor(9) as pool:
        delay = timedelta(seconds=0.02)
        list(pool.map(lambda job: reader.page(job[0], access=job[1], robots=True, delay=delay), jobs))
    assert at_once == [0, 1]
    assert {*server.paths()} == {"/robots.txt", "/moved", "/login", "/enter", "/page", "/search"}
    requests = sorted(server.requests, key=lambda request: request.began)
    assert min(later.began - earlier.ended for earlier, later in pairwise(requests)) >= 0.02


def test_a_site_that_is_stuck_does_not_delay_others(server: Server) -> None:
    with serving(address="127.0.0.2") as other, Reader(Web(policy(server, other, seconds=5))) as reader:
        stuck = server.add("/", Peer.silence)
        other.add("/", says())
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(reader.fetch, stuck)
            assert isinstance(pool.submit(reader.fetch, f"http://127.0.0.2:{other.port}/").result(2), Page)
            assert not first.done()
            reader.web.stop()
            with pytest.raises(Stopping):
                first.result(2)


def test_after_stopping_nothing_is_asked_for(server: Server, reader: Reader) -> None:
    reader.web.stop()
    with pytest.raises(Stopping):
        reader.fetch(server.add("/", says()))
    assert server.requests == []
