"""One request, one answer: requests' adapter on guarded connections, and an answer's body within its limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

import requests
import urllib3
from requests.cookies import RequestsCookieJar
from urllib3.exceptions import HTTPError

from feedmaker.errors import FetchError
from feedmaker.fetch.adapter import GuardedAdapter
from feedmaker.fetch.addresses import Address
from feedmaker.fetch.body import Reading, read_body
from feedmaker.fetch.connection import Guard
from feedmaker.fetch.faults import converted, located
from feedmaker.fetch.retrying import hold_of
from feedmaker.fetch.turns import Turns

CONNECT_SECONDS = 8.0  # name, connection and TLS together; nothing can interrupt them, and SIGTERM waits 10 s


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent. ``headers`` go along as they are; ``cookies`` only where they belong."""

    address: Address
    headers: Mapping[str, str]
    cookies: RequestsCookieJar
    method: str = "GET"
    body: bytes | None = None
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer. ``headers`` have lower-case names; ``body`` is decoded, and cut off if it is an error's.

    ``retry_after`` are the seconds for which the answer asks to leave its host alone; ``received`` are the bytes of the
    body as they came over the wire.
    """

    address: Address
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    retry_after: float | None = None
    received: int = 0


class Transport(Protocol):
    """What gets an answer from an address that has been vetted, without following where it points."""

    def send(self, request: Request, reading: Reading, seconds: float) -> Answer:
        """The answer within that many seconds; new cookies are added to the request's. Raises FetchError."""
        ...

    def close(self) -> None:
        """Close what is kept open between requests."""
        ...


class HttpTransport:
    """HTTP over guarded connections that are kept alive between requests; one request at a time to a host.

    What an answer asks for its host is noted here, so that it counts whoever has sent the request.
    """

    def __init__(self, guard: Guard, turns: Turns, jitter: Callable[[], float]) -> None:
        self._guard = guard
        self._turns = turns
        self._jitter = jitter
        self._adapter = GuardedAdapter(guard)

    def send(self, request: Request, reading: Reading, seconds: float) -> Answer:
        url = request.address.url
        deadline = self._guard.deadline(seconds)
        try:
            with self._turns.open(request.address, deadline):
                answer = self._answer(request, reading, deadline.left())
                return replace(answer, retry_after=self._held(answer))
        except FetchError as error:
            raise located(error, url) from error.__cause__
        except (requests.RequestException, HTTPError) as error:
            raise converted(error, url) from error

    def close(self) -> None:
        self._adapter.close()

    def _held(self, answer: Answer) -> float | None:
        """For how many seconds the answer's host is left alone from now on, if it asks for that."""
        address, clock = answer.address, self._guard.clock
        holds = self._turns.holds(address)
        seconds = hold_of(answer.status, answer.headers.get("retry-after"), clock.now(), holds, self._jitter())
        if seconds is not None:
            self._turns.hold(address, seconds)
        elif holds and answer.status < HTTPStatus.BAD_REQUEST:
            self._turns.welcome(address)
        return seconds

    def _answer(self, request: Request, reading: Reading, seconds: float) -> Answer:
        if proxy := self._guard.policy.proxy:
            self._guard.vet_behind_proxy(request.address.host, request.address.port, seconds)
        response = self._adapter.send(
            _prepared(request),
            stream=True,
            timeout=urllib3.Timeout(connect=min(seconds, CONNECT_SECONDS), total=seconds),  # type: ignore[arg-type]
            verify=str(request.ca_file) if request.ca_file else True,
            proxies={"http": proxy, "https": proxy} if proxy else None,
        )
        for cookie in response.cookies:
            cookie.secure = cookie.secure or request.address.scheme == "https"  # what came by TLS goes by TLS alone
            request.cookies.set_cookie(cookie)
        headers = {name.lower(): value for name, value in response.headers.items()}
        try:
            body = read_body(response.raw, response.status_code, headers, reading)
        finally:
            response.close()  # which changes nothing for a connection that is already back in its pool
        return Answer(request.address, response.status_code, headers, body, received=response.raw.tell())


def _prepared(request: Request) -> requests.PreparedRequest:
    """requests' form of the request, with the very text of the address that was vetted."""
    prepared = requests.PreparedRequest()
    prepared.prepare_method(request.method)
    prepared.url = request.address.url
    prepared.prepare_headers(request.headers)
    if len(request.cookies):
        _add_cookies(prepared, request.cookies)
    prepared.prepare_body(request.body, None)
    return prepared


def _add_cookies(prepared: requests.PreparedRequest, cookies: RequestsCookieJar) -> None:
    """Cookies that answers have set, behind those of the settings; requests knows only one kind."""
    own = prepared.headers.pop("Cookie", None)
    prepared.prepare_cookies(cookies)
    both = [cookie for cookie in (own, prepared.headers.get("Cookie")) if cookie]
    if both:
        prepared.headers["Cookie"] = "; ".join(both)
