"""``feedmaker run`` as a process of its own, stopped by signals."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.town import Answer, Site


def start(config: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "feedmaker", "--config", str(config), "run"]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)


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
        assert "changed, 1 entries" in read_until(process, "town:")
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


def test_a_second_run_on_the_same_state_exits_4(site: Site, config: Path) -> None:
    site.lists("a")
    with start(config) as first:
        read_until(first, "town:")
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
        assert "changed, 1 entries" in read_until(process, "town:")
        added = before + f"  sport:\n    url: {site.url}/sport/\n    items: .card\n"
        config.write_text(added)
        assert "changed, 1 entries" in read_until(process, "sport:")
        config.write_text(added + "  arts:\n    url: [")
        assert "those from before go on" in read_until(process, "refused")
        assert "sources.yaml:" in read_until(process, "Not valid YAML")
        config.write_text(added + f"  arts:\n    url: {site.url}/arts/\n    items: .card\n")
        process.send_signal(signal.SIGHUP)
        assert "changed, 1 entries" in read_until(process, "arts:")
        config.write_text(added.replace("output: ./feeds", "output: ./elsewhere"))
        read_until(process, "town:")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert (config.parent / "elsewhere" / "town.rss").exists()
    assert "arts.rss" not in (config.parent / "elsewhere" / "feeds.opml").read_text()
    assert "sport.rss" in (config.parent / "elsewhere" / "feeds.opml").read_text()
