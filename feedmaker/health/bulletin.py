"""Tells others how sources are: gathers news of many refreshes, and gives them out together."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from feedmaker.errors import OutputError, StateError
from feedmaker.health.alerting import News, heeded
from feedmaker.model import Source, Watch

GATHERING = 10.0  # seconds from the first news to the message, so that a site that is down is told of once
REST = 300.0  # seconds after a message that nobody took

log = logging.getLogger(__name__)


Tell = Callable[[tuple[News, ...]], bool]
"""Tells somebody of news; False if nobody took them."""


@dataclass(slots=True)
class Bulletin:
    """What there is to tell; safe to use from several threads.

    ``tell`` tells of sources that break and recover, if anybody is to be told, ``after`` so many refreshes in a row.
    ``publish`` writes the status feed, if there is one. What could not be told is told with the next news of its
    source, also by the next process: the store knows what has been told, not what was to be.
    """

    tell: Tell | None = None
    after: int = 2
    publish: Callable[[], None] | None = None
    _pending: dict[str, News] = field(default_factory=dict)
    _telling: frozenset[str] = frozenset()
    _is_stale: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _has_news: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.note_change()  # whoever subscribes to the status feed must find one, even if all is well

    def adopt(self, other: Bulletin) -> Bulletin:
        """Tell as another bulletin does from now on, and keep the news that there are; gives this one."""
        self.tell, self.after, self.publish = other.tell, other.after, other.publish
        self.note_change()
        return self

    def heed(self, source: Source, watch: Watch, *, at_once: bool = False) -> Watch:
        """The watch after one more refresh. If the source has been other than was told often enough, that is news.

        ``at_once`` makes it news without waiting: the source is not refreshed any more.
        """
        if self.tell is None:
            return watch
        watch = heeded(watch)
        is_news = watch.streak >= (1 if at_once else self.after)
        with self._lock:
            if is_news and source.name not in self._telling:
                self._pending[source.name] = News(source.name, source.url, watch.problems)
                self._has_news.set()
            elif not is_news:
                self._pending.pop(source.name, None)
        return watch

    def note_change(self) -> None:
        """Problems have arisen or ended: the status feed has to be written anew."""
        if self.publish:
            with self._lock:
                self._is_stale = True
            self._has_news.set()

    def issue(self) -> bool:
        """Give out what there is now; False if there were alerts and nobody took them. A failure costs a warning."""
        self._has_news.clear()
        self._publish()
        with self._lock:
            news, self._pending = tuple(self._pending.values()), {}
            self._telling = frozenset(each.source for each in news)
        try:
            return not news or self.tell is None or self.tell(news)
        finally:
            with self._lock:
                self._telling = frozenset()

    @contextmanager
    def issuing(self) -> Iterator[None]:
        """Give out news as they come, in a thread of its own, until the end of the block."""
        stop = threading.Event()
        thread = threading.Thread(target=self._keep_issuing, args=(stop,), name="bulletin", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            self._has_news.set()

    def _keep_issuing(self, stop: threading.Event) -> None:
        rests_until = 0.0
        while not stop.is_set():
            self._has_news.wait()
            if stop.wait(max(GATHERING, rests_until - time.monotonic())):
                return
            if not self.issue():
                rests_until = time.monotonic() + REST

    def _publish(self) -> None:
        with self._lock:
            is_stale, self._is_stale = self._is_stale, False
        if is_stale and self.publish:
            try:
                self.publish()
            except (OutputError, StateError) as error:
                log.warning("the status feed was not written: %s", error)
