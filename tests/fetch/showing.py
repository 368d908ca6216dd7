"""A browser that shows pages of a server on loopback."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from importlib.util import find_spec

import pytest

from feedmaker.fetch import chromium
from feedmaker.model import Rendering
from tests.fetch.hostile import Reader, Server, says

needs_browser = pytest.mark.skipif(
    not (find_spec("playwright") and find_spec("psutil") and any(map(shutil.which, chromium.NAMES))),
    reason="this machine has no Chromium, or no library to drive it",
)
QUICK = Rendering(wait_for="body")
SHELL = b'<html lang="de"><title>News</title><body><script src="/app.js"></script></body></html>'


@dataclass
class Place:
    """One browser for all tests, and a server of which a test sets up what it needs."""

    server: Server
    reader: Reader

    def page(self, script: str, **more: str) -> str:
        """A page that runs a script."""
        body = f"<html><body>{more.get('body', '')}<script>{script}</script></body></html>"
        return self.server.add("/page", says(body.encode(), headers="Content-Type: text/html\r\n"))
