"""A news site of one section that a test can change while it is served, and clocks for which no test waits."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@dataclass
class Answer:
    """What the site gives for a path.

    An ``etag`` makes it answer 304 where that fits; ``hold`` keeps it silent until the event is set.
    """

    body: str
    status: int = 200
    etag: str | None = None
    type: str = "text/html; charset=utf-8"
    hold: threading.Event | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: str


@dataclass
class Site:
    """Paths and their answers, and the requests that were made, as ``path`` or ``path if-none-match``, and in full.

    ``held`` is an event for answers to hold on to, and ``clock`` the site's own.
    """

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _asked: threading.Condition = field(default_factory=threading.Condition)

    def hear(self, request: str) -> None:
        """Note a request."""
        with self._asked:
            self.requests.append(request)
            self._asked.notify_all()

    def wait_for(self, request: str, seconds: float = 20) -> None:
        """Wait until a request is made; a test that waits for longer has failed."""
        with self._asked:
            assert self._asked.wait_for(lambda: request in self.requests, seconds), f"nobody asked for {request}"

    def lists(self, *slugs: str, etag: str | None = None) -> None:
        """Put these stories on the listing page, the first on top, and serve their articles."""
        cards = "".join(
            f'<article class="card"><h2><a href="/news/{slug}">Headline of the story {slug}</a></h2>'
            f"<p>What the story {slug} is about, in a sentence.</p></article>"
            for slug in slugs
        )
        page = f'<html lang="en"><title>Town news</title><body><main>{cards}</main></body></html>'
        self.answers["/news/"] = Answer(page, etag=etag)
        for slug in slugs:
            self.answers.setdefault(f"/news/{slug}", Answer(article(slug)))

    def taken(self) -> list[str]:
        """The requests since the last call, without those for robots.txt."""
        requests = [request for request in self.requests if not request.startswith("/robots.txt")]
        self.requests.clear()
        return requests


def article(slug: str, *, title: str | None = None, published: str = "2026-11-20T08:00:00Z") -> str:
    """A small article page."""
    title = title or f"Headline of the story {slug}"
    return (
        f'<html lang="en"><head><title>{title}</title><meta property="og:title" content="{title}">'
        f'<meta property="og:type" content="article"><meta property="article:published_time" content="{published}">'
        f"</head><body><h1>{title}</h1><p>Text.</p></body></html>"
    )


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    time: datetime = NOW

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: int) -> None:
        """Move on."""
        self.time += timedelta(**by)


class HurriedClock:
    """The clock of this machine, except that waiting takes no time: it is added to the clock instead."""

    def __init__(self, now: datetime | None = None) -> None:
        self.waited: list[float] = []
        self._now = now

    def monotonic(self) -> float:
        return time.monotonic() + sum(self.waited)

    def now(self) -> datetime:
        return self._now or datetime.now(UTC)

    def wait(self, condition: threading.Condition, seconds: float) -> None:
        self.waited.append(seconds)
