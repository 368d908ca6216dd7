"""From an address to its answer: each hop is vetted, waits its turn, and is tried again where that can help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from requests.cookies import RequestsCookieJar

from feedmaker.errors import AddressRefused, BudgetSpent, DeadlineExceeded, FetchError, ResponseTooLarge
from feedmaker.fetch.access import with_access
from feedmaker.fetch.addresses import Address, joined, shown, vetted
from feedmaker.fetch.body import PERMANENT, REDIRECTS, Reading
from feedmaker.fetch.clock import Clock
from feedmaker.fetch.retrying import wait_before_retry
from feedmaker.fetch.transport import Answer, Request, Transport
from feedmaker.fetch.turns import Turns
from feedmaker.model import Access, FetchPolicy

MAX_REDIRECTS = 5
NO_ACCESS = Access()

Spend = Callable[[], None]
"""Called before each request that is sent for a page; raises BudgetSpent for one too many."""


def freely() -> None:
    """Spend without a budget."""


@dataclass(slots=True, eq=False)
class Order:
    """What the courier is sent for, and what may be spent on it.

    ``conditions`` are the headers that make a request conditional. ``delay`` (seconds) lies before each request, and
    ``pause`` at least before those of another attempt; ``rules`` give an address's Crawl-delay or refuse it; ``check``
    refuses an answer. ``seconds`` are what is left for requests, waiting for turns not counted; ``spend`` counts the
    requests. ``cookies`` are those that the answers on the way have set, ``received`` the bytes of their bodies.
    """

    asked: Address
    transport: Transport
    headers: Mapping[str, str]
    reading: Reading
    delay: float
    seconds: float
    check: Callable[[Address, Answer], None]
    pause: float = 0.0
    rules: Callable[[Address], float] = lambda _: 0.0
    conditions: Mapping[str, str] = field(default_factory=dict)
    access: Access = NO_ACCESS
    spend: Spend = freely
    cookies: RequestsCookieJar = field(default_factory=RequestsCookieJar)
    received: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """A good answer (or 304), whether every redirect on the way to it was permanent, and the bytes that came in all."""

    answer: Answer
    is_moved: bool = False
    received: int = 0


@dataclass(frozen=True, slots=True)
class Courier:
    """Carries out orders; holds nothing of its own, so that any thread may use it."""

    policy: FetchPolicy
    turns: Turns
    clock: Clock
    jitter: Callable[[], float]

    def deliver(self, order: Order) -> Delivery:
        """The answer, after at most two more attempts. Raises FetchError."""
        attempt, failure = 0, None
        while True:
            attempt += 1
            try:
                delivery = self._follow(order)
                order.check(order.asked, delivery.answer)
            except BudgetSpent as error:
                raise failure or error from None
            except FetchError as error:
                wait = wait_before_retry(error, attempt, self.jitter())
                if wait is None or order.seconds <= 0:
                    error.received = order.received
                    raise
                order.pause, failure = wait, error
            else:
                return replace(delivery, received=order.received)

    def _follow(self, order: Order) -> Delivery:
        """Ask, and go where the answers point."""
        address, seen, is_moved = order.asked, set[object](), False
        while True:
            seen.add(_state(order, address))
            answer = self._ask(order, address)
            if answer.status not in REDIRECTS or not answer.headers.get("location"):
                return Delivery(answer, is_moved)
            is_moved = answer.status in PERMANENT and (is_moved or len(seen) == 1)
            address = self._target(order, answer)
            if _state(order, address) in seen:
                raise _endless(order, f"in a circle, back to {shown(address.url)}")
            if len(seen) > MAX_REDIRECTS:
                raise _endless(order, f"more than {MAX_REDIRECTS} times, at last to {shown(address.url)}")

    def _ask(self, order: Order, address: Address) -> Answer:
        """One request, in its turn."""
        try:
            delay = max(order.delay, order.rules(address))
            with self.turns.turn(address, delay, order.pause):
                return self._sent(order, address)
        except FetchError as error:
            if address is not order.asked:
                error.args = (f"{shown(order.asked.url)} leads to another address, which fails: {error}",)
            raise

    def _sent(self, order: Order, address: Address) -> Answer:
        if order.seconds <= 0:
            url = shown(address.url)
            raise DeadlineExceeded(f"{url} is not asked for: the time for the whole answer is over", address=url)
        order.spend()
        started = self.clock.monotonic()
        try:
            answer = order.transport.send(_request(order, address), order.reading, order.seconds)
        finally:
            order.seconds -= self.clock.monotonic() - started
        order.received += answer.received
        return answer

    def _target(self, order: Order, answer: Answer) -> Address:
        """Where an answer points. http.client reads headers as Latin-1; addresses in them are meant as UTF-8."""
        location = answer.headers["location"].encode("latin-1", "replace").decode("utf-8", "replace")
        try:
            return vetted(joined(answer.address.url, location), self.policy)
        except AddressRefused as error:
            url = shown(order.asked.url)
            raise AddressRefused(f"{url} leads to an address that is refused: {error}", address=url) from None


def _request(order: Order, address: Address) -> Request:
    """What is sent to an address: conditions only to the site that gave the validators, access only to its origin."""
    headers = order.headers if address.group != order.asked.group else {**order.headers, **order.conditions}
    return with_access(Request(address, headers, order.cookies), order.access)


def _state(order: Order, address: Address) -> object:
    """What makes asking again pointless; a redirect to itself that sets a cookie is none of that."""
    return address.url, tuple((cookie.name, cookie.value) for cookie in order.cookies)


def _endless(order: Order, how: str) -> ResponseTooLarge:
    url = shown(order.asked.url)
    return ResponseTooLarge(f"{url} leads on {how}; find the page's own address in a browser", address=url)
