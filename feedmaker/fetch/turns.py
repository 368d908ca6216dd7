"""Whose turn it is: one request at a time to a group of hosts, a delay between two, many groups side by side.

A turn is for a page and all that is got with it, which a browser asks of other hosts as well; so each single request
is noted besides (``open``), just around the use of its connection.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from threading import Condition, Event, Lock

from feedmaker.errors import FetchError, Stopping
from feedmaker.fetch.addresses import Address, shown
from feedmaker.fetch.clock import Clock, Deadline
from feedmaker.fetch.notes import Memory, NoNotes, Notes
from feedmaker.fetch.retrying import MAX_HOLD

IDLE_SECONDS = 3600.0  # after which a group is forgotten; no delay is longer


@dataclass(slots=True, eq=False)
class Group:
    """Hosts that are asked one at a time; whoever is first in the queue has the turn. Times are monotonic seconds.

    ``delay`` is what whoever had the last turn wants to lie behind it; ``holds`` counts the answers in a row that asked
    to leave the hosts alone.
    """

    changed: Condition
    queue: deque[object] = field(default_factory=deque)
    ended: float = -inf
    delay: float = 0.0
    is_open: bool = False
    held_until: float = -inf
    holds: int = 0

    @property
    def idle_at(self) -> float:
        """From when on nothing is lost if the group is forgotten."""
        return max(self.ended + IDLE_SECONDS, self.held_until)


class Turns:
    """Hands out turns to the threads of one process."""

    def __init__(self, groups_at_once: int, clock: Clock, stopped: Event, notes: Notes | None = None) -> None:
        self._clock = clock
        self._memory = Memory("hold", MAX_HOLD, notes or NoNotes(), clock)
        self._stopped = stopped
        self._lock = Lock()
        self._groups: dict[str, Group] = {}
        self._prune_at = 1024
        self._free = groups_at_once
        self._freed = Condition(self._lock)

    @contextmanager
    def turn(self, address: Address, delay: float, pause: float = 0.0) -> Iterator[None]:
        """Wait for a turn at the address's host, at least ``delay`` seconds after the last request there has ended.

        The delay lies behind it as well, but not a longer ``pause`` that this turn alone wants. Raises FetchError with
        ``retry_after`` at once if the host asked to be left alone, and Stopping.
        """
        with self._lock:
            group = self._group(address.group)
            self._enter(group, address)
            try:
                self._rest(group, address, max(delay, group.delay, pause))
                self._take_place(address)
            except BaseException:
                self._leave(group)
                raise
        try:
            yield
        finally:
            with self._lock:
                group.ended, group.delay = self._clock.monotonic(), delay
                self._free += 1
                self._freed.notify()
                self._leave(group)

    @contextmanager
    def open(self, address: Address, deadline: Deadline) -> Iterator[None]:
        """Have the only request that is open to the address's host, as soon as there is no other.

        Raises FetchError like ``turn``, and what the deadline raises.
        """
        with self._lock:
            group = self._group(address.group)
            while group.is_open:
                group.changed.wait(deadline.slice())
            self._check(group, address)
            group.is_open = True
        try:
            yield
        finally:
            with self._lock:
                group.is_open, group.ended = False, self._clock.monotonic()
                group.changed.notify_all()

    def hold(self, address: Address, seconds: float) -> None:
        """Let no request to the address's host begin for that many seconds, not even after a restart."""
        with self._lock:
            group = self._group(address.group)
            group.held_until = max(group.held_until, self._clock.monotonic() + seconds)
            group.holds += 1
            left = group.held_until - self._clock.monotonic()
        self._memory.keep(address.group, left)

    def holds(self, address: Address) -> int:
        """How many answers in a row have held the address's host."""
        with self._lock:
            return self._group(address.group).holds

    def welcome(self, address: Address) -> None:
        """The address's host answers, so that what it once asked for is over."""
        with self._lock:
            self._group(address.group).holds = 0

    def allow(self, more: int) -> None:
        """Let that many groups more be asked side by side, or fewer if it is negative."""
        with self._lock:
            self._free += more
            self._freed.notify_all()

    def stop(self) -> None:
        """Wake all who wait; they find ``stopped`` set."""
        with self._lock:
            self._freed.notify_all()
            for group in self._groups.values():
                group.changed.notify_all()

    def _group(self, name: str) -> Group:
        if name not in self._groups:
            if len(self._groups) >= self._prune_at:
                self._prune()
            held, _ = self._memory.recall(name)
            self._groups[name] = Group(Condition(self._lock), held_until=self._clock.monotonic() + held)
        return self._groups[name]

    def _prune(self) -> None:
        now = self._clock.monotonic()
        kept = {n: g for n, g in self._groups.items() if g.is_open or g.queue or g.idle_at > now}
        self._groups = kept
        self._prune_at = max(1024, 2 * len(kept))

    def _enter(self, group: Group, address: Address) -> None:
        """Wait to be the first of the queue."""
        me = object()
        group.queue.append(me)
        try:
            while group.queue[0] is not me:
                self._check(group, address)
                group.changed.wait()
        except BaseException:
            group.queue.remove(me)
            raise

    def _leave(self, group: Group) -> None:
        group.queue.popleft()
        group.changed.notify_all()

    def _rest(self, group: Group, address: Address, delay: float) -> None:
        """Wait until the delay since the last turn is over."""
        while True:
            self._check(group, address)
            left = group.ended + delay - self._clock.monotonic()
            if left <= 0:
                return
            self._clock.wait(group.changed, left)

    def _take_place(self, address: Address) -> None:
        """Wait for one of the places that all groups share."""
        while self._free <= 0:
            self._freed.wait()
            self._stop_if_asked(address)
        self._free -= 1

    def _check(self, group: Group, address: Address) -> None:
        self._stop_if_asked(address)
        left = group.held_until - self._clock.monotonic()
        if left > 0:
            url = shown(address.url)
            message = f"{url} is not asked for: its host wants to be left alone for another {left:.0f} s"
            raise FetchError(message, address=url, retry_after=left)

    def _stop_if_asked(self, address: Address) -> None:
        if self._stopped.is_set():
            url = shown(address.url)
            raise Stopping(f"{url} is not read, because Feedmaker is stopping", address=url)
