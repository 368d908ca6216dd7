"""A store for what the schedule remembers, and refreshes that leave a state in it as real ones do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from feedmaker.store import Store
from tests.schedule.running import Running


@pytest.fixture
def store(new_state: Path) -> Iterator[Store]:
    """A state in a file."""
    with Store.open(new_state) as store:
        yield store


@pytest.fixture
def running(store: Store) -> Iterator[Running]:
    """A loop that a test starts, and that ends with it."""
    loop = Running(store)
    yield loop
    loop.stop.set()
    loop.end()
