"""One request, one answer: requests' adapter on guarded connections, and an answer's body within its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Protocol

import requests
import urllib3
from requests.cookies import RequestsCookieJar
from urllib3.exceptions import HTTPError

from feedmaker.errors import FetchError, NotAPage, ResponseTooLarge
from feedmaker.fetch.adapter import GuardedAdapter
from feedmaker.fetch.addresses import Address
from feedmaker.fetch.connection import READ_AHEAD, Guard
from feedmaker.fetch.decoding import PIECE, decoded
from feedmaker.fetch.faults import converted, located

CONNECT_SECONDS = 8.0  # name, connection and TLS together; nothing can interrupt them, and SIGTERM waits 10 s
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
ERROR_BYTES = 64 * 1024  # of an error's page: enough to recognise it by
_READABLE = (
    "text/",
    "application/xhtml",
    "application/xml",
    "application/json",
    "application/rss",
    "application/atom",
    "application/gzip",  # sitemaps
    "application/x-gzip",
    "application/octet-stream",  # what servers call feeds that they do not know; the signature tells
)
_GZIP = b"\x1f\x8b\x08"
_SIGNATURES = {
    b"%PDF-": "a PDF document",
    b"\x89PNG\r\n": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a ZIP archive",
    b"\x00\x00\x00": "a video or another binary file",
}


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
class Reading:
    """How the body of a good answer is read: at most ``max_bytes``, beyond which it is an error, or cut off there."""

    max_bytes: int
    is_cut: bool = False
    is_page: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer. ``headers`` have lower-case names; ``body`` is decoded, and cut off if it is an error's.

    ``retry_after`` are the seconds for which the answer asks to leave its host alone.
    """

    address: Address
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    retry_after: float | None = None


class Transport(Protocol):
    """What gets an answer from an address that has been vetted, without following where it points."""

    def send(self, request: Request, reading: Reading, seconds: float) -> Answer:
        """The answer within that many seconds; new cookies are added to the request's. Raises FetchError."""
        ...

    def close(self) -> None:
        """Close what is kept open between requests."""
        ...


class HttpTransport:
    """HTTP over guarded connections that are kept alive between requests."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._adapter = GuardedAdapter(guard)

    def send(self, request: Request, reading: Reading, seconds: float) -> Answer:
        url = request.address.url
        try:
            return self._answer(request, reading, seconds)
        except FetchError as error:
            raise located(error, url) from error.__cause__
        except (requests.RequestException, HTTPError) as error:
            raise converted(error, url) from error

    def close(self) -> None:
        self._adapter.close()

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
        request.cookies.update(response.cookies)
        headers = {name.lower(): value for name, value in response.headers.items()}
        try:
            body = _body(response.raw, response.status_code, headers, reading)
        except BaseException:
            response.raw.close()
            raise
        return Answer(request.address, response.status_code, headers, body)


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


def _body(raw: urllib3.HTTPResponse, status: int, headers: Mapping[str, str], reading: Reading) -> bytes:
    if status == HTTPStatus.NOT_MODIFIED or status in REDIRECTS:
        return _drained(raw)
    if status >= HTTPStatus.BAD_REQUEST:
        return _error_page(raw, headers)
    if reading.is_page:
        _check_type(headers)
        _check_length(headers, reading.max_bytes)
    body = _read(raw, headers, reading.max_bytes, is_cut=reading.is_cut)
    if reading.is_page:
        body = _unpacked(body, reading.max_bytes)
        _check_signature(body)
    return body


def _drained(raw: urllib3.HTTPResponse) -> bytes:
    """Nothing; the connection is kept for the next request if little stands in its way, and closed otherwise."""
    if raw.length_remaining is not None and raw.length_remaining <= READ_AHEAD:
        raw.read()
    else:
        raw.close()
    return b""


def _error_page(raw: urllib3.HTTPResponse, headers: Mapping[str, str]) -> bytes:
    """The beginning of an error's page; that it cannot be read must not hide the error."""
    try:
        return _read(raw, headers, ERROR_BYTES, is_cut=True)
    except (FetchError, HTTPError):
        raw.close()
        return b""


def _read(raw: urllib3.HTTPResponse, headers: Mapping[str, str], max_bytes: int, *, is_cut: bool) -> bytes:
    """The decoded body, with an error beyond ``max_bytes`` or cut off there."""
    chunks = raw.stream(PIECE, decode_content=False)
    body = bytearray()
    for piece in decoded(chunks, headers.get("content-encoding", ""), max_bytes):
        body += piece
        if len(body) > max_bytes:
            if not is_cut:
                raise ResponseTooLarge(f"the answer has more than {max_bytes:,} bytes, the most that is read")
            raw.close()
            break
    return bytes(body[:max_bytes])


def _unpacked(body: bytes, max_bytes: int) -> bytes:
    """The content of a file that is compressed by itself, such as sitemap.xml.gz."""
    return b"".join(decoded([body], "gzip", max_bytes)) if body.startswith(_GZIP) else body


def _check_length(headers: Mapping[str, str], max_bytes: int) -> None:
    length = headers.get("content-length", "")
    if length.isdecimal() and (len(length) > 15 or int(length) > max_bytes):
        raise ResponseTooLarge(f"the answer has {length[:16]} bytes, and {max_bytes} are the most that is read")


def _check_type(headers: Mapping[str, str]) -> None:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and not kind.startswith(_READABLE) and not kind.endswith(("+xml", "+json")):
        raise _not_a_page(kind)


def _check_signature(body: bytes) -> None:
    """Files begin with what they are, whatever Content-Type says (WHATWG MIME Sniffing)."""
    for signature, kind in _SIGNATURES.items():
        if body.startswith(signature):
            raise _not_a_page(kind)


def _not_a_page(kind: str) -> NotAPage:
    return NotAPage(f"the answer is {kind}, and a page is HTML, XML, JSON or text; give the address of a page")
