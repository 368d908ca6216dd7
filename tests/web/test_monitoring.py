"""Whoever watches the program learns over HTTP whether it is well, and its figures."""

from __future__ import annotations

import json
import socket
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families

from feedmaker.errors import StateError
from feedmaker.model import Outcome, Problem, Result, Stage
from feedmaker.web.listening import address_of, listening_at
from feedmaker.web.metrics import Metrics
from feedmaker.web.monitoring import monitored
from feedmaker.web.vitals import HANGING, Vitals

DOWN = Problem("town", Stage.FETCH, "status 503", datetime(2026, 11, 24, tzinfo=UTC))
EMPTY = Problem("harbour", Stage.NO_LIST, "gone", datetime(2026, 11, 24, tzinfo=UTC))


class Clock:
    """Monotonic seconds that a test moves."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


class State:
    """A state that may turn out to be of no use."""

    def __init__(self) -> None:
        self.is_broken = False

    def __call__(self) -> None:
        if self.is_broken:
            raise StateError("feedmaker.db: the state cannot be used", path=Path("feedmaker.db"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state() -> State:
    return State()


@pytest.fixture
def vitals(clock: Clock, state: State) -> Vitals:
    return Vitals(state, clock)


Get = Callable[..., tuple[int, bytes, Any]]


@pytest.fixture
def get(vitals: Vitals) -> Iterator[Get]:
    """Asks a server on a real socket; gives status, body and headers."""
    listener = listening_at("127.0.0.1", 0)
    address = address_of(listener)

    def get(path: str, method: str = "GET") -> tuple[int, bytes, Any]:
        request = urllib.request.Request(address + path, method=method)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read(), answer.headers
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(), error.headers

    with monitored(listener, vitals, Metrics(2, [DOWN], vitals)):
        yield get


def test_it_is_well_as_long_as_the_loop_comes_round_and_the_state_can_be_used(
    get: Get, vitals: Vitals, clock: Clock, state: State
) -> None:
    vitals.tick()
    status, body, headers = get("healthz")
    assert (status, json.loads(body)["ok"], headers["Cache-Control"]) == (200, True, "no-store")
    clock.time += HANGING + 1
    status, body, _ = get("healthz")
    assert (status, json.loads(body)["fault"]) == (503, "the loop has not come round for 31 s")
    vitals.tick()
    assert get("healthz")[0] == 200
    state.is_broken = True
    status, body, _ = get("healthz")
    assert status == 503
    assert "the state cannot be used" in json.loads(body)["fault"]


def test_a_loop_that_never_began_is_not_well(get: Get, clock: Clock) -> None:
    assert get("healthz")[0] == 200
    clock.time += HANGING + 1
    assert get("healthz")[0] == 503


def test_metrics_are_what_prometheus_reads(get: Get) -> None:
    status, body, headers = get("metrics")
    assert status == 200
    assert headers["Content-Type"].startswith("text/plain")
    samples = values(body)
    assert samples["feedmaker_sources"] == 2
    assert samples["feedmaker_sources_with_problems"] == 1
    assert samples["feedmaker_problems", "fetch"] == 1
    assert samples["process_open_fds"] > 0


def test_only_these_two_can_be_asked_for_and_only_by_reading(get: Get) -> None:
    assert get("")[0] == 404
    assert get("metrics", "POST")[0] == 501
    status, body, headers = get("healthz", "HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0


def test_a_client_that_keeps_silent_keeps_nobody_waiting(get: Get, vitals: Vitals) -> None:
    listener = listening_at("127.0.0.1", 0)
    with (
        monitored(listener, vitals, None),
        socket.create_connection(listener.getsockname()[:2]),
        urllib.request.urlopen(f"{address_of(listener)}healthz", timeout=10) as answer,
    ):
        assert answer.status == 200


def test_without_the_library_metrics_say_what_to_install(vitals: Vitals) -> None:
    listener = listening_at("127.0.0.1", 0)
    address = address_of(listener)
    with monitored(listener, vitals, None), pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(f"{address}metrics", timeout=10)
    with raised.value as error:
        assert b"pip install 'feedmaker[metrics]'" in error.read()


def values(text: bytes) -> dict[Any, float]:
    """The samples by their name, or by name and the value of their one label."""
    return {
        (sample.name, *sample.labels.values()) if sample.labels else sample.name: sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def test_refreshes_are_counted_by_what_they_came_to(vitals: Vitals) -> None:
    metrics = Metrics(2, [DOWN, EMPTY], vitals)
    metrics.refreshed(
        Outcome("town", Result.CHANGED, entries=20, added=3, updated=1, requests=4, seconds=0.3, received=9000, late=4)
    )
    metrics.refreshed(Outcome("harbour", Result.FAILED, seconds=7, problems=(EMPTY, DOWN)))
    metrics.refreshed(Outcome("harbour", Result.STOPPED))
    samples = values(metrics.text())
    assert samples["feedmaker_refreshes_total", "changed"] == 1
    assert samples["feedmaker_refreshes_total", "failed"] == 1
    assert samples["feedmaker_refreshes_total", "unchanged"] == 0
    assert samples["feedmaker_received_bytes_total"] == 9000
    assert samples["feedmaker_entries_added_total"] == 3
    assert samples["feedmaker_requests_total"] == 4
    assert samples["feedmaker_refresh_seconds_bucket", "0.5"] == 2  # the stopped one took no time
    assert samples["feedmaker_lateness_seconds_sum"] == 4
    assert samples["feedmaker_sources_with_problems"] == 1
    assert samples["feedmaker_problems", "no_list"] == 1
    assert not any("town" in str(key) for key in samples)


def test_figures_of_single_sources_are_there_when_they_are_asked_for(vitals: Vitals) -> None:
    metrics = Metrics(2, [], vitals, by_source=True)
    metrics.refreshed(Outcome("town", Result.CHANGED, entries=20))
    metrics.refreshed(Outcome("harbour", Result.FAILED, problems=(EMPTY,)))
    samples = values(metrics.text())
    assert samples["feedmaker_source_entries", "town"] == 20
    assert samples["feedmaker_source_problems", "harbour"] == 1
    assert ("feedmaker_source_last_success_timestamp_seconds", "harbour") not in samples
    metrics.settle(["town"])
    samples = values(metrics.text())
    assert ("feedmaker_source_problems", "harbour") not in samples
    assert (samples["feedmaker_sources"], samples["feedmaker_sources_with_problems"]) == (1, 0)


def test_counting_from_many_threads_loses_nothing(vitals: Vitals) -> None:
    metrics = Metrics(8, [], vitals)

    def count(name: str) -> None:
        for _ in range(100):
            metrics.refreshed(Outcome(name, Result.CHANGED, added=1))

    threads = [threading.Thread(target=count, args=(f"s{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert values(metrics.text())["feedmaker_entries_added_total"] == 800
