"""The one border at which the errors of requests, urllib3, http.client, ssl and sockets become Feedmaker's."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator

import requests
import urllib3

from feedmaker.errors import BadCertificate, FetchError, ResponseTooLarge, Unreachable
from feedmaker.fetch.addresses import shown


def located(error: FetchError, url: str) -> FetchError:
    """An error that was raised where the address was not known, with the address in its message."""
    if error.address is None:
        address = shown(url)
        error.args = (f"{address} cannot be read: {error}",)
        error.address = address
    return error


def converted(error: Exception, url: str) -> FetchError:
    """What a library's error means, in words a person can act on."""
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            advice = "if it signs its own certificate, name it as `ca_file` of the source"
            return located(BadCertificate(f"its certificate is not valid ({cause.verify_message}); {advice}"), url)
        if found := _header_fault(cause):
            return located(found, url)
        if reason := _reason(cause):
            return located(Unreachable(reason), url)
    return located(Unreachable(f"the connection failed ({error})"), url)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The errors that an error is made of, innermost first: libraries wrap them as arguments, reasons and causes."""
    if error is not None:
        inner = [getattr(error, "reason", None), *error.args, error.__cause__]
        for cause in inner:
            if isinstance(cause, BaseException):
                yield from _causes(cause)
        yield error


def _header_fault(cause: BaseException) -> FetchError | None:
    if isinstance(cause, requests.exceptions.InvalidHeader):  # its own text shows the value, which may be a secret
        return FetchError(
            "a header, cookie or password of the settings, or a header of the answer, is not valid in HTTP"
        )
    if isinstance(cause, http.client.LineTooLong) or "got more than" in str(cause):
        return ResponseTooLarge(f"the answer has more or longer headers than are read ({cause})")
    return None


def _reason(cause: BaseException) -> str | None:
    match cause:
        case http.client.RemoteDisconnected():
            return "the server closed the connection without an answer"
        case urllib3.exceptions.InvalidChunkLength():
            return "the answer's chunks have no valid length"
        case http.client.IncompleteRead():
            partial: object = cause.partial  # the bytes; a subclass of urllib3's has their number there
            got = len(partial) if isinstance(partial, bytes) else partial
            return f"the connection ended after {got} bytes of the answer, with {cause.expected or 'more'} to come"
        case http.client.BadStatusLine() | http.client.UnknownProtocol():
            return f"the server does not speak HTTP; it said {str(cause)[:40]!r}"
        case ssl.SSLError():
            return f"TLS failed ({cause.reason or cause})"
        case ConnectionResetError() | BrokenPipeError():
            return "the server broke the connection off"
        case TimeoutError():
            return "the connection was not made in time"
    return None
