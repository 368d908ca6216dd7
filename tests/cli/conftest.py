"""A settings file for the site on loopback, and the program called in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result

from feedmaker.cli import cli
from tests.town import HurriedClock, Site

Feedmaker = Callable[..., Result]


@pytest.fixture
def config(site: Site, tmp_path: Path) -> Path:
    """Settings with one source, ``town``."""
    path = tmp_path / "sources.yaml"
    path.write_text(
        f"""\
output: ./feeds
base_url: https://feeds.example/
allow_private: [127.0.0.0/8]
allow_ports: [{urlsplit(site.url).port}]
defaults: {{delay: 0s}}
sources:
  town:
    url: {site.url}/news/
    items: .card
    fields: {{title: h2 a}}
"""
    )
    return path


@pytest.fixture
def feedmaker(config: Path, monkeypatch: pytest.MonkeyPatch) -> Feedmaker:
    """Calls ``feedmaker --config CONFIG ARGUMENTS``, which waits for nothing between its requests."""
    monkeypatch.setattr("feedmaker.fetch.web.SystemClock", HurriedClock)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(cli, ["--config", str(config), *arguments], catch_exceptions=False)

    return call
