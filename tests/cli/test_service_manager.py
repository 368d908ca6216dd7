"""What the service manager hears, from a real socket that plays systemd."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedmaker.cli.service_manager import ServiceManager


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(10)
        yield listener


def heard(listener: socket.socket) -> list[dict[str, str]]:
    """The datagrams that have come so far."""
    listener.setblocking(False)
    found = []
    try:
        while True:
            found.append(dict(line.split("=", 1) for line in listener.recv(4096).decode().splitlines()))
    except BlockingIOError:
        return found


def test_each_state_is_told_as_the_manual_has_it(systemd: socket.socket) -> None:
    manager = ServiceManager(systemd.getsockname())
    manager.ticked()
    manager.ticked()
    manager.is_reloading()
    manager.ticked()
    manager.is_stopping()
    ready, reloading, again, stopping = heard(systemd)
    assert ready == again == {"READY": "1", "STATUS": "Feeds are kept fresh"}
    assert reloading["RELOADING"] == "1"
    assert reloading["MONOTONIC_USEC"].isdecimal()  # systemd 253 and Type=notify-reload
    assert stopping["STOPPING"] == "1"


def test_signs_of_life_come_at_half_the_time_that_systemd_waits_by_a_clock_that_is_never_set(
    systemd: socket.socket,
) -> None:
    now = [100.0]
    manager = ServiceManager.of({"NOTIFY_SOCKET": systemd.getsockname(), "WATCHDOG_USEC": "10000000"})
    manager.monotonic = lambda: now[0]
    sent = []
    for now[0] in (100.0, 104.9, 105.0, 109.0, 110.1):
        manager.ticked()
        sent.append([each for each in heard(systemd) if "WATCHDOG" in each])
    assert sent == [[{"WATCHDOG": "1"}], [], [{"WATCHDOG": "1"}], [], [{"WATCHDOG": "1"}]]


@pytest.mark.parametrize(
    "environment",
    [{}, {"WATCHDOG_USEC": "10000000", "WATCHDOG_PID": str(os.getpid() + 1)}, {"WATCHDOG_USEC": "soon"}],
)
def test_no_sign_of_life_is_sent_where_none_is_asked_of_this_process(
    environment: dict[str, str], systemd: socket.socket
) -> None:
    manager = ServiceManager.of({"NOTIFY_SOCKET": systemd.getsockname(), **environment})
    manager.ticked()
    assert [list(each) for each in heard(systemd)] == [["READY", "STATUS"]]


def test_an_abstract_socket_is_reached_as_well() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(f"\0feedmaker-test-{os.getpid()}")
        ServiceManager(f"@feedmaker-test-{os.getpid()}").ticked()
        assert heard(listener)[0]["READY"] == "1"


def test_without_a_manager_nothing_happens_and_one_that_is_gone_is_told_of_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ServiceManager.of({}).ticked()
    manager = ServiceManager(str(tmp_path / "gone"), interval=0.0)
    manager.ticked()
    manager.ticked()
    assert len(caplog.messages) == 1
    assert "does not hear" in caplog.messages[0]
