"""The one way to a page: every fetch of Feedmaker goes through ``Web``, and every guard stands behind it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from threading import Event
from types import TracebackType
from typing import Self

from requests.cookies import RequestsCookieJar

from feedmaker.errors import FetchError, HttpStatusError
from feedmaker.fetch import decoding, refusals
from feedmaker.fetch.access import conceal, on_the_wire
from feedmaker.fetch.addresses import Address, shown, vetted
from feedmaker.fetch.body import Reading
from feedmaker.fetch.browser import Browser, RenderingTransport
from feedmaker.fetch.clock import Clock, SystemClock
from feedmaker.fetch.connection import Guard
from feedmaker.fetch.courier import NO_ACCESS, Courier, Delivery, Order, Spend, freely
from feedmaker.fetch.login import Sessions, is_over, log_in
from feedmaker.fetch.notes import Notes
from feedmaker.fetch.resolving import Resolver, SystemResolver
from feedmaker.fetch.resting import Rests
from feedmaker.fetch.robots import MAX_BYTES as ROBOTS_BYTES
from feedmaker.fetch.robots import Robots
from feedmaker.fetch.transport import HttpTransport
from feedmaker.fetch.turns import Turns
from feedmaker.model import Access, FetchPolicy, Login, NotModified, Page, Rendering, Validators
from feedmaker.normalize.encoding import page_of
from feedmaker.version import VERSION

SECOND = timedelta(seconds=1)
NOTHING_KNOWN = Validators()
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5"


class Web:
    """Fetches pages for all sources of one process; safe to call from several threads.

    ``notes`` are where robots.txt and the wish of a host to be left alone are kept from one run to the next.
    ``clock``, ``resolver`` and ``jitter`` (numbers in [0, 1)) are seams for tests.
    """

    def __init__(
        self,
        policy: FetchPolicy,
        *,
        clock: Clock | None = None,
        resolver: Resolver | None = None,
        jitter: Callable[[], float] = random.random,
        notes: Notes | None = None,
    ) -> None:
        self._clock = clock or SystemClock()
        self._resolver = resolver or SystemResolver()
        self._jitter = jitter
        self._stopped = Event()
        self._turns = Turns(policy.hosts_at_once, self._clock, self._stopped, notes)
        self._robots = Robots(self._clock, notes)
        self._sessions = Sessions()
        self._rests = Rests(self._clock, jitter)
        self._retired: list[HttpTransport] = []
        self._equip(policy)
        self._browser = Browser(self._guard)  # it takes from the guard what no policy changes: the time, and stopping

    def _equip(self, policy: FetchPolicy) -> None:
        self._policy = policy
        self._guard = guard = Guard(policy, self._resolver, self._clock, self._stopped, self._rests)
        self._transport = HttpTransport(guard, self._turns, self._jitter)
        self._courier = Courier(policy, self._turns, self._clock, self._jitter)
        self._headers = {
            "User-Agent": on_the_wire(f"Feedmaker/{VERSION}" + (f" (+{policy.contact})" if policy.contact else "")),
            "Accept": ACCEPT,
            "Accept-Encoding": decoding.ACCEPTED,
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def adopt(self, policy: FetchPolicy) -> None:
        """Go on by another policy; fetches that run end as they began. Whose turn it is at which host is remembered."""
        if policy != self._policy:
            self._retired.append(self._transport)  # closed at the end: somebody may still read from them
            self._turns.allow(policy.hosts_at_once - self._policy.hosts_at_once)
            self._equip(policy)

    def stop(self) -> None:
        """Make all fetches that wait or run raise Stopping, within 8 seconds at worst, and every later one at once."""
        self._stopped.set()
        self._turns.stop()

    def close(self) -> None:
        """Stop, and close all connections."""
        self.stop()
        self._browser.close()
        for transport in (self._transport, *self._retired):
            transport.close()

    def fetch(
        self,
        url: str,
        *,
        delay: timedelta = SECOND,
        validators: Validators = NOTHING_KNOWN,
        robots: bool = True,
        access: Access = NO_ACCESS,
        browser: Rendering | None = None,
        spend: Spend = freely,
    ) -> Page | NotModified:
        """The page at an address, or NotModified if it is still the one that ``validators`` came with.

        ``delay`` lies between the end of one request to the site and the start of the next, or the Crawl-delay of its
        robots.txt if that is longer; ``robots`` tells whether robots.txt counts at all. ``access`` goes to its own
        origin alone. A page that needs a ``browser`` is never NotModified, since its scripts bring what is new. Waiting
        for a turn does not count against the policy's deadline. ``spend`` hears of every request for the page itself:
        redirects, attempts and logging in, but not robots.txt, nor what a browser loads. Raises FetchError.
        """
        asked = vetted(url, self._policy)
        order = self._order(asked, delay.total_seconds(), access, spend)
        try:
            return self._fetched(order, validators, robots, browser)
        except FetchError as error:
            conceal(error, access)
            raise

    def _fetched(
        self, order: Order, validators: Validators, robots: bool, browser: Rendering | None
    ) -> Page | NotModified:
        access = order.access
        if browser:
            order.transport = RenderingTransport(self._transport, self._browser, self._guard, browser, access)
        else:
            order.conditions = _conditions(validators)
        if robots:
            order.rules = lambda address: self._robots.delay(address, lambda rules: self._robots_txt(rules, order))
        delivery = self._logged_in(order, access.login) if access.login else self._courier.deliver(order)
        if delivery.answer.status == HTTPStatus.NOT_MODIFIED:
            return _not_modified(delivery, order.asked, validators)
        return _page(delivery)

    def _robots_txt(self, address: Address, page: Order) -> bytes:
        order = self._order(address, page.delay, page.access)
        order.reading = Reading(min(ROBOTS_BYTES, self._policy.max_bytes), is_cut=True, is_page=False)
        order.check = refusals.check_status
        return self._courier.deliver(order).answer.body

    def _logged_in(self, order: Order, login: Login) -> Delivery:
        """The answer for whoever has logged in; once again if the session turns out to be over."""

        def ask(url: str, access: Access, cookies: RequestsCookieJar) -> Page:
            # robots.txt is not asked: it is for crawlers, and this is a person's own form.
            form = self._order(vetted(url, self._policy), order.delay, access, order.spend)
            form.cookies = cookies
            return _page(self._courier.deliver(form))

        session = self._sessions.of(login)
        order.cookies = session.cookies
        was_open = session.is_open
        log_in(session, login, order.access, ask)
        try:
            return self._courier.deliver(order)
        except HttpStatusError as error:
            if not was_open or not is_over(error):
                raise
        session.end()
        log_in(session, login, order.access, ask)
        return self._courier.deliver(order)

    def _order(self, asked: Address, delay: float, access: Access, spend: Spend = freely) -> Order:
        return Order(
            asked=asked,
            transport=self._transport,
            headers=self._headers,
            reading=Reading(self._policy.max_bytes),
            delay=delay,
            seconds=self._policy.deadline.total_seconds(),
            check=refusals.check,
            access=access,
            spend=spend,
        )


def _conditions(validators: Validators) -> Mapping[str, str]:
    """The headers that ask for a page only if it has changed (RFC 9110, section 13.1)."""
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in headers.items() if value}


def _not_modified(delivery: Delivery, asked: Address, validators: Validators) -> NotModified:
    answer, url = delivery.answer, shown(asked.url)
    if validators == NOTHING_KNOWN:
        message = f"{url} answers with status 304 (Not Modified) although nothing was known of it; the site has a fault"
        raise HttpStatusError(message, address=url, status=answer.status)
    moved_to = answer.address.url if delivery.is_moved else None
    return NotModified(answer.address.url, answer.headers, moved_to, delivery.received)


def _page(delivery: Delivery) -> Page:
    """The page without the cookies that came with it, which are nobody else's business."""
    answer = delivery.answer
    headers = {name: value for name, value in answer.headers.items() if name != "set-cookie"}
    page = page_of(answer.body, answer.address.url, headers)
    return replace(page, moved_to=page.url if delivery.is_moved else None, received=delivery.received)
