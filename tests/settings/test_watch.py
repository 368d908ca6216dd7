"""A changed file is noticed, once, when it is no longer being written."""

from __future__ import annotations

from pathlib import Path

import pytest

from feedmaker.settings import FileWatch


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "sources.yaml"
    file.write_text("one")
    return file


def test_a_file_that_stays_as_it_is_has_not_changed(file: Path) -> None:
    watch = FileWatch(file)
    assert [watch.has_changed() for _ in range(3)] == [False] * 3


def test_a_change_counts_once_the_file_stands_still(file: Path) -> None:
    watch = FileWatch(file)
    for text in ("half", "half of it", "all of it"):
        file.write_text(text)
        assert not watch.has_changed()
    assert [watch.has_changed() for _ in range(3)] == [True, False, False]


def test_a_file_of_the_same_size_and_time_that_takes_its_place_is_another(file: Path) -> None:
    watch = FileWatch(file)
    other = file.with_name("other")
    other.write_text("two")
    other.replace(file)
    assert [watch.has_changed() for _ in range(2)] == [False, True]


def test_a_file_that_goes_and_comes_back_has_changed_each_time(file: Path) -> None:
    watch = FileWatch(file)
    file.unlink()
    assert [watch.has_changed() for _ in range(3)] == [False, True, False]
    file.write_text("one")
    assert [watch.has_changed() for _ in range(3)] == [False, True, False]


def test_who_asks_is_heard_at_the_next_look(file: Path) -> None:
    watch = FileWatch(file)
    watch.ask()
    assert [watch.has_changed() for _ in range(2)] == [True, False]
