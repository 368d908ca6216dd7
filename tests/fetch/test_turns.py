"""One request at a time to a group of hosts, a delay between two, many groups side by side."""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import pytest

from feedmaker.errors import DeadlineExceeded, FetchError, Stopping
from feedmaker.fetch.addresses import Address
from feedmaker.fetch.clock import Deadline, SystemClock
from feedmaker.fetch.turns import IDLE_SECONDS, Turns
from tests.town import HurriedClock


def at(host: str) -> Address:
    return Address(f"http://{host}/", "http", host, 80)


def turns_of(groups: int = 16) -> tuple[Turns, HurriedClock, threading.Event]:
    clock, stopped = HurriedClock(), threading.Event()
    return Turns(groups, clock, stopped), clock, stopped


class Line(deque[object]):
    """The queue of a group, which tells of each who joins it."""

    def __init__(self, turns: Turns, host: str) -> None:
        super().__init__()
        self._joined = threading.Semaphore(0)
        with turns._lock:
            turns._group(at(host).group).queue = self

    def append(self, each: object) -> None:
        super().append(each)
        self._joined.release()

    def wait_for_one(self) -> None:
        """Wait until one more has joined; a test that waits for longer has failed."""
        assert self._joined.acquire(timeout=5)


class ToldClock(SystemClock):
    """The clock of this machine, which tells when somebody begins to wait."""

    def __init__(self) -> None:
        self.is_waited_for = threading.Event()

    def wait(self, condition: threading.Condition, seconds: float) -> None:
        self.is_waited_for.set()
        super().wait(condition, seconds)


def test_the_first_turn_is_at_once_and_the_next_after_the_delay() -> None:
    turns, clock, _ = turns_of()
    with turns.turn(at("a.test"), 5):
        pass
    assert clock.waited == []
    with turns.turn(at("www.a.test"), 5):
        pass
    assert sum(clock.waited) == pytest.approx(5, abs=0.5)


def test_the_delay_that_one_source_wants_is_kept_by_the_next_one_at_its_site() -> None:
    turns, clock, _ = turns_of()
    for delay in (5, 1, 1):
        with turns.turn(at("a.test"), delay):
            pass
    assert sum(clock.waited) == pytest.approx(5 + 1, abs=0.5)


def test_a_request_outside_of_a_turn_waits_for_the_open_one_and_the_next_turn_for_it() -> None:
    clock, stopped = HurriedClock(), threading.Event()
    turns = Turns(16, clock, stopped)
    opened = threading.Event()

    def side() -> None:
        with turns.open(at("api.a.test"), Deadline(5, SystemClock(), stopped)):
            opened.set()

    thread = threading.Thread(target=side)
    with turns.turn(at("a.test"), 0), turns.open(at("a.test"), Deadline(5, clock, stopped)):
        thread.start()
        assert not opened.wait(0.1)
    thread.join(5)
    assert opened.is_set()
    with turns.turn(at("a.test"), 3):
        pass
    assert sum(clock.waited) == pytest.approx(3, abs=0.5)


def test_a_request_outside_of_a_turn_gives_up_in_time_and_leaves_a_held_site_alone() -> None:
    turns, clock, stopped = turns_of()
    soon = Deadline(0.05, SystemClock(), stopped)
    with turns.open(at("a.test"), soon), pytest.raises(DeadlineExceeded), turns.open(at("a.test"), soon):
        pass
    turns.hold(at("a.test"), 30)
    with pytest.raises(FetchError, match="left alone"), turns.open(at("a.test"), Deadline(5, clock, stopped)):
        pass


def test_other_sites_do_not_wait() -> None:
    turns, clock, _ = turns_of()
    for host in ("a.test", "b.test", "c.test"):
        with turns.turn(at(host), 5):
            pass
    assert clock.waited == []


def test_a_site_that_wants_to_be_left_alone_fails_at_once_and_later_works_again() -> None:
    turns, clock, _ = turns_of()
    turns.hold(at("a.test"), 30)
    turns.hold(at("a.test"), 10)
    with pytest.raises(FetchError, match="left alone for another 30 s") as caught, turns.turn(at("x.a.test"), 0):
        pass
    assert caught.value.retry_after == pytest.approx(30, abs=1)
    clock.waited.append(31)
    with turns.turn(at("a.test"), 0):
        pass


def test_a_failure_within_a_turn_ends_it() -> None:
    turns, _, _ = turns_of(groups=1)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), turns.turn(at("a.test"), 0):
            raise ZeroDivisionError


def test_no_two_have_the_turn_of_one_site_and_no_more_sites_than_allowed_are_read() -> None:
    turns = Turns(3, SystemClock(), threading.Event())
    lock, at_once, most = threading.Lock(), dict.fromkeys("abcdef", 0), [0]

    def work(number: int) -> None:
        host = "abcdef"[number % 6]
        with turns.turn(at(f"{host}.test"), 0.001):
            with lock:
                at_once[host] += 1
                assert at_once[host] == 1
                most[0] = max(most[0], sum(at_once.values()))
            time.sleep(0.001)
            with lock:
                at_once[host] -= 1

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(work, range(120)))
    assert most[0] == 3


def test_turns_are_given_in_the_order_in_which_they_were_asked_for() -> None:
    turns = Turns(1, SystemClock(), threading.Event())
    order: list[int] = []

    def work(number: int) -> None:
        with turns.turn(at("a.test"), 0):
            order.append(number)

    line = Line(turns, "a.test")
    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    with turns.turn(at("a.test"), 0):
        line.wait_for_one()
        for thread in threads:
            thread.start()
            line.wait_for_one()
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("second", ["a.test", "b.test"], ids=["for the site", "for a place"])
def test_stopping_wakes_all_who_wait(second: str) -> None:
    stopped = threading.Event()
    turns = Turns(1, SystemClock(), stopped)
    caught: list[Exception] = []

    def work() -> None:
        try:
            with turns.turn(at(second), 0):
                pass
        except Stopping as error:
            caught.append(error)

    lines = {host: Line(turns, host) for host in ("a.test", "b.test")}
    thread = threading.Thread(target=work)
    with turns.turn(at("a.test"), 0):
        lines["a.test"].wait_for_one()
        thread.start()
        lines[second].wait_for_one()
        stop(stopped, turns)
        thread.join(5)
        assert not thread.is_alive()
    assert [str(error) for error in caught] == [f"http://{second}/ is not read, because Feedmaker is stopping"]


def test_stopping_wakes_whoever_lets_a_delay_pass() -> None:
    stopped, clock = threading.Event(), ToldClock()
    turns = Turns(1, clock, stopped)

    def stop_them() -> None:
        assert clock.is_waited_for.wait(5)
        stop(stopped, turns)

    with turns.turn(at("a.test"), 0):
        pass
    began = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        stopping = pool.submit(stop_them)
        with pytest.raises(Stopping), turns.turn(at("a.test"), 60):
            pass
        stopping.result()
    assert time.monotonic() - began < 5


def test_sites_that_nobody_asks_for_any_more_are_forgotten_except_those_on_hold() -> None:
    turns, clock, _ = turns_of()
    turns.hold(at("held.test"), 3 * IDLE_SECONDS)
    for number in range(1023):
        with turns.turn(at(f"s{number}.test"), 0):
            pass
    clock.waited.append(IDLE_SECONDS + 1)
    with turns.turn(at("new.test"), 0):
        pass
    assert len(turns._groups) == 2


def stop(stopped: threading.Event, turns: Turns) -> None:
    stopped.set()
    turns.stop()
