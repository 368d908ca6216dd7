"""requests' adapter on guarded connections."""

from __future__ import annotations

import ssl
from functools import partial
from threading import Lock
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from feedmaker.errors import FetchError
from feedmaker.fetch.connection import Guard, GuardedHTTPPool, GuardedHTTPSPool


class GuardedAdapter(HTTPAdapter):
    """requests' adapter, with pools of guarded connections and TLS set up once for all of them."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._contexts: dict[str | None, ssl.SSLContext] = {}
        self._lock = Lock()
        super().__init__(pool_connections=4 * guard.policy.hosts_at_once, pool_maxsize=1)

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **kwargs: Any) -> None:
        options: dict[str, Any] = {"num_pools": connections, "maxsize": maxsize, "block": block, **kwargs}
        self.poolmanager = urllib3.PoolManager(**options)
        managers = [self.poolmanager]
        if proxy := self._guard.policy.proxy:
            manager = urllib3.ProxyManager(proxy, proxy_headers=self.proxy_headers(proxy), **options)
            self.proxy_manager[proxy] = manager
            managers.append(manager)
        for manager in managers:
            manager.pool_classes_by_scheme = {
                "http": partial(GuardedHTTPPool, guard=self._guard),
                "https": partial(GuardedHTTPSPool, guard=self._guard),
            }

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: object, cert: object = None
    ) -> tuple[Any, Any]:
        """urllib3's own way loads the CA bundle for each connection anew, which takes 15 ms of CPU."""
        host, _ = super().build_connection_pool_key_attributes(request, True)
        is_tls = str(request.url).startswith("https:")
        return host, {"ssl_context": self._context(verify if isinstance(verify, str) else None)} if is_tls else {}

    def cert_verify(self, *args: object) -> None:
        """All is in the context."""

    def _context(self, ca_file: str | None) -> ssl.SSLContext:
        with self._lock:
            if ca_file not in self._contexts:
                self._contexts[ca_file] = _new_context(ca_file)
            return self._contexts[ca_file]


def _new_context(ca_file: str | None) -> ssl.SSLContext:
    """The public CAs, and those of a source's own file besides."""
    context = ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except OSError as error:  # ssl.SSLError is one
            message = f"its `ca_file` {ca_file} should hold certificates in PEM form and cannot be used"
            raise FetchError(f"{message} ({error.strerror or error})") from error
    return context
