"""One running Chromium with playwright's driver, in a thread of its own, to which playwright is bound.

The browser itself has no network: no name resolves, and a proxy that does not exist takes the rest. What a page asks
for is got by Feedmaker's own guarded transport and handed in; see ``rendering``.
"""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from feedmaker.errors import DeadlineExceeded, FetchError, ResponseTooLarge
from feedmaker.fetch.clock import Deadline

if TYPE_CHECKING:
    import psutil
    from playwright import sync_api

T = TypeVar("T")

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MEMORY = 1024 * 1024 * 1024  # bytes of one process; a news page that shows hundreds of stories takes a quarter of it
CLOSING_SECONDS = 5.0
ARGUMENTS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",  # the discard port: nothing that is sent there arrives
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--renderer-process-limit=1",
    "--js-flags=--max-old-space-size=256",
    "--disable-gpu",
    "--disable-dev-shm-usage",
)


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a line of asyncio's log says more than that a driver has died.

    playwright leaves that behind in a future that nobody can ask; whoever wanted a page of it has been told.
    """
    return "Connection closed while reading from the driver" not in record.getMessage()


class Chromium:
    """Chromium, once it is started. Whoever uses it sees to it that nobody else does at the same time."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "browser")
        self._driver: sync_api.Playwright | None = None
        self._browser: sync_api.Browser | None = None
        self._process: psutil.Process | None = None
        self._is_too_large = False
        self.pages = 0

    def start(self, deadline: Deadline) -> None:
        """Start it, unless that has been done. Raises playwright's errors, and FetchError if it is not installed."""
        if self._browser is None:
            self._wait(self._start, deadline)

    def show(self, work: Callable[[sync_api.Browser], T], deadline: Deadline) -> T:
        """What ``work`` makes of the browser. Raises playwright's errors, and FetchError.

        A page for which a process grows beyond bounds loses that process; work that does not end by the deadline, as
        when the browser hangs, is ended with the browser.
        """
        browser, self._is_too_large = self._browser, False
        assert browser is not None, "it has been started"
        self.pages += 1
        try:
            return self._wait(lambda: work(browser), deadline)
        except playwright().Error as error:
            if self._is_too_large:
                message = f"the browser needs more than {MEMORY // 1024**2} MiB of memory for it"
                raise ResponseTooLarge(message) from error
            raise

    def is_alive(self, deadline: Deadline) -> bool:
        """Whether it still opens pages; that is tried, because playwright does not notice the death of its driver."""
        browser = self._browser
        if browser is None:
            return False
        try:
            self._wait(lambda: browser.new_context().close(), deadline)
        except (playwright().Error, DeadlineExceeded):
            return False
        return True

    def close(self) -> None:
        """End it, by force if it does not end by itself."""
        try:
            self._thread.submit(self._quit).result(CLOSING_SECONDS)
        except NotYet:
            self._kill()
        self._thread.shutdown(wait=False)

    def _wait(self, work: Callable[[], T], deadline: Deadline) -> T:
        future = self._thread.submit(work)
        while True:
            try:
                with suppress(NotYet):
                    return future.result(deadline.slice())
            except DeadlineExceeded:
                if not future.done():
                    self._kill()
                raise
            self._bound()

    def _start(self) -> None:
        logging.getLogger("asyncio").addFilter(_is_news)  # once, however often it is added
        self._driver = self._driver or playwright().sync_playwright().start()
        path = next(filter(None, map(shutil.which, NAMES)), None)  # or else playwright's own
        is_root = getattr(os, "geteuid", lambda: 1)() == 0  # for whom Chromium's sandbox does not work
        mark = f"--feedmaker={uuid4()}"  # Chromium knows no such switch; it tells our process from any other
        self._browser = self._driver.chromium.launch(
            executable_path=path, args=[*ARGUMENTS, mark], chromium_sandbox=not is_root
        )
        self._process = _marked(mark)

    def _quit(self) -> None:
        if self._browser:
            with suppress(playwright().Error):  # it has died
                self._browser.close()
        if self._driver:
            self._driver.stop()

    def _bound(self) -> None:
        """Take a process that has grown too large away from its page."""
        from psutil import Error

        with suppress(Error):  # it has ended meanwhile
            for process in [self._process, *self._process.children(recursive=True)] if self._process else []:
                if process.memory_info().rss > MEMORY:
                    self._is_too_large = True
                    process.kill()

    def _kill(self) -> None:
        """End the browser and its driver, so that whatever waits for them in the thread comes to an end."""
        from psutil import Error

        for process in [*self._process.parents()[:1], self._process] if self._process else []:
            with suppress(Error):
                process.kill()


def _marked(mark: str) -> psutil.Process | None:
    """The process among our own that was started with a mark and is not one of its children."""
    from psutil import Error, Process

    for process in Process().children(recursive=True):
        with suppress(Error):
            command = process.cmdline()
            if mark in command and not any(each.startswith("--type=") for each in command):
                return process
    return None


def playwright() -> Any:
    """playwright's module, which only people with such pages have installed."""
    try:
        import psutil  # noqa: F401  # watches the browser
        from playwright import sync_api
    except ImportError as error:
        message = f"its source says `browser`, which needs {error.name}: pip install 'feedmaker[browser]'"
        raise FetchError(message) from error
    return sync_api
