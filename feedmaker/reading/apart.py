"""Reads pages in processes apart, each page under a deadline: a process that a page holds up is replaced."""

from __future__ import annotations

import logging
import math
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ParamSpec, Self, TypeVar

from feedmaker.errors import FeedmakerError, ReadingBroken, Stopping
from feedmaker.model import Page

if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

P = ParamSpec("P")
T = TypeVar("T")

MOST_PROCESSES = 4  # polite fetching brings fewer pages than so many read
PAGES_EACH = 5000  # then a process is replaced, with whatever a library or a person's function has left in it
REST = 300.0  # seconds until processes are tried again where none could be started
LONGEST_QUEUE = 300.0  # seconds that a page waits for a process
ALARM_AFTER = 10  # seconds beyond the deadline after which a process ends itself: this one may be gone by then
PRELOADED = ["feedmaker.reading.preloaded"]

log = logging.getLogger(__name__)


class Apart:
    """A Reader over a pool of processes, which starts with the first page. Usable from many threads.

    Nothing of a page's reading touches this process: not a loop in C that no thread gets out of, not what takes all
    memory, not what a person's own function does to its interpreter. ``deadline`` is for each page, and may be changed.
    """

    def __init__(self, deadline: timedelta, processes: int | None = None) -> None:
        self.deadline = deadline
        self._processes = processes or min(MOST_PROCESSES, max(2, os.cpu_count() or 2))
        self._pool: ProcessPool | None = None
        self._pending: set[ProcessFuture[Any]] = set()
        self._lock = threading.Lock()
        self._is_stopped = False
        self._rests_until = -math.inf

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function gives, read apart. Raises ReadingBroken, and Stopping once ``stop`` was called."""
        url = _url((*args, *kwargs.values()))
        seconds = self.deadline.total_seconds()
        future = self._scheduled(url, seconds, function, args, kwargs)
        if future is None:
            return function(*args, **kwargs)
        with _deaths_told(url, seconds):
            result = self._result(future, seconds)
        if isinstance(result, FeedmakerError):
            raise result
        return result

    def stop(self) -> None:
        """Give up what is being read, and read nothing more."""
        with self._lock:
            self._is_stopped = True
            pending = tuple(self._pending)
        for future in pending:  # outside the lock, which their last callbacks take
            future.cancel()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """End the processes, after ``stop``."""
        self.stop()
        with self._lock:
            self._end_pool()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _scheduled(
        self, url: str, seconds: float, function: Callable[..., T], args: Iterable[Any], kwargs: Mapping[str, Any]
    ) -> ProcessFuture[T | FeedmakerError] | None:
        """What will come of the page; None where the system gives no process for it, so that it is to be read here."""
        with self._lock:
            if self._is_stopped:
                raise _stopping(url)
            if time.monotonic() < self._rests_until:
                return None
            try:
                work = (function, args, kwargs, seconds)
                future = self._running_pool().schedule(_read, args=work, timeout=seconds)
            except (OSError, RuntimeError) as error:  # no process, thread or handle
                self._end_pool()
                self._rests_until = time.monotonic() + REST
                log.warning("no process can be started to read pages (%s); they are read without a deadline", error)
                return None
            self._pending.add(future)
        future.add_done_callback(self._pending.discard)
        return future

    def _result(self, future: ProcessFuture[T], seconds: float) -> T:
        """What comes of a page. Where no process takes it for long, none of them works any more: new ones are begun."""
        try:
            return future.result(seconds + LONGEST_QUEUE)
        except TimeoutError:
            if not future.done():
                with self._lock:
                    self._end_pool()
            raise

    def _running_pool(self) -> ProcessPool:
        """The pool; a new one where one of its processes was killed while idle, which breaks the whole pool."""
        if self._pool is None or not self._pool.active:
            self._end_pool()
            self._pool = _new_pool(self._processes)
        return self._pool

    def _end_pool(self) -> None:
        if self._pool is not None:
            pool, self._pool = self._pool, None
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()


@contextmanager
def _deaths_told(url: str, seconds: float) -> Iterator[None]:
    from pebble import ProcessExpired

    try:
        yield
    except TimeoutError as error:
        raise _broken(url, f"was not read within {seconds:g} s, so its reading was given up") from error
    except ProcessExpired as error:
        raise _broken(url, f"ended the process that read it ({_how_ended(error.exitcode)})") from error
    except MemoryError as error:
        raise _broken(url, "takes more memory to read than there is") from error
    except BrokenProcessPool as error:
        raise _broken(url, "was not read: the processes that read pages were killed; new ones are begun") from error
    except CancelledError as error:
        raise _stopping(url) from error


def _new_pool(processes: int) -> ProcessPool:
    from pebble import ProcessPool

    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(PRELOADED)
    return ProcessPool(processes, max_tasks=PAGES_EACH, initializer=_prepare, context=context)


def _prepare() -> None:
    """In a process apart, at its start: the signal to end must reach it even in a loop of a C library."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _read(
    function: Callable[..., T], args: Iterable[Any], kwargs: Mapping[str, Any], seconds: float
) -> T | FeedmakerError:
    """In a process apart: call the function; an expected error is a value here, all others pass as bugs."""
    if hasattr(signal, "alarm"):
        signal.alarm(int(seconds) + ALARM_AFTER)
    try:
        return function(*args, **kwargs)
    except FeedmakerError as error:
        return error
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _url(values: Iterable[object]) -> str:
    return next(value.url for value in values if isinstance(value, Page))


def _how_ended(exit_code: int) -> str:
    return f"signal {-exit_code}" if exit_code < 0 else f"exit code {exit_code}"


def _broken(url: str, what: str) -> ReadingBroken:
    return ReadingBroken(f"{url} {what}; it is tried again at the next refresh", address=url)


def _stopping(url: str) -> Stopping:
    return Stopping(f"{url} was not read: Feedmaker is about to end", address=url)
