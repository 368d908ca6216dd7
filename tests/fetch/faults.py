"""The faults that a fetch survives, one of each kind, with what is said of it; None stands for a page that arrives."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import brotli
from backports import zstd

from feedmaker.errors import (
    AddressRefused,
    BadCertificate,
    Blocked,
    DeadlineExceeded,
    FetchError,
    HttpStatusError,
    NotAPage,
    ResponseTooLarge,
    UnknownHost,
    Unreachable,
)
from tests.fetch.hostile import PAGE, Peer, says
from tests.fetch.lab import Lab
from tests.fetch.misdeeds import (
    CHUNKED,
    MEGABYTE,
    OK,
    at,
    bomb,
    busy_dns,
    certified,
    close,
    coded,
    elsewhere,
    fast,
    huge_robots,
    many_redirects,
    named,
    raw,
    rebound,
    redirect,
    refused,
    slow_handshake,
    slow_robots,
    slowly,
    typed,
)


@dataclass(frozen=True)
class Fault:
    """What goes wrong, where, and how it ends. ``url`` sets it up and gives the address to fetch."""

    name: str
    url: Callable[[Lab], str]
    error: type[FetchError] | None
    words: str = ""
    robots: bool = False


def catalogue() -> Iterator[Fault]:
    yield from names()
    yield from connections()
    yield from bodies()
    yield from headers()
    yield from redirects()
    yield from codings()
    yield from answers()


def names() -> Iterator[Fault]:
    yield Fault("DNS knows no such host", named("gone.test"), UnknownHost, "DNS knows no host gone.test")
    yield Fault("DNS is out of order", busy_dns, Unreachable, "DNS has no answer")
    yield Fault("DNS gives a private address", named("in.test", ["10.0.0.1"]), AddressRefused, "10.0.0.1, a private")
    yield Fault("one of two answers is private", named("mix.test", ["127.0.0.1", "::1"]), AddressRefused, "::1")
    yield Fault("DNS gives the metadata service", named("meta.test", ["169.254.169.254"]), AddressRefused, "metadata")
    yield Fault("DNS gives a mapped address", named("map.test", ["::ffff:10.0.0.1"]), AddressRefused, "10.0.0.1")
    yield Fault("DNS gives another address the second time", rebound, AddressRefused, "10.0.0.1, a private address")
    yield Fault("DNS gives no address at all", named("none.test", []), Unreachable, "no IP address")


def connections() -> Iterator[Fault]:
    yield Fault("connection refused", refused, Unreachable, "refused")
    yield Fault("reset at once", at(Peer.reset), Unreachable, "broke the connection off")
    yield Fault("closed without an answer", at(close), Unreachable, "without an answer")
    yield Fault("reset within headers", at(raw(OK + b"Content-", then=Peer.reset)), Unreachable, "broke")
    yield Fault("reset within the body", at(raw(OK + b"Content-Length: 9\r\n\r\nab", then=Peer.reset)), Unreachable)
    yield Fault("reset once, then a page", at(Peer.reset, says()), None)
    yield Fault("silence", at(Peer.silence), DeadlineExceeded, "time for it was over")
    yield Fault("a byte at a time in the headers", at(raw(OK, then=slowly(b"x"))), DeadlineExceeded)
    yield Fault("a byte at a time in the body", at(raw(OK + b"\r\n", then=slowly(b"x"))), DeadlineExceeded)
    yield Fault("a byte at a time in trailers", at(raw(CHUNKED + b"0\r\n", then=slowly(b"X: y\r\n"))), DeadlineExceeded)
    moved = b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 999\r\n\r\n"
    yield Fault("a byte at a time in a redirect's body", at(raw(moved, then=slowly(b"x"))), DeadlineExceeded)
    yield Fault("a byte at a time in the handshake of TLS", slow_handshake, Unreachable, "not made in time")
    yield Fault("a certificate by nobody known", certified(is_known=False), BadCertificate, "certificate is not valid")
    yield Fault("a certificate of the past", certified(is_known=True, is_expired=True), BadCertificate, "expired")
    yield Fault("a chunk at a time", at(raw(CHUNKED, then=slowly(b"1\r\nx\r\n"))), DeadlineExceeded)
    yield Fault(
        "silence within the body", at(raw(OK + b"Content-Length: 9\r\n\r\nab", then=Peer.silence)), DeadlineExceeded
    )


def bodies() -> Iterator[Fault]:
    yield Fault("Content-Length too long", at(raw(OK + b"Content-Length: 99\r\n\r\nshort")), Unreachable, "ended after")
    yield Fault("Content-Length too short", at(raw(OK + b"Content-Length: 5\r\n\r\n<html><body>")), None)
    yield Fault("Content-Length is no number", at(raw(OK + b"Content-Length: many\r\n\r\n" + PAGE)), None)
    yield Fault(
        "Content-Length is a lie of 5000 digits",
        at(raw(OK + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n")),
        ResponseTooLarge,
    )
    twice = OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef"
    yield Fault("two Content-Lengths", at(raw(twice)), FetchError, "not valid in HTTP")
    yield Fault(
        "chunks that never end", at(raw(CHUNKED, then=fast(b"1000\r\n" + bytes(4096) + b"\r\n"))), ResponseTooLarge
    )
    yield Fault("chunks of no size", at(raw(CHUNKED + b"many\r\nx\r\n")), Unreachable)
    yield Fault(
        "chunks of less than nothing", at(raw(CHUNKED + b"-5\r\nabcde\r\n0\r\n\r\n")), Unreachable, "no valid length"
    )
    yield Fault("chunks that just end", at(raw(CHUNKED + b"5\r\nabc")), Unreachable)
    yield Fault(
        "trailers that never end",
        at(raw(CHUNKED + b"0\r\n", then=fast(b"X-A: " + b"b" * 999 + b"\r\n"))),
        ResponseTooLarge,
    )
    two = OK + b"Content-Length: 2147483648\r\n\r\n"
    yield Fault("a body of 2 GB", at(raw(two, then=fast(MEGABYTE))), ResponseTooLarge, "2147483648 bytes")
    yield Fault("a body without end", at(raw(OK + b"\r\n", then=fast(MEGABYTE))), ResponseTooLarge, "more than")


def headers() -> Iterator[Fault]:
    yield Fault("headers without end", at(raw(OK, then=fast(b"X-Filler: " + b"x" * 900 + b"\r\n"))), ResponseTooLarge)
    yield Fault("a header without end", at(raw(OK + b"X: ", then=fast(b"x" * 999))), ResponseTooLarge)
    yield Fault("101 headers", at(raw(OK + b"X: y\r\n" * 101 + b"\r\n")), ResponseTooLarge, "headers")
    yield Fault("100 Continue without end", at(raw(then=fast(b"HTTP/1.1 100 Continue\r\n\r\n" * 99))), ResponseTooLarge)
    yield Fault("HTTP/0.9", at(raw(b"<html>what are headers?</html>")), Unreachable, "does not speak HTTP")
    yield Fault("binary junk", at(raw(bytes(range(256)) * 40)), Unreachable)
    yield Fault("another protocol", at(raw(b"SSH-2.0-OpenSSH_9.6\r\n")), Unreachable, "does not speak HTTP")


def redirects() -> Iterator[Fault]:
    yield Fault("100 redirects", many_redirects, ResponseTooLarge, "more than 5 times")
    yield Fault("redirects in a circle", at(redirect("/news")), ResponseTooLarge, "in a circle")
    yield Fault("a redirect to 127.0.0.2", elsewhere("http://127.0.0.2:PORT/"), AddressRefused, "127.0.0.2")
    yield Fault("a redirect to localhost in numbers", elsewhere("http://[::1]:PORT/"), AddressRefused, "loopback")
    yield Fault("a redirect to the metadata service", elsewhere("http://169.254.169.254/"), AddressRefused, "metadata")
    yield Fault("a redirect to file:", elsewhere("file:///etc/passwd"), AddressRefused, "file:///etc/passwd")
    yield Fault("a redirect with a password", elsewhere("http://a:secret@h/"), AddressRefused, "user name")
    yield Fault("a redirect to port 25", elsewhere("http://127.0.0.1:25/"), AddressRefused, "port 25")
    yield Fault("a redirect to brackets", elsewhere("http://[x/"), AddressRefused)
    yield Fault("a redirect to nowhere", at(says(b"", "302 Found")), HttpStatusError, "302")


def codings() -> Iterator[Fault]:
    for coding in ("gzip", "br", "zstd"):
        yield Fault(f"a bomb in {coding}", bomb(coding), ResponseTooLarge, "more than")
        whole = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstd.compress}[coding](PAGE * 50)
        yield Fault(f"{coding} cut off", coded(coding, whole[:-4]), Unreachable, "in the middle of its")
        yield Fault(f"{coding} that is none", coded(coding, b"\x01" * 400), Unreachable, "damaged")
    yield Fault("a bomb in deflate", bomb("deflate"), ResponseTooLarge, "more than")
    yield Fault("a bomb within a bomb", bomb("gzip, gzip"), ResponseTooLarge)
    yield Fault("three codings", coded("gzip, gzip, gzip", b""), ResponseTooLarge, "3 times over")
    packer = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    wide = packer.compress(PAGE) + packer.flush()
    yield Fault("zstd with a window of 128 MiB", coded("zstd", wide), Unreachable, "memory")
    yield Fault("a coding nobody knows", coded("klingon", PAGE), None)
    yield Fault("an encoding nobody knows", typed("text/html; charset=klingon"), None)
    unsafe = typed("text/html; charset=iso-2022-kr", PAGE + b"caf\xe9")
    yield Fault("an encoding that is not to be read", unsafe, None)
    yield Fault("the wrong encoding", typed("text/html; charset=utf-16"), None)


def answers() -> Iterator[Fault]:
    error_page = b"<html><title>503 Service Unavailable</title><h1>Sorry</h1></html>"
    yield Fault("200 with an error page", at(says(error_page)), HttpStatusError, "503")
    challenge = b"<html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>"
    yield Fault("200 with a challenge", at(says(challenge)), Blocked, "Cloudflare")
    yield Fault("304 without a condition", at(says(b"", "304 Not Modified")), HttpStatusError, "304")
    yield Fault("500, then 200", at(says(b"", "500 Oops"), says()), None)
    yield Fault("500 for ever", at(says(b"", "500 Oops")), HttpStatusError, "500 (Internal Server Error)")
    yield Fault("429 with Retry-After", at(says(b"", "429 No", "Retry-After: 7\r\n")), HttpStatusError, "for 7 s")
    yield Fault("429 without Retry-After", at(says(b"", "429 No")), HttpStatusError, "for 60 s")
    yield Fault("an error page without end", at(raw(b"HTTP/1.1 404 No\r\n\r\n", then=fast(MEGABYTE))), HttpStatusError)
    yield Fault(
        "an error page cut off", at(raw(b"HTTP/1.1 404 No\r\nContent-Length: 9\r\n\r\n")), HttpStatusError, "404"
    )
    yield Fault("a picture", typed("image/png"), NotAPage, "image/png")
    yield Fault("a type that moves the cursor", typed("te\x9bxt/html"), NotAPage, "xt/html, and a page is")
    yield Fault("a PDF that says nothing", at(says(b"%PDF-1.7\n")), NotAPage, "PDF")
    yield Fault("an archive that says HTML", typed("text/html", b"PK\x03\x04abc"), NotAPage, "ZIP")
    yield Fault("a robots.txt of 50 MB", huge_robots, None, robots=True)
    yield Fault("a robots.txt byte by byte", slow_robots, DeadlineExceeded, "robots.txt", robots=True)


FAULTS = tuple(catalogue())
