"""``feedmaker run`` as a process of its own, stopped by signals."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pytest

from tests.town import Answer, Site

IMPATIENT = str(Path(__file__).parents[1] / "impatient.py")
CHANGED = '"result": "changed", "entries": 1'


class Program(subprocess.Popen[str]):
    """A process that does not outlive a test that fails; without this the test would wait for it for good."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error:
            self.kill()
        super().__exit__(kind, error, trace)


def start(config: Path, *options: str, command: str = "run", program: Sequence[str] = ("-m", "feedmaker")) -> Program:
    line = [sys.executable, *program, "--config", str(config), command, *options]
    return Program(line, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stderr
    watchdog = threading.Timer(60, process.kill)  # a process that keeps silent has failed
    watchdog.start()
    try:
        for line in process.stderr:
            if words in line:
                return line
    finally:
        watchdog.cancel()
    raise AssertionError(f"the process ended without saying {words!r}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_run_refreshes_and_ends_on_a_signal(site: Site, config: Path, number: signal.Signals) -> None:
    site.lists("a")
    with start(config) as process:
        assert CHANGED in read_until(process, '"town"')
        process.send_signal(number)
        assert process.wait(10) == 0
    names = {path.name for path in (config.parent / "feeds").iterdir()}
    assert {"town.rss", "town.atom", "town.json", "index.html", "feeds.opml"} <= names
    assert not [name for name in names if "tmp" in name]


def test_run_ends_while_a_site_keeps_silent_with_nothing_half_written(site: Site, config: Path) -> None:
    site.lists("a", "b")
    release = threading.Event()
    site.answers["/news/b"] = Answer("too late", hold=release)
    try:
        with start(config) as process:
            site.wait_for("/news/b")
            process.send_signal(signal.SIGTERM)
            assert process.wait(10) == 0
    finally:
        release.set()
    assert not [path.name for path in (config.parent / "feeds").iterdir() if path.name.startswith("town")]


def test_a_build_that_is_interrupted_says_so_and_exits_130_with_nothing_half_written(site: Site, config: Path) -> None:
    site.lists("a", "b")
    release = threading.Event()
    site.answers["/news/b"] = Answer("too late", hold=release)
    try:
        with start(config, command="build") as process:
            site.wait_for("/news/b")
            process.send_signal(signal.SIGINT)
            assert "nothing is left half written" in read_until(process, "stopped by Ctrl-C")
            assert process.wait(10) == 130
    finally:
        release.set()
    assert not [path.name for path in (config.parent / "feeds").iterdir() if path.name.startswith("town")]


def test_a_second_run_on_the_same_state_exits_4(site: Site, config: Path) -> None:
    site.lists("a")
    with start(config) as first:
        read_until(first, '"town"')
        with start(config) as second:
            assert second.wait(10) == 4
        first.send_signal(signal.SIGTERM)
        assert first.wait(10) == 0


def test_run_takes_over_settings_that_change_and_refuses_those_with_faults(site: Site, config: Path) -> None:
    """A source is added; a file that is only half written changes nothing; SIGHUP has the mended one read at once."""
    site.lists("a")
    for name in ("sport", "arts"):
        site.answers[f"/{name}/"] = site.answers["/news/"]
    before = config.read_text()
    with start(config) as process:
        assert CHANGED in read_until(process, '"town"')
        added = before + f"  sport:\n    url: {site.url}/sport/\n    items: .card\n"
        config.write_text(added)
        assert CHANGED in read_until(process, '"sport"')
        config.write_text(added + "  arts:\n    url: [")
        refusal = read_until(process, "refused")
        assert "those from before go on" in refusal
        assert re.search(r"sources\.yaml:\d+.*Not valid YAML", refusal)
        config.write_text(added + f"  arts:\n    url: {site.url}/arts/\n    items: .card\n")
        process.send_signal(signal.SIGHUP)
        assert CHANGED in read_until(process, '"arts"')
        config.write_text(added.replace("output: ./feeds", "output: ./elsewhere"))
        read_until(process, '"town"')
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert (config.parent / "elsewhere" / "town.rss").exists()
    assert "arts.rss" not in (config.parent / "elsewhere" / "feeds.opml").read_text()
    assert "sport.rss" in (config.parent / "elsewhere" / "feeds.opml").read_text()


def asked(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_run_tells_whoever_watches_how_it_is(site: Site, config: Path) -> None:
    site.lists("a", "b")
    with start(config, "--listen", "127.0.0.1:0", "--metrics-by-source") as process:
        listening = json.loads(read_until(process, '"listening"'))
        line = json.loads(read_until(process, '"refresh"'))
        status, body = asked(listening["healthz"])
        assert (status, json.loads(body)["ok"]) == (200, True)
        status, body = asked(listening["metrics"])
        assert status == 200
        assert 'feedmaker_refreshes_total{result="changed"} 1.0' in body
        assert 'feedmaker_source_entries{source="town"} 2.0' in body
        assert f"feedmaker_received_bytes_total {float(line['bytes'])}" in body
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def test_a_process_that_is_stopped_altogether_is_not_well_when_it_goes_on(site: Site, config: Path) -> None:
    """A loop that hangs cannot be had from outside; here its thread is made to wait for a lock that is never given."""
    site.lists("a")
    script = (
        "import sys, threading\n"
        "from feedmaker.schedule.agenda import Agenda\n"
        "from feedmaker.web import vitals\n"
        "vitals.HANGING = 1.5\n"
        "Agenda.take_due = lambda *_: threading.Event().wait()\n"
        "from feedmaker.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", script, "--config", str(config), "run", "--listen", "127.0.0.1:0"]
    with Program(command, stderr=subprocess.PIPE, text=True) as process:
        address = json.loads(read_until(process, '"listening"'))["healthz"]
        for _ in range(300):
            status, body = asked(address)
            if status == 503:
                break
            threading.Event().wait(0.1)
        assert status == 503
        assert "the loop has not come round" in json.loads(body)["fault"]
        process.kill()


def test_a_port_that_is_taken_or_none_at_all_exits_2(config: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        start(config, "--listen", f"127.0.0.1:{taken.getsockname()[1]}") as process,
    ):
        assert "choose another --listen" in read_until(process, "nobody can listen")
        assert process.wait(10) == 2
    with start(config, "--listen", "9090") as process:
        assert "such as 127.0.0.1:9090" in read_until(process, "expected a host and a port")
        assert process.wait(10) == 2


def test_alerts_and_the_feed_of_problems_follow_settings_that_change(site: Site, config: Path) -> None:
    site.answers["/hook"] = Answer("ok")
    text = config.read_text()
    with start(config, program=[IMPATIENT]) as process:
        read_until(process, '"failed"')
        config.write_text(f"status_feed: true\nalerts: {{after: 1, webhook: {site.url}/hook}}\n{text}    every: 1s\n")
        process.send_signal(signal.SIGHUP)
        read_until(process, "changed settings are in use")
        site.wait_for("/hook", 60)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    told = json.loads(next(each.body for each in site.heard if each.path == "/hook"))
    assert [each["source"] for each in told["broken"]] == ["town"]


def test_settings_whose_output_cannot_be_used_are_refused_and_a_changed_state_waits(
    site: Site, config: Path, tmp_path: Path
) -> None:
    site.lists("a")
    site.answers["/sport/"] = site.answers["/news/"]
    (tmp_path / "file").touch()
    before = config.read_text()
    with start(config) as process:
        read_until(process, "town")
        config.write_text(before.replace("output: ./feeds", "output: ./file/feeds"))
        assert "those from before go on" in read_until(process, "cannot be used")
        config.write_text(before + f"  sport:\n    url: {site.url}/sport/\n    items: .card\nstate: other.db\n")
        assert "at the next start" in read_until(process, "a changed `state`")
        read_until(process, "sport")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert not (tmp_path / "other.db").exists()
    assert (tmp_path / "feeds" / "sport.rss").exists()
