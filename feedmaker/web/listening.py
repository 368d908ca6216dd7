"""The socket that feeds are served at."""

from __future__ import annotations

import socket


def listening_at(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes any free one. Raises OSError where that cannot be."""
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    return socket.create_server(address[:2], family=family)


def address_of(listener: socket.socket) -> str:
    """The address that a browser is given."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
