"""The demo's site on a real socket: HTTP/1.1 with keep-alive, validators, conditional requests, gzip and HEAD."""

from __future__ import annotations

import gzip
import socket
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from feedmaker.demo.pages import Resource, render_site

HOST = "127.0.0.1"
POLL = 0.02  # seconds between two looks at whether to stop
IDLE = 30  # seconds that a silent connection is kept


class DemoSite:
    """The site as a context manager: ``with DemoSite() as site: site.url`` is ``http://127.0.0.1:PORT/``.

    ``port`` 0 takes any free port. The same port gives the same bytes, validators and dates in every run. Raises
    OSError if the port is taken.
    """

    def __init__(self, port: int = 0) -> None:
        self._server = _Server((HOST, port), _Handler)
        self.url = f"http://{HOST}:{self._server.server_port}/"
        self._server.resources = render_site(self.url)
        self._thread = Thread(target=self._server.serve_forever, args=(POLL,), name="demo site", daemon=True)

    def __enter__(self) -> DemoSite:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    """A threaded server that ends its kept-alive connections when it closes, and waits for their threads."""

    daemon_threads = False
    request_queue_size = 128
    resources: Mapping[str, Resource]

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(address, handler)

    def process_request(self, request: socket.socket, client_address: Any) -> None:  # type: ignore[override]
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket) -> None:  # type: ignore[override]
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        with self._lock:
            for connection in self._open:
                with suppress(OSError):  # the client was faster
                    connection.shutdown(socket.SHUT_RD)  # its handler reads the end and stops
        super().server_close()


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from the rendered resources (RFC 9110)."""

    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE
    wbufsize = -1  # head and body in one segment: no wait for an acknowledgement between them
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        resource = self.server.resources.get(path)
        if resource:
            self._answer(resource)
        elif f"{path}/" in self.server.resources:
            self._send(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"{path}/"})
        else:
            self._send(
                HTTPStatus.NOT_FOUND, {"Content-Type": "text/html; charset=utf-8"}, b"<h1>This page has sailed</h1>"
            )

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self, resource: Resource) -> None:
        packed = resource.type.startswith("text/") and "gzip" in self.headers.get("Accept-Encoding", "").lower()
        # Each encoding is a representation of its own and needs its own strong validator (RFC 9110, section 8.8.3.3).
        headers = {
            "ETag": f'"{resource.hash}{"-gzip" if packed else ""}"',
            "Last-Modified": format_datetime(resource.modified.astimezone(UTC), usegmt=True),
            "Cache-Control": "no-cache",
            "Vary": "Accept-Encoding",
        }
        if self._is_known(headers["ETag"], resource):
            return self._send(HTTPStatus.NOT_MODIFIED, headers)
        headers["Content-Type"] = resource.type
        if packed:
            headers["Content-Encoding"] = "gzip"
        return self._send(HTTPStatus.OK, headers, gzip.compress(resource.body, mtime=0) if packed else resource.body)

    def _is_known(self, etag: str, resource: Resource) -> bool:
        """Whether the client has this representation; If-None-Match goes first (RFC 9110, section 13.2.2)."""
        known = self.headers.get("If-None-Match")
        if known is not None:
            return known.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
        except ValueError:  # absent or not a date: ignored (section 13.1.3)
            return False
        return since.tzinfo is not None and resource.modified <= since

    def _send(self, status: HTTPStatus, headers: Mapping[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def version_string(self) -> str:
        return "demo"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep quiet: the program's own lines are what a person follows."""
