"""What the commands that look at a single address share."""

from __future__ import annotations

from pathlib import Path

import click

from feedmaker.cli.configured import settings_from
from feedmaker.model import FetchPolicy, Page
from feedmaker.normalize.encoding import page_of

ADDRESSES = "addresses begin with https:// or http://"


def is_address(text: str) -> bool:
    """Whether a person means an address of the web rather than a name or a file."""
    return text.lower().startswith(("http://", "https://"))


def fetch_policy(config: Path) -> FetchPolicy:
    """The policy of the settings, or the standard one where there is no settings file."""
    return settings_from(config).fetch if config.exists() else FetchPolicy()


def saved_page(text: str, url: str | None) -> Page:
    """The page in a file, as if it came from ``url``. Raises UsageError where there is no such file."""
    file = Path(text)
    if not file.is_file():
        raise click.UsageError(f"{text!r} is neither an address nor a file that exists; {ADDRESSES}.")
    try:
        return page_of(file.read_bytes(), url or "https://page.invalid/")
    except OSError as error:
        raise click.UsageError(f"{text} cannot be read ({error.strerror}); check its permissions.") from error
