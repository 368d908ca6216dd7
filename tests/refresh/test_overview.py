"""The overview is written after changes, and no more often than is worth it."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedmaker.errors import OutputError
from feedmaker.refresh.overview import LONGEST_PAUSE, PAUSE_AFTER_TROUBLE, SHARE, Overview


class Desk:
    """Where overviews are written: each takes some seconds of a clock that nothing else moves."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.now = 1000.0
        self.written = 0
        self.trouble: OutputError | None = None
        self.overview = Overview(self.write, lambda: self.now)

    def write(self) -> None:
        self.now += self.seconds
        if self.trouble:
            raise self.trouble
        self.written += 1


def test_without_a_change_nothing_is_written() -> None:
    desk = Desk(1)
    desk.overview.write_in_time()
    desk.overview.write_now()
    assert desk.written == 0


def test_changes_that_come_together_are_written_together() -> None:
    desk = Desk(1)
    for _ in range(10):
        desk.overview.want()
    for _ in range(SHARE):
        desk.overview.write_in_time()
        desk.overview.want()
    assert desk.written == 1
    desk.now += SHARE
    desk.overview.write_in_time()
    assert desk.written == 2


def test_what_is_written_quickly_need_not_wait_and_what_takes_long_waits_no_longer_than_some_minutes() -> None:
    quick, slow = Desk(0.01), Desk(60)
    for desk, pause in ((quick, 1), (slow, LONGEST_PAUSE)):
        desk.overview.want()
        desk.overview.write_in_time()
        desk.overview.want()
        desk.now += pause
        desk.overview.write_in_time()
        assert desk.written == 2


def test_at_the_end_what_has_changed_is_written_at_once() -> None:
    desk = Desk(60)
    for _ in range(2):
        desk.overview.want()
        desk.overview.write_now()
    assert desk.written == 2


def test_one_that_cannot_be_written_is_tried_again_later() -> None:
    desk = Desk(0)
    desk.trouble = OutputError("the disk is full", path=Path("feeds"))
    desk.overview.want()
    with pytest.raises(OutputError):
        desk.overview.write_in_time()
    desk.overview.write_in_time()
    desk.trouble = None
    desk.now += PAUSE_AFTER_TROUBLE
    desk.overview.write_in_time()
    assert desk.written == 1
