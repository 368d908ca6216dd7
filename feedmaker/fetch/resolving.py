"""Host names to IP addresses, within a time limit that the system's own resolver does not have."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

from feedmaker.errors import UnknownHost, Unreachable
from feedmaker.fetch.addresses import literal
from feedmaker.fetch.clock import Deadline

_UNKNOWN = frozenset(getattr(socket, name, None) for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY"))


class Resolver(Protocol):
    """What knows the IP addresses of a host."""

    def resolve(self, host: str, port: int) -> Sequence[str]:
        """The IP addresses in the order in which they should be tried. Raises socket.gaierror."""
        ...


class SystemResolver:
    """The resolver of this machine: /etc/hosts, DNS and whatever else it is set up with."""

    def resolve(self, host: str, port: int) -> Sequence[str]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def addresses_of(host: str, port: int, resolver: Resolver, deadline: Deadline) -> Sequence[str]:
    """The IP addresses of a host, asked for once.

    Raises UnknownHost for a name that does not exist, Unreachable for a resolver without an answer, and what the
    deadline raises.
    """
    if literal(host):
        return [host]
    answer = _within(deadline, host, port, resolver)
    if isinstance(answer, OSError):
        raise _failure(host, answer) from answer
    return answer


def _within(deadline: Deadline, host: str, port: int, resolver: Resolver) -> Sequence[str] | OSError:
    """Ask in a thread of its own, because nothing can interrupt getaddrinfo; a late answer is lost."""
    answers: SimpleQueue[Sequence[str] | OSError] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver.resolve(host, port))
        except OSError as error:
            answers.put(error)
        except UnicodeError as error:  # getaddrinfo encodes names by IDNA, which refuses labels over 63 bytes
            answers.put(socket.gaierror(socket.EAI_NONAME, str(error)))

    Thread(target=ask, name=f"resolve {host}", daemon=True).start()
    while True:
        try:
            return answers.get(timeout=deadline.slice())
        except Empty:
            continue


def _failure(host: str, error: OSError) -> Unreachable:
    if error.errno in _UNKNOWN:
        return UnknownHost(f"DNS knows no host {host}; check the spelling of the address")
    return Unreachable(f"DNS has no answer for {host} ({error.strerror}); check this machine's resolver")
