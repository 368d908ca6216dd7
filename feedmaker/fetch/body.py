"""Bodies of answers: only what can be a page, no more bytes than allowed, and little of what nobody reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

import urllib3
from urllib3.exceptions import HTTPError

from feedmaker.errors import FetchError, NotAPage, ResponseTooLarge, Unreachable
from feedmaker.fetch.connection import READ_AHEAD
from feedmaker.fetch.decoding import PIECE, decoded

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
class Reading:
    """How the body of a good answer is read: at most ``max_bytes``, beyond which it is an error, or cut off there."""

    max_bytes: int
    is_cut: bool = False
    is_page: bool = True


def read_body(raw: urllib3.HTTPResponse, status: int, headers: Mapping[str, str], reading: Reading) -> bytes:
    """The decoded body of an answer, or as much of it as its status is worth. Raises FetchError."""
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
    body = bytearray()
    for piece in decoded(_chunks(raw), headers.get("content-encoding", ""), max_bytes):
        body += piece
        if len(body) > max_bytes:
            if not is_cut:
                raise ResponseTooLarge(f"the answer has more than {max_bytes:,} bytes, the most that is read")
            raw.close()
            del body[max_bytes:]
            break
    return bytes(body)


def _chunks(raw: urllib3.HTTPResponse) -> Iterator[bytes]:
    """The body as it is sent. urllib3 2.8 takes a negative length of a chunk for one, and fails when it reads on."""
    try:
        yield from raw.stream(PIECE, decode_content=False)
    except ValueError as error:
        raise Unreachable("the answer's chunks have no valid length") from error


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
