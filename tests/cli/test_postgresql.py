"""The whole program on a state in PostgreSQL."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from feedmaker.model import Database
from tests.cli.conftest import Feedmaker
from tests.cli.test_run import read_until, start
from tests.town import Site


@pytest.fixture
def on_server(config: Path, database: Database, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings, with the state on the server; its address stands in the environment."""
    monkeypatch.setenv("NEWS_DATABASE", database.url)
    config.write_text("state: ${NEWS_DATABASE}\n" + config.read_text())
    return config


def test_build_run_and_status_work_on_a_server(site: Site, on_server: Path, feedmaker: Feedmaker) -> None:
    site.lists("a", "b")
    assert feedmaker("build").exit_code == 0
    before = (on_server.parent / "feeds" / "town.json").read_bytes()
    assert feedmaker("build").exit_code == 0
    assert (on_server.parent / "feeds" / "town.json").read_bytes() == before
    with start(on_server) as process:
        read_until(process, "keeping feeds fresh")
        assert feedmaker("build").exit_code == 4, "another instance works on the same state"
        (row,) = json.loads(feedmaker("status", "--json").output)
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    assert (row["source"], row["entries"], row["failures"]) == ("town", 2, 0)
    assert not list(on_server.parent.glob("*.db*"))


def test_a_server_that_cannot_be_reached_ends_with_exit_3_and_one_clear_line(
    config: Path, feedmaker: Feedmaker
) -> None:
    config.write_text("state: postgresql://news:s3cret@127.0.0.1:9/news\n" + config.read_text())
    done = feedmaker("build")
    assert done.exit_code == 3
    assert "postgresql://127.0.0.1:9/news: the state cannot be used" in done.output
    assert "s3cret" not in done.output
