"""The folder that services write to, where tests look at what was written."""

from __future__ import annotations

from pathlib import Path

from feedmaker.refresh import Services
from feedmaker.write import Output


def folder_of(services: Services) -> Path:
    """The output folder of services whose output is one."""
    assert isinstance(services.output, Output)
    return services.output.folder
