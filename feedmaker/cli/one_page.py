"""What the commands that look at a single address share."""

from __future__ import annotations

import os
from pathlib import Path

import click

from feedmaker.cli.logs import mask
from feedmaker.model import FetchPolicy, Page
from feedmaker.normalize.encoding import page_of
from feedmaker.settings.editing import settings_so_far

ADDRESSES = "addresses begin with https:// or http://"


def is_address(text: str) -> bool:
    """Whether a person means an address of the web rather than a name or a file."""
    return text.lower().startswith(("http://", "https://"))


def fetch_policy(config: Path) -> FetchPolicy:
    """How pages are asked for: as the settings say, which may have no source yet, or as without a settings file."""
    if not config.exists():
        return FetchPolicy()
    settings = settings_so_far(config, os.environ)
    mask.know(settings.secrets)
    return settings.fetch


def saved_page(text: str, url: str | None) -> Page:
    """The page in a file, as if it came from ``url``. Raises UsageError where there is no such file."""
    file = Path(text)
    if not file.is_file():
        raise click.UsageError(f"{text!r} is neither an address nor a file that exists; {ADDRESSES}.")
    try:
        return page_of(file.read_bytes(), url or "https://page.invalid/")
    except OSError as error:
        raise click.UsageError(f"{text} cannot be read ({error.strerror}); check its permissions.") from error
