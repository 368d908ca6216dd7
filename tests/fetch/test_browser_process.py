"""The browser's own process: how it is started, replaced and ended, whatever befalls it."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from feedmaker.errors import FetchError, Stopping
from feedmaker.fetch import Web, browser, chromium
from feedmaker.model import Rendering
from tests.fetch.hostile import Peer, Reader, Server, policy, says
from tests.fetch.showing import QUICK, SHELL, Place, needs_browser

if TYPE_CHECKING:
    from psutil import Process

pytestmark = needs_browser


def process_of(reader: Reader) -> Process:
    """Chromium's own process, whose children show the pages."""
    running = reader.web._browser._chromium
    assert running is not None
    assert running._process is not None
    return running._process


def has_ended(process: Process) -> bool:
    """Whether a process runs no more; who should ask how it ended may have ended before."""
    return not process.is_running() or process.status() == "zombie"


def killed(place: Place, which: str) -> None:
    """Kill -9 a part of the browser that is running: Chromium itself, or the driver that it hangs on."""
    process = process_of(place.reader)
    parent = process.parent()
    assert parent is not None
    os.kill(process.pid if which == "Chromium" else parent.pid, signal.SIGKILL)


@pytest.mark.parametrize("which", ["Chromium", "driver"])
def test_a_browser_that_was_killed_is_started_again(place: Place, which: str, caplog: pytest.LogCaptureFixture) -> None:
    url = place.page("")
    place.reader.page(url, browser=QUICK)
    first = place.reader.web._browser._chromium
    killed(place, which)
    place.reader.page(url, browser=QUICK)
    assert place.reader.web._browser._chromium is not first
    del first
    gc.collect()  # what is left of it
    assert "never retrieved" not in caplog.text


def test_a_page_whose_browser_is_killed_while_it_is_shown_is_shown_by_another(place: Place) -> None:
    def kill(peer: Peer) -> None:
        killed(place, "Chromium")
        peer.answer()

    place.server.add("/app.js", kill, says(b"document.body.id = 'done'"))
    url = place.server.add("/", says(SHELL, headers="Content-Type: text/html\r\n"))
    assert place.reader.page(url, browser=Rendering(wait_for="#done")).tree.cssselect("#done")
    assert place.server.paths() == ["/", "/app.js", "/app.js"]


def test_a_browser_that_hangs_is_ended_and_the_next_page_shown_by_another(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser, "GRACE_SECONDS", 0.5)
    with Reader(Web(policy(place.server, seconds=6))) as reader:
        url = place.page("")
        reader.page(url, browser=QUICK)
        process = process_of(reader)
        process.suspend()
        with pytest.raises(FetchError):
            reader.fetch(url, browser=QUICK)
        reader.page(url, browser=QUICK)
        assert has_ended(process)


def test_a_browser_that_cannot_be_started_is_named_and_tried_again(
    place: Place, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "chromium").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "chromium").chmod(0o755)
    with Reader(Web(policy(place.server, seconds=8))) as reader:
        with monkeypatch.context() as patch:
            patch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
            with pytest.raises(FetchError, match=r"/page cannot be read: the browser does not start \("):
                reader.fetch(place.page(""), browser=QUICK)
        reader.page(place.page(""), browser=QUICK)


def test_an_old_browser_is_replaced(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.reader.page(place.page(""), browser=QUICK)
    process = process_of(place.reader)
    monkeypatch.setattr(browser, "PAGES_A_BROWSER", 1)
    place.reader.page(place.page(""), browser=QUICK)
    assert process_of(place.reader) != process
    assert has_ended(process)


def test_a_page_that_takes_too_much_memory_loses_its_process_and_the_next_is_shown(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "MEMORY", 500 * 1024 * 1024)
    hoard = "const kept = []; setInterval(() => kept.push(new Uint8Array(32 << 20).fill(1)), 10)"
    place.reader.page(place.page(""), browser=QUICK)
    first = place.reader.web._browser._chromium
    with pytest.raises(FetchError, match="the browser needs more than 500 MiB of memory"):
        place.reader.fetch(place.page(hoard), browser=Rendering(wait_for="#never"))
    place.reader.page(place.page(""), browser=QUICK)
    assert place.reader.web._browser._chromium is first


def test_stopping_ends_a_page_that_is_being_shown(server: Server) -> None:
    web = Web(policy(server, seconds=20))
    stop = says(b"<html><body><script src=/slow.js></script>", headers="Content-Type: text/html\r\n")

    def slow(peer: Peer) -> None:
        web.stop()
        peer.silence()

    server.add("/slow.js", slow)
    began = time.monotonic()
    with Reader(web) as reader, pytest.raises(Stopping):
        reader.fetch(server.add("/", stop), browser=Rendering(wait_for="#never"))
    assert time.monotonic() - began < 8


@pytest.mark.parametrize("name", ["playwright", "psutil"])
def test_without_its_extra_it_is_said_what_to_install(place: Place, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(FetchError, match=rf"needs {name}: pip install 'feedmaker\[browser\]'"):
        Web(policy(place.server, seconds=2)).fetch(place.page(""), robots=False, browser=Rendering())
