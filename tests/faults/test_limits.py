"""The machine gives no more handles, no more memory, no more threads; no time zones; thousands of faults at once."""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.conftest import Town
from tests.faults.running import Clock, Place, Run, needs_clock, needs_root
from tests.town import Site

GIB = 1024**3


def bounded(kind: int, most: int) -> None:
    resource.setrlimit(kind, (most, most))


def crowd(site: Site, place: Place, number: int = 40) -> None:
    """Sources on as many addresses of loopback, each a host of its own."""
    port = site.url.rpartition(":")[2]
    for n in range(number):
        place.sources[f"crowd-{n:04}"] = {"url": f"http://127.0.1.{n % 250 + 1}:{port}/news/", "follow": "none"}
    place.write()


@pytest.mark.fault("file handles exhausted (ulimit -n 64)")
def test_with_64_handles_sources_fail_or_wait_and_nothing_is_lost(site: Site, place: Place, clock: Clock) -> None:
    crowd(site, place)
    place.top["hosts_at_once"] = 64
    place.write()
    limit = lambda: bounded(resource.RLIMIT_NOFILE, 64)  # noqa: E731
    with Run(place.config, environment=clock.environment, before=limit) as run:
        for name in place.sources:
            run.refreshed(name)
        assert run.process.poll() is None
        mark = run.mark
        clock.forward(hours=3)
        run.refreshed("town", entries=2)
        run.refreshed("crowd-0001", after=mark)
        run.stop()
    whole = [name for name, entries in place.at_rest().entries.items() if len(entries) == 2]
    assert len(whole) >= len(place.sources) / 2, "\n".join(run.lines)


@needs_clock
@pytest.mark.fault("memory limited (ulimit -v)")
def test_with_little_memory_a_page_that_needs_much_fails_alone(site: Site, place: Place, town: Town) -> None:
    (place.folder / "own_town.py").write_text("def entries(page):\n    return [bytes(3 * 1024**3)]\n")
    place.sources["greedy"] = {"url": f"{site.url}/news/", "site": "own_town:entries"}
    place.write()
    limit = lambda: bounded(resource.RLIMIT_AS, 2 * GIB)  # noqa: E731
    with town.run(before=limit) as run:
        run.refreshed("greedy", "MemoryError")
        mark = town.news(run)
        run.refreshed("town", entries=3, after=mark)
        run.stop()
    assert town.kept_at_rest() == 3


@pytest.fixture
def few_tasks() -> Iterator[Path]:
    """A control group that has no more than 30 threads, those of all its processes taken together."""
    roots = (Path("/sys/fs/cgroup/pids"), Path("/sys/fs/cgroup"))
    group = next(root for root in roots if root.exists()) / f"feedmaker-test-{os.getpid()}"
    try:
        group.mkdir()
        (group / "pids.max").write_text("30")
    except OSError as error:
        pytest.skip(f"no control group can be made here: {error}")
    yield group
    group.rmdir()


@needs_root
@needs_clock
@pytest.mark.fault("thread start refused")
def test_where_the_machine_starts_no_more_threads_those_that_there_are_go_on(
    site: Site, place: Place, clock: Clock, few_tasks: Path
) -> None:
    crowd(site, place, 60)
    place.top["hosts_at_once"] = 60
    place.write()

    def limit() -> None:
        (few_tasks / "cgroup.procs").write_text(str(os.getpid()))

    with Run(place.config, environment=clock.environment, before=limit) as run:
        for name in place.sources:
            run.refreshed(name)
        assert run.said("a thread more cannot be started")
        mark = run.mark
        clock.forward(hours=3)
        run.refreshed("town", after=mark)
        run.stop(traces=2)  # of Python's own process that starts others, when it is refused one
    assert len([name for name, entries in place.at_rest().entries.items() if len(entries) == 2]) > 30


@pytest.mark.fault("time zone data missing")
def test_without_the_systems_zones_those_of_tzdata_are_used(site: Site, place: Place) -> None:
    site.answers["/other/"] = site.answers["/news/"]
    place.sources["town"]["timezone"] = "America/New_York"
    place.sources["night"] = {"url": f"{site.url}/other/", "cron": "30 2 * * *", "timezone": "Europe/Berlin"}
    place.write()
    with Run(place.config, environment={"PYTHONTZPATH": "", "TZ": "Nowhere/None"}) as run:
        run.refreshed("town", entries=2)
        run.refreshed("night", entries=2)
        run.stop()
    place.at_rest()


@needs_clock
@pytest.mark.fault("1,000 sources failing at once")
@pytest.mark.parametrize("number", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_many_sources_that_fail_at_once_cost_a_healthy_one_nothing(
    number: int, site: Site, place: Place, town: Town
) -> None:
    port = int(site.url.rpartition(":")[2])
    closed = {f"bad-{n:04}": {"url": f"http://127.0.{n // 200 + 2}.{n % 200 + 1}:1/"} for n in range(number)}
    place.sources.update({name: dict(source) for name, source in closed.items()})
    place.top["allow_ports"] = [1, port]
    place.write()
    with town.run() as run:
        for name in closed:
            run.refreshed(name, "failed", seconds=300)
        mark = town.news(run)
        run.refreshed("town", entries=3, after=mark)
        run.stop()
    assert town.kept_at_rest() == 3
    for name in list(closed)[:10]:
        assert len(run.said(f'"{name}"', "refused")) <= 2


@needs_clock
@pytest.mark.fault("1,000 settings faults at once")
def test_a_thousand_faults_in_changed_settings_are_refused_in_a_line_each_and_the_old_go_on(
    site: Site, place: Place, town: Town
) -> None:
    with town.run() as run:
        good = place.config.read_text()
        place.sources |= {f"wrong-{n}": {"url": f"{site.url}/", "keeep": n} for n in range(1000)}
        mark = run.mark
        place.write()
        line = run.wait_for("settings are refused", after=mark)
        assert "1000 faults" in line or line.count("keeep") >= 1 or len(run.said("keeep", after=mark)) >= 1
        mark = town.news(run)
        run.refreshed("town", entries=3, after=mark)
        place.config.write_text(good)
        run.stop()
    assert town.kept_at_rest() == 3


@needs_clock
@pytest.mark.fault("a settings file half written")
def test_settings_that_are_half_written_are_refused_and_the_whole_ones_taken_over(
    site: Site, place: Place, town: Town
) -> None:
    with town.run() as run:
        site.lists("c", "a", "b")
        site.answers["/other/"] = site.answers["/news/"]
        place.sources["second"] = {"url": f"{site.url}/other/"}
        whole = place.write().read_text()
        Path(place.config).write_text(whole[: len(whole) * 2 // 3])
        mark = run.mark
        run.wait_for("settings are refused", after=mark)
        town.news(run)
        run.refreshed("town", entries=3, after=mark)
        place.config.write_text(whole)
        run.refreshed("second", entries=3, after=mark)
        run.stop()
    assert town.kept_at_rest() == 3


@needs_root
@needs_clock
@pytest.mark.fault("DNS down for an hour, then back")
def test_names_that_cannot_be_resolved_for_an_hour_cause_no_stampede_when_they_can(
    site: Site, place: Place, clock: Clock
) -> None:
    """In a mount name space of its own: no name server answers, and the names come back by /etc/hosts."""
    port = site.url.rpartition(":")[2]
    names = [f"news{n}.test" for n in range(16)]
    hosts, servers = place.folder / "hosts", place.folder / "resolv.conf"
    hosts.write_text("127.0.0.1 localhost\n")
    servers.write_text("nameserver 127.0.0.1\noptions timeout:1 attempts:1\n")
    place.sources = {name.replace(".", "-"): {"url": f"http://{name}:{port}/news/", "follow": "none"} for name in names}
    place.top["hosts_at_once"] = 4
    place.write()
    inside = f'mount --bind {hosts} /etc/hosts && mount --bind {servers} /etc/resolv.conf && exec "$@"'
    through = ["unshare", "-m", "sh", "-c", inside, "sh"]
    with Run(place.config, environment=clock.environment, through=through) as run:
        for name in place.sources:
            run.refreshed(name, "failed")
        assert site.taken() == []
        for _ in range(6):
            mark = run.mark
            clock.forward(minutes=10)
            run.wait_for("jumped", after=mark)
        with hosts.open("a") as file:  # in place: it is the same file in the name space
            file.writelines(f"127.0.0.1 {name}\n" for name in names)
        mark = run.mark
        clock.forward(hours=1)
        for name in place.sources:
            run.refreshed(name, entries=2, after=mark)
        run.stop()
    assert len(place.at_rest().entries) == len(names)
    assert len(site.taken()) <= 2 * len(names), "missed runs make one"
