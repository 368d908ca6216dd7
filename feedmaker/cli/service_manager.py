"""What a service manager such as systemd is told of a running Feedmaker (sd_notify(3), sd_watchdog_enabled(3)).

The protocol is a datagram to a socket, hence this module. What is on PyPI was weighed: cysystemd and systemd-python
bind libsystemd, which slim images lack; sdnotify is of 2017 and knows no watchdog's interval; systemd-watchdog times
its signals by the wall clock, so that a clock that is set back has a healthy program killed.
"""

from __future__ import annotations

import logging
import math
import os
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

log = logging.getLogger(__name__)


@dataclass(slots=True)
class ServiceManager:
    """Told by datagrams; where nobody listens, nothing is sent.

    ``interval`` is how often, in seconds, it wants a sign of life; None for never.
    """

    address: str | None = None
    interval: float | None = None
    monotonic: Callable[[], float] = time.monotonic
    _next: float = field(default=-math.inf, init=False)
    _is_ready: bool = field(default=False, init=False)
    _has_failed: bool = field(default=False, init=False)

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> ServiceManager:
        """The manager that started this process, by what it has put into the environment."""
        microseconds = environment.get("WATCHDOG_USEC", "")
        is_meant = environment.get("WATCHDOG_PID", str(os.getpid())) == str(os.getpid())
        interval = int(microseconds) / 2e6 if microseconds.isdecimal() and is_meant else None
        return cls(environment.get("NOTIFY_SOCKET"), interval)

    def ticked(self) -> None:
        """The loop has ticked: it is ready, at first or after a reload, and gives a sign of life if one is due.

        A loop that hangs, or whose refreshes all do, calls this no more, so that it is restarted.
        """
        if not self._is_ready:
            self._is_ready = True
            self._send("READY=1\nSTATUS=Feeds are kept fresh")
        now = self.monotonic()
        if self.interval is not None and now >= self._next:
            self._next = now + self.interval
            self._send("WATCHDOG=1")

    def is_reloading(self) -> None:
        """The settings are being read anew; the next tick ends that."""
        self._is_ready = False
        self._send(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def is_stopping(self) -> None:
        """Running refreshes are being ended."""
        self._send("STOPPING=1\nSTATUS=What runs is being ended")

    def _send(self, message: str) -> None:
        if not self.address:
            return
        address = "\0" + self.address[1:] if self.address.startswith("@") else self.address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
                sender.connect(address)
                sender.sendall(message.encode())
        except OSError as error:
            if not self._has_failed:
                log.warning("the service manager at %s does not hear (%s); feeds are kept all the same", address, error)
            self._has_failed = True
