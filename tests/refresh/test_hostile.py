"""A hostile site costs its own source one line: no entry, no file and no time of another source."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from feedmaker.fetch import Web, retrying
from feedmaker.model import Follow, ListingRules, Result, Selector, Source
from feedmaker.refresh import Services, refresh_source
from feedmaker.store import Store
from feedmaker.write import Output
from tests.fetch.faults import FAULTS, Fault
from tests.fetch.hostile import Server, says, serving
from tests.fetch.lab import Lab, lab

SECONDS = 0.6
GRACE = 4.0  # for a machine that is busy with other things
OTHER = "127.0.0.4"  # an address that no fault leads to
CARDS = "".join(f'<div class="card"><h2><a href="/{n}">Headline of the story {n}</a></h2></div>' for n in "abc")
PAGE = f"<html><title>Town news</title><body><main>{CARDS}</main></body></html>".encode()


@dataclass
class Town:
    """Two sources on two hosts, the first of which is to turn hostile."""

    place: Lab
    services: Services
    source: Source
    other: Source
    feeds: Path

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.feeds.glob("town.*")}


def section(name: str, server: Server, host: str) -> Source:
    server.add(f"/{name}", says(PAGE, headers="Content-Type: text/html\r\n"))
    rules = ListingRules(items=Selector(".card"))
    url = f"http://{host}:{server.port}/{name}"
    return Source(name, url, rules=rules, follow=Follow.NONE, delay=timedelta(0), robots=False)


@contextmanager
def town(folder: Path, state: Path) -> Iterator[Town]:
    with lab() as place, serving(address=OTHER) as server, Store.open(state) as store:
        hosts = tuple(ip_network(f"{host}/32") for host in ("127.0.0.1", OTHER))
        ports = frozenset({place.server.port, place.closed_port, server.port})
        limits = place.policy(seconds=SECONDS, max_bytes=4 * 1024 * 1024, allow_private=hosts, allow_ports=ports)
        with Web(limits, resolver=place.resolver, jitter=lambda: 0.5) as web:
            services = Services(web, store, Output(folder / "feeds"), "https://feeds.example/")
            sources = section("town", place.server, "127.0.0.1"), section("other", server, OTHER)
            yield Town(place, services, *sources, folder / "feeds")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_loses_nothing_and_delays_nobody_else(
    fault: Fault, tmp_path: Path, new_state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrying, "FIRST_WAIT", 0.01)
    with town(tmp_path, new_state) as here, ThreadPoolExecutor(1) as pool:
        assert refresh_source(here.source, here.services).result is Result.CHANGED
        entries, files = here.services.store.entries("town"), here.files()
        url = fault.url(here.place)
        hostile = replace(here.source, url=url, robots=fault.robots, access=here.place.access)
        began = time.monotonic()
        failing = pool.submit(refresh_source, hostile, here.services)
        assert refresh_source(here.other, here.services).result is Result.CHANGED
        assert time.monotonic() - began < GRACE
        outcome = failing.result()
        assert time.monotonic() - began < SECONDS + GRACE
        assert outcome.result is Result.FAILED
        assert outcome.error
        assert outcome.error.isprintable()
        assert fault.error is None or fault.words in outcome.error
        assert here.services.store.entries("town") == entries
        assert (here.files(), len(files)) == (files, 3)
        assert refresh_source(here.other, here.services).result is Result.UNCHANGED


@pytest.mark.parametrize(
    "header",
    [
        *(f"{name}: Wed, 01 Jan {'9' * 30} 00:00:00 GMT" for name in ("Date", "Last-Modified", "Expires")),
        *("Expires: 0", "Age: 1e9", f"Cache-Control: max-age={'9' * 40}", "Cache-Control: max-age=-1"),
        *("ETag: \x0b", f"ETag: {'x' * 9000}", "Last-Modified: \x00", "Content-Language: \x00, \x85"),
        *("Content-Type: text/html; charset=iso-2022-kr", "Content-Type: text/html; charset=\x00", "Content-Type: ;"),
        *("Link: <http://[>; rel=next", "Content-Location: http://[", "Content-Encoding: ,;,", "Set-Cookie: =;;\x01"),
    ],
)
def test_no_header_of_an_answer_costs_an_entry(header: str, tmp_path: Path, new_state: Path) -> None:
    with town(tmp_path, new_state) as here:
        for path in ("/town", "/a", "/b", "/c"):
            body = PAGE if path == "/town" else b"<title>Caf\xe9</title><h1>Headline of the story</h1><p>Text."
            here.place.server.add(path, says(body, headers=f"{header}\r\n"))
        source = replace(here.source, follow=Follow.METADATA)
        outcomes = [refresh_source(source, here.services) for _ in range(2)]
        assert [(outcome.entries, outcome.warnings, outcome.error) for outcome in outcomes] == [(3, (), None)] * 2
