"""Every fault costs its own source one clear line within its deadline, and little memory."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from feedmaker.errors import FetchError
from tests.fetch.faults import FAULTS, Fault
from tests.fetch.lab import lab

SECONDS = 0.6
MAX_BYTES = 4 * 1024 * 1024
MIB = 1024 * 1024
GRACE = 1.0  # for a machine that is busy with other things


@contextmanager
def little_memory(most: int = 64 * MIB) -> Iterator[None]:
    """The process's peak of memory within the block, above what it had before (Linux; proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5")
    before = peak()
    yield
    assert peak() - before < most


def peak() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_ends_in_one_clear_line_or_in_the_page(fault: Fault) -> None:
    with lab() as place, place.reader(seconds=SECONDS, max_bytes=MAX_BYTES) as reader:
        url = fault.url(place)
        began = time.monotonic()
        error: FetchError | None = None
        with little_memory():
            try:
                reader.page(url, robots=fault.robots, access=place.access)
            except FetchError as raised:
                error = raised
        assert type(error) is (fault.error or type(None)), error
        assert time.monotonic() - began < SECONDS + GRACE
    if error:
        assert fault.words in str(error)
        assert str(error).isprintable()
        assert error.address
        assert error.address in str(error)
        assert "secret" not in str(error)
