"""One browser for all pages that need one, shown one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from math import inf
from threading import Lock
from typing import Any

from feedmaker.errors import FetchError
from feedmaker.fetch.body import Reading
from feedmaker.fetch.chromium import Chromium, playwright
from feedmaker.fetch.connection import Guard
from feedmaker.fetch.faults import located
from feedmaker.fetch.rendering import Job, Rendered, render
from feedmaker.fetch.transport import Answer, HttpTransport, Request
from feedmaker.model import Access, Rendering

PAGES_A_BROWSER = 50  # then a new one takes its place, because browsers grow
GRACE_SECONDS = 5.0
START_SECONDS = 30.0
_VALIDATORS_AND_FORM = frozenset({"etag", "last-modified", "content-type", "content-encoding", "content-length"})


class Browser:
    """Starts Chromium when a page first needs it, and again when it has died or grown old."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._turn = Lock()
        self._lock = Lock()
        self._chromium: Chromium | None = None

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until no other page is shown and the browser is there. Raises FetchError."""
        waiting = self._guard.deadline(inf)
        while not self._turn.acquire(timeout=waiting.slice()):
            pass
        try:
            self._start()
            yield
        finally:
            self._turn.release()

    def render(self, job: Job) -> Rendered:
        """What a page looks like once its scripts have run, for whoever has the turn. Raises FetchError.

        If the browser dies it is tried once more: it may have died of another page.
        """
        for is_last in (False, True):
            chromium = self._start()
            limit = self._guard.deadline(job.deadline.left() + GRACE_SECONDS)
            try:
                return chromium.show(partial(render, job=job), limit)
            except playwright().Error as error:
                is_alive = chromium.is_alive(limit)
                if not is_alive:
                    self._end()
                if is_alive or is_last:
                    raise _failed("does not show it", error) from error
        raise AssertionError("the last attempt returns or raises")

    def close(self) -> None:
        """End the browser, whatever it does. Nobody may begin to use it any more."""
        self._end()

    def _start(self) -> Chromium:
        """The browser, in its place another if it has grown old."""
        if self._chromium and self._chromium.pages >= PAGES_A_BROWSER:
            self._end()
        limit = self._guard.deadline(START_SECONDS)
        with self._lock:
            limit.left()  # after `stop`, no browser is begun that nobody would end
            chromium = self._chromium = self._chromium or Chromium()
        try:
            chromium.start(limit)
        except FetchError:  # it does not answer, or is not installed
            self._end()
            raise
        except playwright().Error as error:
            self._end()
            raise _failed("does not start", error) from error
        return chromium

    def _end(self) -> None:
        with self._lock:
            chromium, self._chromium = self._chromium, None
        if chromium:
            chromium.close()


def _failed(how: str, error: Any) -> FetchError:
    return FetchError(f"the browser {how} ({error.message.partition(chr(10))[0]})")


@dataclass(frozen=True, slots=True)
class RenderingTransport:
    """Gets a page as any other, and then shows it to a browser, with all that the page asks for.

    Waiting for the browser does not count against the page's seconds.
    """

    http: HttpTransport
    browser: Browser
    guard: Guard
    rendering: Rendering
    access: Access

    def send(self, request: Request, reading: Reading, seconds: float) -> Answer:
        getting = self.guard.deadline(seconds)
        answer = self.http.send(request, reading, seconds)
        if answer.status != HTTPStatus.OK or not reading.is_page or not _is_html(answer):
            return answer
        left = getting.left()
        try:
            with self.browser.turn():
                job = Job(
                    request, answer, self.rendering, self.access, self.http, self.guard, self.guard.deadline(left)
                )
                rendered = self.browser.render(job)
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
