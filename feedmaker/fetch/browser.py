"""One browser for all pages that need one: Chromium, driven by playwright in a thread of its own.

The browser itself has no network: no name resolves, and a proxy that does not exist takes the rest. What a page asks
for is got by Feedmaker's own guarded transport and handed in; see ``rendering``.
"""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Any

from feedmaker.errors import FetchError
from feedmaker.fetch.body import Reading
from feedmaker.fetch.connection import Guard
from feedmaker.fetch.faults import located
from feedmaker.fetch.rendering import Job, Rendered, render
from feedmaker.fetch.transport import Answer, HttpTransport, Request
from feedmaker.model import Access, Rendering

if TYPE_CHECKING:
    from playwright import sync_api

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
PAGES_A_BROWSER = 50  # then a new one takes its place, because browsers grow
GRACE_SECONDS = 5.0
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
_VALIDATORS_AND_FORM = frozenset({"etag", "last-modified", "content-type", "content-encoding", "content-length"})


class Browser:
    """Starts Chromium when a page first needs it, and again when it has died or grown old."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._lock = Lock()
        self._thread: ThreadPoolExecutor | None = None  # of one thread, to which playwright is bound
        self._driver: sync_api.Playwright | None = None
        self._chromium: sync_api.Browser | None = None
        self._pages = 0

    def render(self, job: Job, seconds: float) -> Rendered:
        """What a page looks like once its scripts have run. One page at a time; raises FetchError."""
        deadline = self._guard.deadline(seconds + GRACE_SECONDS)
        with self._lock:
            deadline.left()  # after `stop`, no thread is begun that nobody would end
            self._thread = self._thread or ThreadPoolExecutor(1, "browser")
            future = self._thread.submit(self._render, job)
        while True:
            with suppress(NotYet):
                return future.result(timeout=deadline.slice())

    def close(self) -> None:
        """End the browser. A page that is being rendered is given up soon if Feedmaker is stopping."""
        with self._lock:
            thread, self._thread = self._thread, None
        if thread:
            thread.submit(self._quit).result()
            thread.shutdown()

    def _render(self, job: Job) -> Rendered:
        """Try twice if the browser dies: it may have died of another page."""
        sync_api = _playwright()
        for _ in range(2):
            try:
                chromium = self._running()
                return render(chromium, job)
            except sync_api.Error as error:
                failure = error
                if self._chromium and self._chromium.is_connected():
                    break
        first_line = failure.message.partition("\n")[0]
        raise FetchError(f"the browser does not show it ({first_line})") from failure

    def _running(self) -> sync_api.Browser:
        """The browser, started if need be. Raises playwright's errors."""
        self._pages += 1
        if self._chromium and self._pages > PAGES_A_BROWSER:
            self._chromium.close()
        if self._chromium is None or not self._chromium.is_connected():
            self._driver = self._driver or _playwright().sync_playwright().start()
            path = next(filter(None, map(shutil.which, NAMES)), None)  # or else playwright's own
            is_root = getattr(os, "geteuid", lambda: 1)() == 0  # for whom Chromium's sandbox does not work
            self._chromium = self._driver.chromium.launch(
                executable_path=path, args=ARGUMENTS, chromium_sandbox=not is_root
            )
            self._pages = 1
        return self._chromium

    def _quit(self) -> None:
        if self._driver:
            if self._chromium:
                with suppress(_playwright().Error):
                    self._chromium.close()
            self._driver.stop()
        self._driver = self._chromium = None


def _playwright() -> Any:
    """playwright's module, which only people with such pages have installed."""
    try:
        from playwright import sync_api
    except ImportError as error:
        message = "its source says `browser`, which needs playwright: pip install 'feedmaker[browser]'"
        raise FetchError(message) from error
    return sync_api


@dataclass(frozen=True, slots=True)
class RenderingTransport:
    """Gets a page as any other, and then shows it to a browser, with all that the page asks for."""

    http: HttpTransport
    browser: Browser
    guard: Guard
    rendering: Rendering
    access: Access

    def send(self, request: Request, reading: Reading, seconds: float) -> Answer:
        deadline = self.guard.deadline(seconds)
        answer = self.http.send(request, reading, seconds)
        if answer.status != HTTPStatus.OK or not reading.is_page or not _is_html(answer):
            return answer
        job = Job(request, answer, self.rendering, self.access, self.http, self.guard, deadline)
        try:
            rendered = self.browser.render(job, deadline.left())
        except FetchError as error:
            raise located(error, request.address.url) from error.__cause__
        headers = {name: value for name, value in answer.headers.items() if name not in _VALIDATORS_AND_FORM}
        headers["content-type"] = "text/html; charset=utf-8"
        return replace(answer, address=rendered.address, headers=headers, body=rendered.html.encode("utf-8", "replace"))

    def close(self) -> None:
        """Nothing: the browser serves others as well."""


def _is_html(answer: Answer) -> bool:
    """Whether an answer is a page that scripts can run in: not a feed or JSON that a page leads to."""
    kind = answer.headers.get("content-type", "")
    return not kind.strip() or "html" in kind.lower()
