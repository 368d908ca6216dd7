"""robots.txt (RFC 9309): what a site allows, kept a day for each origin, also from one run to the next."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from protego import Protego

from feedmaker.errors import (
    AddressRefused,
    DeadlineExceeded,
    FetchError,
    HttpStatusError,
    ResponseTooLarge,
    RobotsRefused,
    Stopping,
    Unreachable,
)
from feedmaker.fetch.addresses import Address, shown
from feedmaker.fetch.clock import Clock
from feedmaker.fetch.notes import Memory, NoNotes, Notes

PRODUCT = "Feedmaker"  # the name by which a robots.txt calls us (RFC 9309, section 2.2.1)
MAX_BYTES = 500 * 1024  # as much as has to be read (section 2.5)
KEPT_SECONDS = 24 * 3600.0  # section 2.4
KEPT_FAILURE_SECONDS = 300.0
KEPT_ORIGINS = 16_384
MAX_CRAWL_DELAY = 30.0

Read = Callable[[Address], bytes]


@dataclass(frozen=True, slots=True)
class Rules:
    """What one robots.txt says to us."""

    parsed: Protego

    def allows(self, url: str) -> bool:
        return bool(self.parsed.can_fetch(url, PRODUCT))

    @property
    def crawl_delay(self) -> float:
        """Seconds between two requests, as far as that is bearable."""
        return min(max(float(self.parsed.crawl_delay(PRODUCT) or 0), 0.0), MAX_CRAWL_DELAY)


@dataclass(frozen=True, slots=True)
class _Failure:
    """What went wrong, in words; the error itself would hold on to all that it passed through."""

    kind: type[FetchError]
    message: str
    address: str | None = None


NEVER_READ = _Failure(FetchError, "nobody has asked for it yet")


@dataclass(slots=True, eq=False)
class _Known:
    """What is known of one origin: the text, packed, or why there is none. The lock is held while it is read."""

    lock: Lock = field(default_factory=Lock)
    packed: bytes | None = None
    failure: _Failure = NEVER_READ
    until: float = float("-inf")


class Robots:
    """The robots.txt of every origin that was asked lately; parsed, 10,000 of them would take 200 MB."""

    def __init__(self, clock: Clock, notes: Notes | None = None) -> None:
        self._clock = clock
        self._memory = Memory("robots.txt", KEPT_SECONDS, notes or NoNotes(), clock)
        self._lock = Lock()
        self._known: OrderedDict[str, _Known] = OrderedDict()

    def delay(self, address: Address, read: Read) -> float:
        """The Crawl-delay for an address in seconds, 0 if there is none.

        ``read`` gets the text of a robots.txt, or raises FetchError. Raises RobotsRefused for an address that is
        disallowed, and FetchError while a robots.txt cannot be read: until then nothing else may be (section 2.3.1.4).
        """
        known = self._of(address.origin)
        with known.lock:
            if self._clock.monotonic() >= known.until:
                self._refresh(known, address, read)
            if known.packed is None:
                raise self._failed(known, address)
            rules = _rules(known.packed)
        if not rules.allows(address.url):
            url = shown(address.url)
            advice = "ask its owner, read another address, or set `robots: ignore` for the source if you may"
            raise RobotsRefused(f"{url} is not read: the site's robots.txt does not allow it; {advice}", address=url)
        return rules.crawl_delay

    def _of(self, origin: str) -> _Known:
        with self._lock:
            known = self._known.setdefault(origin, _Known())
            self._known.move_to_end(origin)
            if len(self._known) > KEPT_ORIGINS:
                self._known.popitem(last=False)
            return known

    def _refresh(self, known: _Known, address: Address, read: Read) -> None:
        """Recall it from an earlier run, or read it anew; what was known stays known while it cannot be read."""
        kept, packed = self._memory.recall(address.origin) if known.packed is None else (0.0, b"")
        if not kept:
            kept = KEPT_SECONDS
            try:
                packed = zlib.compress(_text(address, read))
            except Stopping:
                raise
            except FetchError as error:
                known.failure = _Failure(type(error), str(error), error.address)
                known.until = self._clock.monotonic() + max(KEPT_FAILURE_SECONDS, error.retry_after or 0)
                return
            self._memory.keep(address.origin, kept, packed)
        known.packed, known.until = packed, self._clock.monotonic() + kept

    def _failed(self, known: _Known, address: Address) -> FetchError:
        """A site that cannot be reached says so itself; one that answers with a fault is waited for."""
        failure, url = known.failure, shown(address.url)
        left = max(known.until - self._clock.monotonic(), 0.0)
        if issubclass(failure.kind, Unreachable | DeadlineExceeded):
            return failure.kind(failure.message, address=failure.address, retry_after=left)
        message = f"{url} is not read before the site's rules for programs can be: {failure.message}"
        return FetchError(message, address=url, retry_after=left)


def robots_address(address: Address) -> Address:
    """Where the rules for an address stand (section 2.3)."""
    return Address(f"{address.origin}/robots.txt", address.scheme, address.host, address.port)


def _text(address: Address, read: Read) -> bytes:
    """The text of a robots.txt, nothing if there is none."""
    try:
        return read(robots_address(address))
    except FetchError as error:
        if not _is_absent(error):
            raise
        return b""


def _is_absent(error: FetchError) -> bool:
    """Whether all is allowed because there is no robots.txt to be had (section 2.3.1.2 and 2.3.1.3)."""
    if isinstance(error, HttpStatusError):
        return 400 <= error.status < 500 and error.retry_after is None
    return isinstance(error, AddressRefused | ResponseTooLarge)  # it redirects endlessly, or to where nobody may go


@lru_cache(maxsize=128)
def _rules(packed: bytes) -> Rules:
    return Rules(Protego.parse(zlib.decompress(packed).decode("utf-8-sig", "replace")))
