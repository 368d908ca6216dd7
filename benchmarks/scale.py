"""What it takes to keep many sources fresh, and how late they are, as `feedmaker run` does it.

    python -m benchmarks.scale [--sources N] [--hosts N] [--seconds N] [--speed N] [--json]

A server on loopback shows sections whose entries come by a clock that runs faster than others; sources are adaptive
and read the list alone. All of them are read once, at times spread over ten minutes. Then the loop runs for some
minutes in a process of its own, overview and state included, by the server's clock. Lateness is counted from when a
source is due to when its refresh begins, in seconds of that clock. The same number of fetches by themselves, in another
process, is what its CPU is compared with.
"""

from __future__ import annotations

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Timer
from typing import Any

import click

from benchmarks.end_to_end import free_port, served
from benchmarks.newsroom import Clock
from benchmarks.processes import cpu as cpu_of
from benchmarks.processes import pss, tree
from feedmaker.fetch import Web
from feedmaker.model import Outcome, Result, Source
from feedmaker.reading import Apart
from feedmaker.refresh import open_services, refresh_source
from feedmaker.schedule.keeper import Keeper
from feedmaker.schedule.loop import Hooks, Loop, Pulse
from feedmaker.settings import FileWatch, Settings, load_settings

WARM_UP = timedelta(minutes=10)  # in which no source becomes due again
IDLE_TICKS = 500
DELAYED = 10.0  # by how much delays are shorter; the same in all parts, for changed settings make sources due
TICK = 1.0  # seconds of the faster clock

OnTick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """What the loop needed: MiB, seconds, CPU in milliseconds. ``lateness`` has its 50th and 99th percentile."""

    start: float
    start_cpu: float
    idle_tick: float
    memory: float
    refreshes: int
    changed: int
    failed: int
    seconds: float
    cpu: float
    lateness: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What the fetches alone needed."""

    fetches: int
    memory: float
    cpu: float


@click.group(help=__doc__, invoke_without_command=True)
@click.option("--sources", default=10_000, show_default=True)
@click.option("--hosts", default=500, show_default=True)
@click.option("--seconds", default=300.0, show_default=True)
@click.option("--speed", default=10.0, show_default=True, help="How many times as fast the clock runs.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def main(context: click.Context, sources: int, hosts: int, seconds: float, speed: float, as_json: bool) -> None:
    if context.invoked_subcommand:
        return
    port, epoch = free_port(), time.time()
    standing = Clock(epoch, 0.0, time.monotonic())  # until the loop begins, so that nothing is late by then
    with TemporaryDirectory() as folder:
        config = write_settings(Path(folder), port, sources, hosts)
        with shown(port, hosts, standing):
            child("warm-up", config, standing)
        clock = Clock(epoch, speed, time.monotonic())
        with shown(port, hosts, clock):
            kept = Kept(**child("keep", config, clock, str(seconds), str(time.monotonic())))
            fetched = Fetched(**child("fetch", config, clock, str(kept.refreshes)))
        status = status_seconds(config)
    figures = {"kept": asdict(kept), "fetched": asdict(fetched), "status": status}
    print(json.dumps(figures) if as_json else table(sources, kept, fetched, status))


def shown(port: int, hosts: int, clock: Clock) -> AbstractContextManager[None]:
    """The server, by a clock."""
    numbers = (port, hosts, clock.epoch, clock.speed, clock.started)
    return served(["-m", "benchmarks.newsroom", *map(str, numbers)], port)


def write_settings(folder: Path, port: int, sources: int, hosts: int) -> Path:
    """Settings with a source for each section, on hosts that take turns."""
    path = folder / "sources.yaml"
    lines = ["allow_private: [127.0.0.0/8]", f"allow_ports: [{port}]", "defaults: {follow: none, keep: 50}", "sources:"]
    for number in range(sources):
        host = f"127.0.{number % hosts // 250}.{number % hosts % 250 + 1}"
        lines.append(f"  section-{number}: http://{host}:{port}/s{number}/")
    path.write_text("\n".join(lines) + "\n")
    return path


def child(command: str, config: Path, clock: Clock, *arguments: str) -> dict[str, Any]:
    """Run a part of this module in a process of its own; what it prints last."""
    given = [command, str(config), *map(str, (clock.epoch, clock.speed, clock.started)), *arguments]
    # Not by -m: the processes that read pages import what is the main module, and the program's own is a few lines.
    start = "from benchmarks.scale import main; main()"
    done = subprocess.run([sys.executable, "-c", start, *given], stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def status_seconds(config: Path) -> float:
    """How long `feedmaker status` takes, its start included."""
    begun = time.monotonic()
    command = [sys.executable, "-m", "feedmaker", "--config", str(config), "status"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - begun


def settings_of(config: Path) -> Settings:
    """The settings, with shorter delays."""
    settings = load_settings(config)
    return replace(settings, sources=tuple(replace(each, delay=each.delay / DELAYED) for each in settings.sources))


@main.command()
@click.argument("config", type=Path)
@click.argument("clock", type=float, nargs=3)
def warm_up(config: Path, clock: tuple[float, float, float]) -> None:
    """Read every source once, at some time of the ten minutes before, and put all of them on the agenda."""
    now = Clock(*clock)
    settings = settings_of(config)
    chance = random.Random(1)
    with open_services(settings) as (services, _web), ThreadPoolExecutor(settings.fetch.hosts_at_once) as pool:

        def read(source: Source, ago: timedelta) -> Outcome:
            return refresh_source(source, replace(services, now=lambda: now() - ago))

        ages = [chance.random() * WARM_UP for _ in settings.sources]
        outcomes = list(pool.map(read, settings.sources, ages))
        keeper = keeper_of(config, settings, services, now, lambda _: None)
        stop = Event()
        stop.set()
        keeper.run(stop)
    print(json.dumps({result: sum(each.result is result for each in outcomes) for result in Result}))


def keeper_of(
    config: Path, settings: Settings, services: Any, now: Clock, report: Callable[[Outcome], None], *on_tick: OnTick
) -> Keeper:
    services, watch = replace(services, now=now), FileWatch(config)
    reader = services.reader if isinstance(services.reader, Apart) else Apart(settings.fetch.deadline)
    load, reports = (lambda: settings), (report,)
    return Keeper(settings, services, services.web, reader, watch=watch, load=load, reports=reports, on_tick=on_tick)


class Heard:
    """What refreshes have come to, and how late they began; what became due before the loop did counts from then on."""

    def __init__(self, now: Clock) -> None:
        self.began = now()
        self.results: list[Result] = []
        self._now = now
        self._lateness: list[float] = []

    def note(self, outcome: Outcome) -> None:
        self.results.append(outcome.result)
        self._lateness.append(min(outcome.late, (self._now() - self.began).total_seconds()))

    def percentiles(self) -> tuple[float, float]:
        """The 50th and the 99th of the lateness, in seconds."""
        late = sorted(self._lateness) or [0.0]
        return statistics.median(late), late[int(len(late) * 0.99)]


@main.command()
@click.argument("config", type=Path)
@click.argument("clock", type=float, nargs=3)
@click.argument("seconds", type=float)
@click.argument("begun", type=float)
def keep(config: Path, clock: tuple[float, float, float], seconds: float, begun: float) -> None:
    """Run the loop for so many seconds; ``begun`` is when this process was started, by the monotonic clock."""
    now = Clock(*clock)
    settings = settings_of(config)
    heard = Heard(now)
    started: list[tuple[float, float]] = []

    def tick() -> None:
        if not started:
            started.append((time.monotonic() - begun, time.process_time()))

    with Apart(settings.fetch.deadline) as reader, open_services(settings, reader=reader) as (services, _web):
        keeper = keeper_of(config, settings, services, now, heard.note, tick)
        stop = Event()
        Timer(seconds, stop.set).start()
        before, heard.began = time.process_time(), now()
        keeper.run(stop, Pulse(now, now.monotonic, timedelta(seconds=TICK / now.speed)))
        readers = tree(os.getpid())[1:]
        cpu = time.process_time() - before + sum(map(cpu_of, readers))
        memory = peak() + sum(map(pss, readers))
        idle = idle_tick(services.store, now)
    kept = Kept(
        start=started[0][0],
        start_cpu=started[0][1],
        idle_tick=idle,
        memory=memory,
        refreshes=len(heard.results),
        changed=heard.results.count(Result.CHANGED),
        failed=heard.results.count(Result.FAILED),
        seconds=seconds,
        cpu=1000 * cpu,
        lateness=heard.percentiles(),
    )
    print(json.dumps(asdict(kept)))


def idle_tick(store: Any, now: Clock) -> float:
    """Milliseconds of a tick at which nothing is due: the clock stands at a time before that."""
    long_ago = now() - timedelta(days=365)
    loop = Loop(store, Hooks(no_refresh), stop=Event(), pulse=Pulse(clock=lambda: long_ago))
    loop.tick()
    begun = time.monotonic()
    for _ in range(IDLE_TICKS):
        loop.tick()
    return 1000 * (time.monotonic() - begun) / IDLE_TICKS


def no_refresh(source: Source, _alive: Callable[[], None]) -> Outcome:
    raise AssertionError(f"{source.name} was not to be refreshed")


@main.command()
@click.argument("config", type=Path)
@click.argument("_clock", type=float, nargs=3)
@click.argument("count", type=int)
def fetch(config: Path, _clock: tuple[float, float, float], count: int) -> None:
    """Fetch as many pages, without anything else."""
    settings = settings_of(config)
    with Web(settings.fetch) as web, ThreadPoolExecutor(settings.fetch.hosts_at_once) as pool:
        before = time.process_time()
        wanted = islice(cycle(settings.sources), count)
        list(pool.map(lambda source: web.fetch(source.url, delay=source.delay), wanted))
        cpu = time.process_time() - before
    print(json.dumps(asdict(Fetched(count, peak(), 1000 * cpu))))


def peak() -> float:
    """The most memory that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def table(sources: int, kept: Kept, fetched: Fetched, status: float) -> str:
    a_refresh, a_fetch = kept.cpu / max(1, kept.refreshes), fetched.cpu / max(1, fetched.fetches)
    rows = [
        (f"{sources} sources, {kept.seconds:.0f} s", "figure"),
        ("start, until the first tick (wanted: 3 s)", f"{kept.start:.1f} s"),
        ("its CPU", f"{kept.start_cpu:.1f} s"),
        ("a tick at which nothing is due (wanted: 5 ms)", f"{kept.idle_tick:.2f} ms"),
        ("memory, with the processes that read pages (wanted: 300 MiB)", f"{kept.memory:.0f} MiB"),
        ("refreshes, of which changed / failed", f"{kept.refreshes}, {kept.changed} / {kept.failed}"),
        ("refreshes a second", f"{kept.refreshes / kept.seconds:.1f}"),
        ("lateness p50 / p99", f"{kept.lateness[0]:.1f} s / {kept.lateness[1]:.1f} s"),
        ("CPU of a refresh", f"{a_refresh:.2f} ms"),
        ("CPU of a fetch by itself", f"{a_fetch:.2f} ms"),
        ("ratio", f"{a_refresh / a_fetch:.2f}" if a_fetch else "-"),
        ("memory of the fetches by themselves", f"{fetched.memory:.0f} MiB"),
        ("feedmaker status", f"{status:.1f} s"),
    ]
    return "\n".join(f"{name:<50} {value:>16}" for name, value in rows)


if __name__ == "__main__":
    main()
