"""One page in the browser: what it asks for is vetted and got by Feedmaker, and its HTML is read when it is there.

What a page loads beyond itself belongs to the visit of that page: it takes no turns of its own, but comes one request
after the other, without pictures, media, fonts, frames and sockets, and within the page's deadline and budget.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from requests.cookies import RequestsCookieJar

from feedmaker.errors import DeadlineExceeded, FetchError, ResponseTooLarge
from feedmaker.fetch.access import with_access
from feedmaker.fetch.addresses import Address, group_of, joined, origin_of, vetted
from feedmaker.fetch.body import REDIRECTS, Reading
from feedmaker.fetch.clock import Deadline
from feedmaker.fetch.connection import Guard
from feedmaker.fetch.transport import Answer, Request, Transport
from feedmaker.model import Access, Rendering

if TYPE_CHECKING:
    from playwright import sync_api

T = TypeVar("T")

MAX_REQUESTS = 200
MAX_HOPS = 5
MAX_BODIES = 4  # all that a page asks for together, as a multiple of what one page may have
QUIET_SECONDS = 3.0  # how long to wait at most for a page without `wait_for` to have asked for all it wants
MORE_SECONDS = 2.0  # how long to wait at most for what scrolling or a click brings
COUNT = "() => document.getElementsByTagName('*').length"
SCROLL = "() => { window.scrollTo(0, document.documentElement.scrollHeight); return true }"
_BLOCKED = frozenset({"image", "media", "font"})
_KEPT_HEADERS = frozenset({"accept", "accept-language", "authorization", "content-type", "origin", "referer"})
_OWN_HEADERS = frozenset({"User-Agent", "Accept-Encoding"})
_HIDDEN_HEADERS = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie"})


@dataclass(frozen=True, slots=True)
class Job:
    """A page to be shown: how it was asked for, what came, and what may be spent on it."""

    request: Request
    document: Answer
    rendering: Rendering
    access: Access
    transport: Transport
    guard: Guard
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Rendered:
    """Where the page ended up, and its HTML."""

    address: Address
    html: str


def render(chromium: sync_api.Browser, job: Job) -> Rendered:
    """Show a page to a browser. Raises FetchError, and playwright's errors if the browser itself fails."""
    from playwright.sync_api import Error

    agent = dict(job.request.headers).get("User-Agent", "")
    context = chromium.new_context(user_agent=agent, service_workers="block", accept_downloads=False)
    try:
        return _Visit(context, job).run()
    finally:
        with suppress(Error):
            context.close()


class _Visit:
    """A page while it is open."""

    def __init__(self, context: sync_api.BrowserContext, job: Job) -> None:
        self._context = context
        self._job = job
        self._document: Answer | None = job.document
        self._requests = 0
        self._bytes = 0
        self._bring(job.request.cookies, job.document.address)

    def run(self) -> Rendered:
        """The story of a visit."""
        self._context.route("**/*", self._route)
        self._context.route_web_socket("**/*", lambda socket: socket.close())
        page = self._context.new_page()
        self._context.on("page", lambda popup: popup.close())
        page.goto(self._job.document.address.url, wait_until="commit", timeout=self._milliseconds())
        if self._job.rendering.wait_for:
            self._wait_for(page, self._job.rendering.wait_for)
        else:
            self._settle(page)
        self._more(page)
        return Rendered(self._address(page), self._html(page))

    def _wait_for(self, page: sync_api.Page, selector: str) -> None:
        try:
            self._patiently(lambda ms: page.locator(selector).first.wait_for(state="attached", timeout=ms))
        except DeadlineExceeded as error:
            raise DeadlineExceeded(
                f"`wait_for: {selector}` did not appear on it in time; check the selector"
            ) from error

    def _more(self, page: sync_api.Page) -> None:
        """Scroll to the end or click for more, as often as the source says, or until that brings nothing."""
        from playwright.sync_api import TimeoutError as PlaywrightTimeout

        most, more = 1000 * MORE_SECONDS, self._job.rendering.more
        for _ in range(self._job.rendering.times):
            count = page.wait_for_function(COUNT, timeout=self._milliseconds()).json_value()
            before = count if isinstance(count, int) else 0  # scripts can have made anything of it
            try:
                if more:
                    page.locator(more).first.click(timeout=min(most, self._milliseconds()))
                else:
                    page.wait_for_function(SCROLL, timeout=self._milliseconds())
                page.wait_for_function(f"({COUNT})() > {before}", timeout=min(most, self._milliseconds()))
            except PlaywrightTimeout:
                return

    def _settle(self, page: sync_api.Page) -> None:
        """Wait until the page asks for nothing more, but not for ever; some never stop."""
        enough = self._job.guard.deadline(min(QUIET_SECONDS, self._job.deadline.left()))
        with suppress(DeadlineExceeded):
            self._patiently(lambda ms: page.wait_for_load_state("networkidle", timeout=ms), enough)

    def _html(self, page: sync_api.Page) -> str:
        root, most = page.locator("html").first, self._job.guard.policy.max_bytes
        language = self._patiently(lambda _: root.get_attribute("lang", timeout=self._milliseconds()))
        lang = f' lang="{language}"' if language and language.replace("-", "").isalnum() else ""
        inner = self._evaluated(page, f"document.documentElement.innerHTML.slice(0, {most + 1})")
        if len(inner) > most:
            raise ResponseTooLarge(f"the page has more than {most:,} characters once its scripts have run")
        return f"<!DOCTYPE html><html{lang}>{inner}</html>"

    def _evaluated(self, page: sync_api.Page, expression: str) -> str:
        """What an expression says in a world of its own, where no script of the page can have changed what it means.

        playwright's own ``inner_html`` has such a world, too, but gives all that a page holds, which may be gigabytes.
        """
        chromium = self._context.new_cdp_session(page)
        frame = chromium.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        world = chromium.send("Page.createIsolatedWorld", {"frameId": frame})["executionContextId"]
        asked = {"expression": expression, "contextId": world, "returnByValue": True}
        return str(chromium.send("Runtime.evaluate", asked)["result"].get("value", ""))

    def _patiently(self, attempt: Callable[[float], T], deadline: Deadline | None = None) -> T:
        """Try for a slice of time again and again, so that stopping is noticed."""
        from playwright.sync_api import TimeoutError as PlaywrightTimeout

        while True:
            with suppress(PlaywrightTimeout):
                return attempt(1000 * (deadline or self._job.deadline).slice())

    def _milliseconds(self) -> float:
        return 1000 * self._job.deadline.left()

    def _address(self, page: sync_api.Page) -> Address:
        """Where scripts have led to, if that is an address at all."""
        try:
            return vetted(page.url, self._job.guard.policy)
        except FetchError:
            return self._job.document.address

    def _route(self, route: sync_api.Route) -> None:
        """Answer one request of the page."""
        from playwright.sync_api import Error

        with suppress(Error):  # the page has gone away meanwhile
            try:
                answer = self._answer(route.request)
            except FetchError:
                route.abort()
                return
            if answer is None:
                route.abort()
                return
            headers = {name: value for name, value in answer.headers.items() if name not in _HIDDEN_HEADERS}
            route.fulfill(status=answer.status, headers=headers, body=answer.body)

    def _answer(self, request: sync_api.Request) -> Answer | None:
        """What the page gets; None for what it does not need."""
        if request.resource_type in _BLOCKED:
            return None
        if request.is_navigation_request():
            if request.frame.parent_frame is not None:
                return None
            if self._document:
                document, self._document = self._document, None
                return document
        return self._fetched(request)

    def _fetched(self, asked: sync_api.Request) -> Answer:
        """An answer by Feedmaker's own transport; redirects are followed here, each vetted."""
        url, method, body = asked.url, asked.method, asked.post_data_buffer
        headers = {name: value for name, value in asked.headers.items() if name in _KEPT_HEADERS or name[:2] == "x-"}
        asker = asked.url if asked.is_navigation_request() else asked.frame.url
        for _ in range(MAX_HOPS + 1):
            address = vetted(url, self._job.guard.policy)
            if address.origin != origin_of(asked.url):
                headers.pop("authorization", None)
            answer = self._sent(self._request(address, headers, method, body, asker))
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                return answer
            url = joined(url, answer.headers["location"])
            if answer.status < HTTPStatus.TEMPORARY_REDIRECT:
                method, body = "GET", None
        raise ResponseTooLarge("a request of the page leads on too often")

    def _request(
        self, address: Address, headers: Mapping[str, str], method: str, body: bytes | None, asker: str
    ) -> Request:
        """What is sent: of the page's own request only who asks, since the rest may be secrets of its origin.

        ``asker`` is the page whose script asks. If scripts have led to another origin's, a person's access does not go
        along, nor do cookies to another site: as playwright lets every page read all answers, it could read those.
        """
        who = {name: value for name, value in self._job.request.headers.items() if name in _OWN_HEADERS}
        request = Request(address, {**who, **headers}, RequestsCookieJar(), method, body)
        if origin_of(asker) == address.origin:
            request = with_access(request, self._job.access)
        cookies = self._context.cookies([address.url]) if group_of(asker) == address.group else []
        set_by_page = [f"{one['name']}={one['value']}" for one in cookies]
        cookie = "; ".join(filter(None, [request.headers.get("Cookie"), *set_by_page]))
        return replace(request, headers={**request.headers, "Cookie": cookie}) if cookie else request

    def _sent(self, request: Request) -> Answer:
        most = self._job.guard.policy.max_bytes
        self._requests += 1
        if self._requests > MAX_REQUESTS or self._bytes > MAX_BODIES * most:
            raise ResponseTooLarge("the page asks for too much")
        reading = Reading(most, is_page=False)
        answer = self._job.transport.send(request, reading, self._job.deadline.left())
        self._bytes += len(answer.body)
        self._bring(request.cookies, request.address)
        return answer

    def _bring(self, cookies: RequestsCookieJar, address: Address) -> None:
        """Give the browser the cookies that answers have set."""
        new: list[Any] = []
        for cookie in cookies:
            place = {"domain": cookie.domain, "path": cookie.path} if cookie.domain_specified else {"url": address.url}
            new.append({"name": cookie.name, "value": cookie.value or "", **place})
        if new:
            self._context.add_cookies(new)
