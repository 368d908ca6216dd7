"""What the commands that look at a single address share."""

from __future__ import annotations

from pathlib import Path

from feedmaker.cli.configured import settings_from
from feedmaker.model import FetchPolicy


def is_address(text: str) -> bool:
    """Whether a person means an address of the web rather than a name or a file."""
    return text.startswith(("http://", "https://"))


def fetch_policy(config: Path) -> FetchPolicy:
    """The policy of the settings, or the standard one where there is no settings file."""
    return settings_from(config).fetch if config.exists() else FetchPolicy()
