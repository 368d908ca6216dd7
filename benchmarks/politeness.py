"""How polite and thrifty Feedmaker is: many sources on few hosts, refreshed twice from a server that keeps a record.

    python -m benchmarks.politeness [--sources N] [--hosts N] [--delay SECONDS] [--json]

Printed are the largest number of requests that were open at once to a host, the smallest gap between two requests to a
host, the requests of a second run in which nothing has changed, and the CPU of a request: of its fetch alone, and of
all that a refresh does with it. With the tests at hand (a checkout), the faults of tests/fetch are tried as well.
"""

from __future__ import annotations

import importlib.util
import json
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.end_to_end import free_port, served
from benchmarks.recording import Request
from feedmaker.fetch import Web
from feedmaker.model import Result
from feedmaker.refresh import open_services, refresh_source
from feedmaker.settings import Settings, load_settings

FETCHES = 300


@dataclass(frozen=True, slots=True)
class Figures:
    """Gaps in milliseconds, CPU in milliseconds a request; ``faults`` and ``survived`` are 0 without the tests."""

    sources: int
    hosts: int
    requests: int
    seconds: float
    most_at_once: int
    smallest_gap: float
    delay: float
    again: int
    again_conditional: int
    cpu_fetch: float
    cpu_refresh: float
    faults: int = 0
    survived: int = 0


@click.command(help=__doc__)
@click.option("--sources", default=200, show_default=True)
@click.option("--hosts", default=20, show_default=True)
@click.option("--delay", default=0.1, show_default=True, help="Seconds between two requests to a host.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def main(sources: int, hosts: int, delay: float, as_json: bool) -> None:
    port = free_port()
    with served(["-m", "benchmarks.recording", str(port), str(hosts)], port), TemporaryDirectory() as folder:
        figures = measure(settings_for(Path(folder), port, sources, hosts, delay), port, hosts, delay)
    print(json.dumps(asdict(figures)) if as_json else table(figures))


def measure(settings: Settings, port: int, hosts: int, delay: float) -> Figures:
    with open_services(settings) as (services, web), ThreadPoolExecutor(settings.fetch.hosts_at_once) as pool:

        def run(expected: Result) -> float:
            begun = time.process_time()
            for outcome in pool.map(lambda source: refresh_source(source, services), settings.sources):
                if outcome.result is not expected:
                    raise click.ClickException(f"{outcome.source} was expected to be {expected}: {outcome}")
            return time.process_time() - begun

        begun = time.monotonic()
        cpu = run(Result.CHANGED)
        seconds = time.monotonic() - begun
        first = log(port)
        run(Result.UNCHANGED)
        requests = log(port)
        again = requests[len(first) :]
        cpu_fetch = fetch_alone(web, f"http://127.0.0.1:{port}/s0/harbour-opens-again-0.html")
    faults, survived = try_faults()
    return Figures(
        sources=len(settings.sources),
        hosts=hosts,
        requests=len(first),
        seconds=seconds,
        most_at_once=max(request.at_once for request in requests),
        smallest_gap=1000 * min(gaps(requests)),
        delay=1000 * delay,
        again=len(again),
        again_conditional=sum(request.is_conditional for request in again),
        cpu_fetch=1000 * cpu_fetch,
        cpu_refresh=1000 * cpu / len(first),
        faults=faults,
        survived=survived,
    )


def gaps(requests: list[Request]) -> list[float]:
    """Seconds between the end of each request and the begin of the next one to the same host."""
    by_host = defaultdict(list)
    for request in requests:
        by_host[request.host].append(request)
    return [later.began - earlier.ended for of_host in by_host.values() for earlier, later in pairwise(of_host)]


def log(port: int) -> list[Request]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/log") as answer:
        return [Request(**request) for request in json.load(answer)]


def fetch_alone(web: Web, url: str) -> float:
    """CPU seconds of one fetch, without a delay, once the connection is there."""
    web.fetch(url, delay=timedelta(0))
    begun = time.process_time()
    for _ in range(FETCHES):
        web.fetch(url, delay=timedelta(0))
    return (time.process_time() - begun) / FETCHES


def try_faults() -> tuple[int, int]:
    """How many faults of other people's servers were tried, and how many survived as the tests expect."""
    if importlib.util.find_spec("tests") is None:
        return 0, 0
    from tests.fetch.faults import FAULTS
    from tests.fetch.test_faults import test_a_fault_ends_in_one_clear_line_or_in_the_page as survives

    return len(FAULTS), sum(is_without_error(lambda fault=fault: survives(fault)) for fault in FAULTS)  # type: ignore[misc]


def is_without_error(work: Callable[[], object]) -> bool:
    try:
        work()
    except AssertionError:
        return False
    return True


def table(figures: Figures) -> str:
    lines = [
        f"{figures.sources} sources on {figures.hosts} hosts, {figures.requests} requests in {figures.seconds:.1f} s",
        f"most requests open at once to a host   {figures.most_at_once:8d}",
        f"smallest gap between two of them       {figures.smallest_gap:8.1f} ms (asked for: {figures.delay:.0f} ms)",
        f"requests of an unchanged second run    {figures.again:8d}    ({figures.again_conditional} conditional)",
        f"CPU of a request's fetch alone         {figures.cpu_fetch:8.2f} ms",
        f"CPU of all a refresh does, a request   {figures.cpu_refresh:8.2f} ms",
    ]
    if figures.faults:
        lines.append(f"faults tried / survived                {figures.faults:8d} / {figures.survived}")
    return "\n".join(lines)


def settings_for(folder: Path, port: int, sources: int, hosts: int, delay: float) -> Settings:
    """The hosts take turns in the list of sources, so that all of them are read from the start."""
    urls = {f"s{number}": f"http://127.0.0.{number % hosts + 1}:{port}/s{number}/" for number in range(sources)}
    text = {
        "allow_private": ["127.0.0.0/8"],
        "allow_ports": [port],
        "defaults": {"follow": "metadata", "items": ".card", "fields": {"title": "h2"}},
        "sources": urls,
    }
    file = folder / "sources.yaml"
    file.write_text(json.dumps(text), "utf-8")  # JSON is YAML
    settings = load_settings(file)
    return replace(settings, sources=tuple(replace(s, delay=timedelta(seconds=delay)) for s in settings.sources))


if __name__ == "__main__":
    main()
