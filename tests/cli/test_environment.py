"""The environment that commands hand to the settings, and what they show of what comes from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Feedmaker
from tests.town import Site

HEADERS = '    headers: {X-Key: "${TOWN_KEY}"}\n    auth: {user: me, password: "${TOWN_KEY}"}\n'


def test_a_variable_of_the_environment_reaches_the_site(
    site: Site, feedmaker: Feedmaker, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.lists("a")
    config.write_text(config.read_text() + HEADERS)
    monkeypatch.setenv("TOWN_KEY", "hidden-key")
    assert feedmaker("build").exit_code == 0
    assert {each.headers["X-Key"] for each in site.heard} == {"hidden-key"}
    for command in (["check", "--json"], ["status", "--json"], ["preview", "town", "--json"]):
        assert "hidden-key" not in feedmaker(*command).output


def test_a_variable_that_is_not_set_is_a_fault_of_the_settings(feedmaker: Feedmaker, config: Path) -> None:
    config.write_text(config.read_text() + HEADERS)
    result = feedmaker("check")
    assert result.exit_code == 2
    assert "sources.town.headers.X-Key: The environment variable TOWN_KEY is not set." in result.stderr
