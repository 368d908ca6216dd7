"""The settings as commands read them: with the environment of the process, seen by nothing else."""

from __future__ import annotations

import os
from pathlib import Path

from feedmaker.settings import Settings, load_settings


def settings_from(config: Path) -> Settings:
    """The settings of a file, with ``${NAME}`` in it filled in. Raises SettingsError."""
    return load_settings(config, os.environ)
