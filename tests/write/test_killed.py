"""A publication that is killed, or meets a full disk, leaves whole files that belong together."""

from __future__ import annotations

import ctypes
import errno
import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from feedmaker.errors import OutputError
from feedmaker.write import Output

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

NAMES = ("section.rss", "section.atom", "section.json")


def content(version: int, name: str) -> bytes:
    """A file that tells its version, and whether it is whole."""
    body = f"{version} {name} ".encode() * (200 + 37 * (version % 11))
    return str(version).encode() + b"\n" + body + b"\n" + sha256(body).hexdigest().encode()


def version_of(path: Path) -> int:
    first, body, digest = path.read_bytes().split(b"\n")
    assert sha256(body).hexdigest().encode() == digest, f"{path} is torn"
    return int(first)


def publish_on_and_on(folder: Path, start: int) -> None:
    output = Output(folder)
    for version in range(start, start + 1_000_000):
        output.publish({name: content(version, name) for name in NAMES})


def kill_and_look(folder: Path, rounds: int) -> None:
    """Kill a busy publisher at random moments; each time look at the files, then as the next run finds them."""
    moments = random.Random(7)
    Output(folder).publish({name: content(0, name) for name in NAMES})
    for number in range(rounds):
        before = version_of(folder / NAMES[0])
        child = multiprocessing.get_context("fork").Process(target=publish_on_and_on, args=(folder, before + 1))
        child.start()
        while version_of(folder / NAMES[0]) == before:  # until it is at work
            time.sleep(0.0005)
        time.sleep(moments.uniform(0, 0.012))
        child.kill()
        child.join()
        versions = [version_of(folder / name) for name in NAMES]
        assert max(versions) - min(versions) <= 1, f"round {number}"
        Output(folder)
        assert len({version_of(folder / name) for name in NAMES}) == 1, f"round {number}"
        assert {path.name for path in folder.iterdir()} == set(NAMES)


def test_a_kill_at_any_moment_leaves_whole_files_and_the_next_run_makes_them_agree(tmp_path: Path) -> None:
    kill_and_look(tmp_path, rounds=20)


@pytest.mark.slow
def test_two_hundred_kills_leave_whole_files(tmp_path: Path) -> None:
    kill_and_look(tmp_path, rounds=200)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 kB, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", 0, b"size=64k"):
        pytest.skip(f"no tmpfs can be mounted here: {os.strerror(ctypes.get_errno())}")
    yield folder
    libc.umount2(os.fsencode(folder), 2)


def test_a_full_disk_is_an_error_and_leaves_every_old_file(small_disk: Path) -> None:
    output = Output(small_disk)
    output.publish({name: content(1, name) for name in NAMES})
    with pytest.raises(OutputError, match="No space left on device") as raised:
        output.publish({NAMES[0]: b"x", NAMES[1]: b"x" * 100_000})
    assert isinstance(raised.value.__cause__, OSError)
    assert raised.value.__cause__.errno == errno.ENOSPC
    assert {version_of(small_disk / name) for name in NAMES} == {1}
    assert {path.name for path in small_disk.iterdir()} == set(NAMES)


def test_a_disk_that_has_become_read_only_is_an_error(small_disk: Path) -> None:
    output = Output(small_disk)
    output.publish({name: content(1, name) for name in NAMES})
    remount, read_only = 32, 1
    assert ctypes.CDLL(None).mount(b"tmpfs", os.fsencode(small_disk), b"tmpfs", remount | read_only, None) == 0
    with pytest.raises(OutputError, match="Read-only file system"):
        output.publish({NAMES[0]: b"x"})
    with pytest.raises(OutputError, match="Read-only file system"):
        Output(small_disk)
    assert output.publish({NAMES[0]: content(1, NAMES[0])}) == ()
