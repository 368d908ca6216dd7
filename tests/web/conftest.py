"""The folder of a small output, and the server for it on loopback."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from feedmaker.web.feeds import feeds_over_http
from feedmaker.web.listening import listening_at
from feedmaker.write import Output, render_feed, render_overview
from tests.write.samples import feed, numbered


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An output folder with one feed of thirty entries."""
    folder = tmp_path / "feeds"
    made = feed(*numbered(30))
    Output(folder).publish(render_feed(made) | render_overview([made], base_url=None))
    return folder


@pytest.fixture
def port(folder: Path) -> Iterator[int]:
    """The port that the folder is served at until the test ends."""
    with listening_at("127.0.0.1", 0) as listener:
        options = uvicorn.Config(feeds_over_http(folder), lifespan="off", ws="none", log_level="warning")
        server = uvicorn.Server(options)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()
