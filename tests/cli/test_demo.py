"""``feedmaker demo`` as a person starts it, in a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest

from feedmaker.store import Store
from tests.cli.conftest import Feedmaker


def start(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "feedmaker", "demo", "--folder", str(folder), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def test_the_demo_makes_three_feeds_of_each_section_and_says_where(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    with start(folder) as process:
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert (folder / "feeds" / "index.html").as_uri() in said
    for name in ("harbour", "notices", "tides"):
        files = {ending: folder / "feeds" / f"{name}.{ending}" for ending in ("rss", "atom", "json")}
        assert all(str(file) in said for file in files.values())
        feeds = [feedparser.parse(files[ending].read_bytes()) for ending in ("rss", "atom")]
        assert not any(feed.bozo for feed in feeds)
        counts = {*(len(feed.entries) for feed in feeds), len(json.loads(files["json"].read_bytes())["items"])}
        assert len(counts) == 1
        assert min(counts) >= 8


def test_two_demos_at_once_are_served_at_two_ports(tmp_path: Path) -> None:
    with start(tmp_path / "one", "--stay") as first:
        assert first.stdout
        assert any("stays up" in line for line in first.stdout)
        with start(tmp_path / "two") as second:
            said, _ = second.communicate(timeout=60)
        assert second.returncode == 0, said
        first.send_signal(signal.SIGINT)
        assert first.wait(20) == 0


def test_a_demo_whose_feeds_another_instance_keeps_leaves_them_alone(tmp_path: Path, feedmaker: Feedmaker) -> None:
    (tmp_path / "sources.yaml").write_text("sources: {}")
    with Store.open(tmp_path / "feedmaker.db") as store:
        result = feedmaker("demo", "--folder", str(tmp_path))
        assert store.states() == {}
    assert result.exit_code == 4
    assert f"process {os.getpid()}" in result.stderr
    assert "--folder" in result.stderr
    assert (tmp_path / "sources.yaml").read_text() == "sources: {}"
    assert (tmp_path / "feedmaker.db").exists()


def test_a_folder_that_cannot_be_made_exits_3(tmp_path: Path, feedmaker: Feedmaker) -> None:
    (tmp_path / "file").write_text("in the way")
    result = feedmaker("demo", "--folder", str(tmp_path / "file" / "demo"))
    assert result.exit_code == 3
    assert "--folder" in result.stderr


@pytest.mark.parametrize("command", ["build", "run", "demo", "add", "preview", "detect", "extract", "check", "status"])
def test_every_command_explains_itself(feedmaker: Feedmaker, command: str) -> None:
    result = feedmaker(command, "--help")
    assert result.exit_code == 0
    assert result.stdout.count("\n") > 5
