"""``/healthz`` and ``/metrics`` over HTTP while the program runs, for whoever watches it."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol

from feedmaker.version import VERSION
from feedmaker.web.vitals import Vitals

PATIENCE = 10.0  # seconds that a client may keep silent
WITHOUT_METRICS = "There are no metrics here: pip install 'feedmaker[metrics]'.\n"


class Figures(Protocol):
    """What ``/metrics`` shows; ``feedmaker.web.metrics.Metrics`` fills it."""

    def text(self) -> bytes: ...


Answer = tuple[HTTPStatus, str, bytes]


class _Server(ThreadingHTTPServer):
    """A server on a socket that listens already."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, listener: socket.socket, vitals: Vitals, figures: Figures | None) -> None:
        super().__init__(listener.getsockname()[:2], _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        self.vitals = vitals
        self.figures = figures

    def answer(self, path: str) -> Answer:
        """What is at a path."""
        match path.partition("?")[0]:
            case "/healthz":
                return self._health()
            case "/metrics" if self.figures:
                from feedmaker.web.metrics import CONTENT_TYPE

                return HTTPStatus.OK, CONTENT_TYPE, self.figures.text()
            case "/metrics":
                return HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", WITHOUT_METRICS.encode()
        return HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"There are /healthz and /metrics here.\n"

    def _health(self) -> Answer:
        fault = self.vitals.fault()
        status = HTTPStatus.SERVICE_UNAVAILABLE if fault else HTTPStatus.OK
        told = {
            "ok": fault is None,
            "fault": fault,
            "seconds_since_tick": round(self.vitals.since_tick, 1),
            "version": VERSION,
        }
        return status, "application/json", json.dumps(told).encode() + b"\n"

    def handle_error(self, request: object, client_address: object) -> None:
        """Pass over a client that has gone away."""


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD."""

    server: _Server
    timeout = PATIENCE
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        status, kind, body = self.server.answer(self.path)
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")):
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def version_string(self) -> str:
        return "Feedmaker"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: whoever watches asks every few seconds."""


@contextmanager
def monitored(listener: socket.socket, vitals: Vitals, figures: Figures | None) -> Iterator[None]:
    """Answer at a socket, in threads of its own, until the end of the block, which closes it."""
    with _Server(listener, vitals, figures) as server:
        thread = threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.2}, name="monitoring", daemon=True
        )
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()
