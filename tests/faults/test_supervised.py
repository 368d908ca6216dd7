"""A loop that hangs is noticed by the service manager and begun anew; a healthy one is left alone."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.running import PATIENCE, Place, Run
from tests.town import Site

UNIT = Path(__file__).parents[2] / "packaging" / "feedmaker.service"
WATCHDOG = 3.0  # seconds; the loop ticks each second
# The program with one thing changed: the loop's look at what is due waits for ever once a pipe is there that nobody
# writes to.
HANGING = """
import os
from feedmaker.store.agenda import StoredAgenda
from feedmaker.cli import main

look = StoredAgenda.due
def due(self, *moments):
    if os.path.exists(os.environ["HANG_AT"]):
        open(os.environ["HANG_AT"])
    return look(self, *moments)
StoredAgenda.due = due

if __name__ == "__main__":
    main()
"""
# With another thing changed: no page ever comes while a file is there; and patience is short.
HANGING_REFRESHES = """
import os, sys, time
from datetime import timedelta
from feedmaker.fetch import Web
from feedmaker.schedule import keeper
from feedmaker.cli import main

keeper.ATTEMPTS, keeper.LEEWAY = 0, timedelta(seconds=2)
fetched = Web.fetch
def fetch(self, url, **options):
    while os.path.exists(os.environ["HANG_WHILE"]):
        time.sleep(0.05)
    return fetched(self, url, **options)
Web.fetch = fetch

if __name__ == "__main__":
    main()
"""


class Systemd:
    """Plays the service manager: a real socket, and what it heard."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self.environment = {"NOTIFY_SOCKET": str(path), "WATCHDOG_USEC": f"{WATCHDOG * 1e6:.0f}"}

    def hear(self, word: str, seconds: float = PATIENCE) -> str:
        """The next message that begins with a word; TimeoutError if none comes."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._socket.settimeout(left)
            message = self._socket.recv(4096).decode()
            if message.startswith(word):
                return message
        raise TimeoutError(word)

    def hear_no_more(self, word: str, seconds: float) -> None:
        """Come back once no such message has come for so long; one may have been on its way."""
        for _ in range(3):
            try:
                self.hear(word, seconds)
            except TimeoutError:
                return
        raise AssertionError(f"{word} still comes")

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    systemd = Systemd(tmp_path / "notify")
    yield systemd
    systemd.close()


@pytest.mark.fault("a loop that hangs")
def test_a_loop_that_hangs_gives_no_sign_of_life_and_is_begun_anew(site: Site, place: Place, systemd: Systemd) -> None:
    pipe = place.folder / "pipe"
    program = place.folder / "hanging.py"
    program.write_text(HANGING)
    environment = {**systemd.environment, "HANG_AT": str(pipe)}
    with Run(place.config, environment=environment, program=[str(program)]) as run:
        assert "READY=1" in systemd.hear("READY")
        for _ in range(3):
            systemd.hear("WATCHDOG")
        run.refreshed("town", entries=2)
        before = place.feeds()
        os.mkfifo(pipe)
        systemd.hear_no_more("WATCHDOG", WATCHDOG)
        run.process.send_signal(signal.SIGABRT)  # as systemd does then (WatchdogSignal=)
        assert run.process.wait(PATIENCE) == -signal.SIGABRT
    with Run(place.config, environment=systemd.environment) as run:
        systemd.hear("READY")
        systemd.hear("WATCHDOG")
        run.stop()
        systemd.hear("STOPPING")
    place.at_rest().keep(before)


@pytest.mark.fault("all refreshes hang")
def test_a_loop_whose_refreshes_all_hang_gives_no_sign_of_life(site: Site, place: Place, systemd: Systemd) -> None:
    hang = place.folder / "hang"
    hang.touch()
    program = place.folder / "hanging.py"
    program.write_text(HANGING_REFRESHES)
    environment = {**systemd.environment, "HANG_WHILE": str(hang)}
    with Run(place.config, environment=environment, program=[str(program)]) as run:
        assert "READY=1" in systemd.hear("READY")
        run.wait_for("all refreshes that run hang", "town")
        systemd.hear_no_more("WATCHDOG", WATCHDOG)
        hang.unlink()
        systemd.hear("WATCHDOG", WATCHDOG)
        run.refreshed("town", entries=2)
        run.stop()


@pytest.mark.fault("settings that change under a service manager")
def test_a_reload_is_told_and_ends(site: Site, place: Place, systemd: Systemd) -> None:
    with Run(place.config, environment=systemd.environment) as run:
        systemd.hear("READY")
        run.process.send_signal(signal.SIGHUP)  # ExecReload=
        systemd.hear("RELOADING=1\nMONOTONIC_USEC=")
        systemd.hear("READY")
        run.stop()


def test_the_unit_reloads_and_stops_in_the_ways_that_these_tests_do() -> None:
    unit = UNIT.read_text()
    assert "ExecReload=/bin/kill -HUP $MAINPID" in unit
    assert re.search(r"^Type=notify$", unit, re.MULTILINE)
    assert re.search(r"^WatchdogSec=", unit, re.MULTILINE)
