"""The socket that feeds are served at."""

from __future__ import annotations

import os
import socket


def listening_at(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes any free one. Raises OSError where that cannot be."""
    family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    listener = socket.create_server(address[:2], family=family)
    # Connections inherit it. Without it the body of an answer waits 40 ms for the other side to confirm the headers;
    # asyncio sets it only where a socket names its protocol, which this one does not.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def reason_of(error: OSError) -> str:
    """Why nobody can listen, without the address that Python's own text of it repeats."""
    if isinstance(error, socket.gaierror):  # its number is none of the system's
        return error.strerror or str(error)
    return os.strerror(error.errno) if error.errno else str(error)


def address_of(listener: socket.socket) -> str:
    """The address that a browser is given."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
