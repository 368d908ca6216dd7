"""The log: one line for each refresh, readable on a terminal and by programs, without a secret."""

from __future__ import annotations

import json
import logging
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from feedmaker.cli.logs import LogForm, configure, mask
from tests.cli.conftest import Feedmaker
from tests.town import Answer, Site

SECRET = "open-sesame"


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Leave logging as it was found."""
    root, own = logging.getLogger(), logging.getLogger("feedmaker")
    handlers, levels = list(root.handlers), (root.level, own.level)
    yield
    root.handlers = handlers
    root.setLevel(levels[0])
    own.setLevel(levels[1])
    structlog.reset_defaults()


def test_one_line_for_each_refresh_says_how_it_went(site: Site, feedmaker: Feedmaker) -> None:
    site.lists("a", "b")
    (line,) = map(json.loads, feedmaker("build").stderr.splitlines())
    assert list(line)[:3] == ["timestamp", "level", "event"]
    assert (line["level"], line["event"], line["source"], line["entries"]) == ("info", "refresh", "town", 2)
    bodies = [site.answers[path].body for path in ("/news/", "/news/a", "/news/b")]
    assert line["bytes"] == sum(len(body.encode()) for body in bodies)
    assert 0 < line["milliseconds"] < 60_000


def test_a_refresh_that_fails_is_a_warning_with_its_reason_and_stage(site: Site, feedmaker: Feedmaker) -> None:
    site.answers["/news/"] = Answer("no", status=503)
    (line,) = map(json.loads, feedmaker("build").stderr.splitlines())
    assert (line["level"], line["result"], line["problems"]) == ("warning", "failed", ["fetch"])
    assert "503" in line["error"]


def test_text_is_for_people(site: Site, feedmaker: Feedmaker) -> None:
    site.lists("a")
    (line,) = feedmaker("--log", "text", "build").stderr.splitlines()
    assert "refresh source=town result=changed entries=1" in line
    assert "\x1b" not in line


def test_a_terminal_gets_text_without_being_asked() -> None:
    controlling, terminal = pty.openpty()
    script = "import logging; from feedmaker.cli.logs import configure; configure(); logging.warning('%s!', 'hello')"
    subprocess.run([sys.executable, "-c", script], stderr=terminal, check=True, timeout=60)
    os.close(terminal)
    said = os.read(controlling, 1000).decode()
    os.close(controlling)
    assert "hello!" in said
    assert "{" not in said


def test_what_libraries_log_goes_the_same_way_and_secrets_go_nowhere(capsys: pytest.CaptureFixture[str]) -> None:
    mask.know([SECRET])
    configure(LogForm.JSON)
    logging.getLogger("urllib3").warning("retrying with %s", {"Authorization": f"Bearer {SECRET}"})
    try:
        raise ValueError(f"it was {SECRET}")
    except ValueError:
        logging.getLogger("feedmaker.refresh").exception("a bug")
    structlog.get_logger("feedmaker").warning(
        "own", values=[SECRET, {"deep": f"x{SECRET}"}], path=Path(SECRET), number=7
    )
    logging.getLogger("urllib3").info("too much")
    written = capsys.readouterr().err
    library, bug, own = map(json.loads, written.splitlines())
    assert library["event"] == "retrying with {'Authorization': 'Bearer ***'}"
    assert "ValueError: it was ***" in bug["exception"]
    assert (own["values"], own["path"], own["number"]) == (["***", {"deep": "x***"}], "***", 7)
    assert SECRET not in written


def test_the_secrets_of_settings_are_known(
    site: Site, feedmaker: Feedmaker, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOWN_KEY", "swordfish-17")
    script = "import sys; sys.exit(sys.argv[1])"
    text = f'on_change: ["{sys.executable}", "-c", "{script}", "swordfish-17"]\n{config.read_text()}'
    config.write_text(f'{text}    headers: {{X-Key: "${{TOWN_KEY}}"}}\n')
    site.lists("a")
    said = feedmaker("build").stderr
    assert "ended with status 1: ***" in said
    assert "swordfish" not in said


def test_a_log_that_cannot_be_written_ends_nothing(site: Site, config: Path) -> None:
    site.lists("a")
    command = [sys.executable, "-m", "feedmaker", "--config", str(config), "build"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stderr=full, stdout=subprocess.PIPE, check=False, timeout=60)
    assert done.returncode == 0
    assert (config.parent / "feeds" / "town.rss").exists()


def test_a_bug_is_logged_with_its_trace_and_without_secrets(site: Site, config: Path) -> None:
    config.write_text(f'{config.read_text()}    headers: {{X-Key: "${{TOWN_KEY}}"}}\n')
    script = (
        "import sys, threading\n"
        "import feedmaker.refresh\n"
        "from feedmaker.store import Store\n"
        "def fail(*_): raise TypeError('it was swordfish-17')\n"
        "Store.state = fail\n"
        "from feedmaker.cli import main\n"
        "main()\n"
    )
    command = [sys.executable, "-c", script, "--config", str(config), "build"]
    environment = {**os.environ, "TOWN_KEY": "swordfish-17"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, env=environment)
    assert done.returncode == 1
    (line,) = map(json.loads, done.stderr.splitlines())
    assert (line["level"], line["event"]) == ("critical", "a bug in Feedmaker")
    assert "TypeError: it was ***" in line["exception"]
    assert "swordfish" not in done.stderr


def test_verbose_shows_what_else_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    configure(LogForm.JSON)
    logging.getLogger("feedmaker.refresh.plugin").debug("a trace")
    assert capsys.readouterr().err == ""
    configure(LogForm.JSON, is_verbose=True)
    logging.getLogger("feedmaker.refresh.plugin").debug("a trace")
    assert json.loads(capsys.readouterr().err)["event"] == "a trace"
