"""The settings as commands read them: with the environment of the process, seen by nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from feedmaker.cli.logs import mask
from feedmaker.settings import Settings, load_settings


def settings_from(config: Path) -> Settings:
    """The settings of a file, with ``${NAME}`` in it filled in; no log shows their secrets. Raises SettingsError."""
    settings = load_settings(config, os.environ)
    mask.know(settings.secrets)
    return settings
