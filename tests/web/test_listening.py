"""Feeds are served where they are asked to be, and the address that people are told is the one that works."""

from __future__ import annotations

import socket

import pytest

from feedmaker.web.listening import address_of, listening_at


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", "127.0.0.1"), ("::1", "[::1]"), ("localhost", None)])
def test_any_free_port_is_taken_and_told(host: str, shown: str | None) -> None:
    with listening_at(host, 0) as listener:
        port = listener.getsockname()[1]
        assert port
        assert shown is None or address_of(listener) == f"http://{shown}:{port}/"


def test_a_port_that_is_taken_is_an_error() -> None:
    with listening_at("127.0.0.1", 0) as listener, pytest.raises(OSError, match="in use"):
        listening_at("127.0.0.1", listener.getsockname()[1])


def test_a_port_is_free_again_as_soon_as_it_is_left() -> None:
    """A server that is restarted must not wait for the old connections to be forgotten."""
    with socket.socket() as connection, listening_at("127.0.0.1", 0) as listener:
        connection.connect(listener.getsockname()[:2])
        listener.accept()[0].close()
        place = listener.getsockname()
    listening_at("127.0.0.1", place[1]).close()


def test_answers_do_not_wait_until_their_headers_are_confirmed() -> None:
    with listening_at("127.0.0.1", 0) as listener, socket.create_connection(listener.getsockname()[:2]):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
