"""SIGKILL at any moment leaves a whole state, and the lock goes with the process."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from feedmaker.model import SourceState, StoredEntry
from feedmaker.store import Store

MakeEntry = Callable[..., StoredEntry]
ENTRIES = 20
KILLS = 20


def write_generations(path: Path, make_entry: MakeEntry, now: datetime, tell: int) -> None:
    """Save one generation of all entries after the other, for ever, and tell of each with a byte."""
    with Store.open(path) as store:
        generation = store.state("americas").failures
        while True:
            generation += 1
            made = [make_entry(str(n), title=f"generation {generation} " + "x" * 2000) for n in range(ENTRIES)]
            state = SourceState("americas", failures=generation)
            store.save(state, made, seen=[str(n) for n in range(ENTRIES)], now=now, keep=ENTRIES)
            os.write(tell, b".")


def kill_after(path: Path, make_entry: MakeEntry, now: datetime, saves: int) -> None:
    """Let a child process save, and kill it in the midst of a later save."""
    hear, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write_generations(path, make_entry, now, tell)
        finally:
            os._exit(1)
    os.close(tell)
    heard = 0
    while heard < saves:
        told = len(os.read(hear, 1))
        assert told, "the child ended by itself"
        heard += told
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    os.close(hear)
    assert os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_twenty_kills_at_random_moments_leave_whole_generations(
    path: Path, make_entry: MakeEntry, now: datetime
) -> None:
    chance = random.Random(1)
    generation = 0
    for _ in range(KILLS):
        saves = chance.randint(1, 8)
        kill_after(path, make_entry, now, saves)
        with Store.open(path) as store:
            assert store.notices == ()
            before, generation = generation, store.state("americas").failures
            entries = store.entries("americas")
        assert generation >= before + saves, "a save that was told of is lost"
        assert len(entries) == ENTRIES
        assert {each.entry.title.split()[1] for each in entries if each.entry.title} == {str(generation)}
