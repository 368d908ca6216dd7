"""The folder that services write to, where tests look at what was written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from feedmaker.refresh import Services
from feedmaker.write import Output


def folder_of(services: Services) -> Path:
    """The output folder of services whose output is one."""
    assert isinstance(services.output, Output)
    return services.output.folder


def feed(services: Services) -> dict[str, Any]:
    """The JSON Feed of ``town``."""
    content: dict[str, Any] = json.loads((folder_of(services) / "town.json").read_bytes())
    return content


def titles(services: Services) -> list[str]:
    """The titles of its items."""
    return [item["title"] for item in feed(services)["items"]]


def files(folder: Path) -> dict[str, bytes]:
    """What a folder's files hold, by their names."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}
