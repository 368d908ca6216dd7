"""``feedmaker serve`` as a program of its own, and what it says when it cannot serve."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from click.testing import Result

Feedmaker = Callable[..., Result]


@contextmanager
def serving(config: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str, int]]:
    """The program and the host and port at which it says that it serves."""
    command = [sys.executable, "-m", "feedmaker", "--config", str(config), "serve", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as program:
        try:
            assert program.stderr
            line = program.stderr.readline()
            found = re.search(r"at http://(\S+):(\d+)/; stop with Ctrl-C", line)
            assert found, line
            yield program, found[1].strip("[]"), int(found[2])
        finally:
            program.kill()


def status(host: str, port: int, path: str) -> int:
    connection = HTTPConnection(host, port, timeout=20)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_on_this_machine_alone_until_a_signal(
    config: Path, site: object, feedmaker: Feedmaker, number: signal.Signals
) -> None:
    folder = config.parent / "feeds"
    with serving(config, "--port", "0") as (program, host, port):
        assert host == "127.0.0.1"
        assert status(host, port, "/town.rss") == 404
        folder.mkdir()
        (folder / "town.rss").write_text("<rss/>")
        assert status(host, port, "/town.rss") == 200
        program.send_signal(number)
        assert program.wait(20) == 0
        assert program.stderr
        assert program.stderr.read() == "Stopped.\n"


def test_it_can_be_told_another_address(config: Path) -> None:
    with serving(config, "--host", "::1", "--port", "0") as (_, host, port):
        assert host == "::1"
        assert status(host, port, "/") == 404


def test_a_port_that_is_taken_is_an_error_that_says_what_to_do(feedmaker: Feedmaker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = feedmaker("serve", "--port", str(port))
    assert result.exit_code == 2
    assert f"nothing can be served at 127.0.0.1, port {port} (Address already in use);" in result.stderr
    assert "choose another with --host and --port" in result.stderr


def test_a_host_that_is_none_is_an_error(feedmaker: Feedmaker) -> None:
    result = feedmaker("serve", "--host", "no host")
    assert result.exit_code == 2
    assert "nothing can be served at no host, port 8000" in result.stderr


@pytest.mark.parametrize("missing", ["uvicorn", "starlette"])
def test_a_missing_extra_is_an_error_with_the_command_that_installs_it(
    feedmaker: Feedmaker, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    for name in [name for name in sys.modules if name.startswith("feedmaker.web")]:
        monkeypatch.delitem(sys.modules, name)
    for name in [name for name in sys.modules if name.startswith(f"{missing}.")]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setitem(sys.modules, missing, None)
    result = feedmaker("serve")
    assert result.exit_code == 2
    assert "is not installed: pip install 'feedmaker[web]'" in result.stderr


def test_settings_that_cannot_be_read_are_an_error(feedmaker: Feedmaker, config: Path) -> None:
    config.write_text("output: [")
    assert feedmaker("serve").exit_code == 2


DOCS = (Path(__file__).parents[2] / "docs" / "serving.md").read_text("utf-8")


@pytest.mark.parametrize("block", re.findall(r"(?s)```yaml\n(.+?)```", DOCS))
def test_the_settings_that_the_docs_show_are_valid(feedmaker: Feedmaker, config: Path, block: str) -> None:
    config.write_text(block)
    result = feedmaker("check")
    assert result.exit_code == 0, result.stderr


def test_a_bucket_serves_its_feeds_itself(feedmaker: Feedmaker, config: Path) -> None:
    config.write_text("output: s3://feeds\nsources: {news: https://example.org/}\n")
    result = feedmaker("serve")
    assert result.exit_code == 2
    assert "feeds are in s3://feeds, which serves them itself" in result.stderr
