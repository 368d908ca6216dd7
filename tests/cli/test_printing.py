"""What happens to what is printed when nobody reads it, or there is no room for it; and usage that is nearly right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from tests.cli.conftest import Feedmaker

FULL = Path("/dev/full")


def called(config: Path, *arguments: str, stdout: IO[bytes] | int) -> subprocess.CompletedProcess[bytes]:
    """The program as a process of its own, its output buffered as that of every program is."""
    command = [sys.executable, "-m", "feedmaker", "--config", str(config), *arguments]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    return subprocess.run(command, stdout=stdout, stderr=subprocess.PIPE, env=environment, timeout=60, check=False)


@pytest.mark.parametrize("command", [("status",), ("status", "--json"), ("--help",)])
def test_a_reader_who_has_seen_enough_is_no_failed_source(command: tuple[str, ...], config: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as nobody:
        done = called(config, *command, stdout=nobody)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("command", [("status",), ("check", "--json"), ("--help",), ("--version",), ("run", "--help")])
def test_output_for_which_there_is_no_room_exits_3_with_the_reason(command: tuple[str, ...], config: Path) -> None:
    with FULL.open("wb") as full:
        done = called(config, *command, stdout=full)
    message = b"feedmaker: what it prints cannot be written (No space left on device); make room there\n"
    assert (done.returncode, done.stderr) == (3, message)


def test_closed_streams_end_nothing(config: Path) -> None:
    script = f'exec "{sys.executable}" -m feedmaker --config "{config}" check >&- 2>&-'
    assert subprocess.run(["sh", "-c", script], timeout=60, check=False).returncode == 0


def test_an_option_behind_the_command_that_belongs_before_it_is_told_where(feedmaker: Feedmaker) -> None:
    result = feedmaker("build", "--config", "sources.yaml")
    assert result.exit_code == 2
    assert "No such option '--config'. It stands before the command: " in result.stderr
    assert "stands before" not in feedmaker("build", "--colour").stderr


def test_a_settings_file_that_is_not_there_is_no_fault_in_it(feedmaker: Feedmaker, config: Path) -> None:
    config.rename(config.with_name("source.yaml"))
    result = feedmaker("status")
    expected = f"feedmaker: {config}: There is no such file. Did you mean {config.with_name('source.yaml')}?\n"
    assert (result.exit_code, result.stderr) == (2, expected)
