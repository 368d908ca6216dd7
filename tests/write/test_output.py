"""Files of the output are replaced whole, only when they change, and never through a link."""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from feedmaker.errors import OutputError
from feedmaker.write import Output, file_names

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

FILES = {"a.rss": b"<rss/>", "a.atom": b"<feed/>", "a.json": b"{}"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_folder_is_made_with_its_parents_and_left_empty(tmp_path: Path) -> None:
    Output(tmp_path / "one" / "two")
    assert names(tmp_path / "one" / "two") == set()


def test_published_files_have_their_bytes_and_can_be_read_by_a_web_server(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        assert Output(tmp_path).publish(FILES) == ("a.rss", "a.atom", "a.json")
    finally:
        os.umask(before)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == FILES
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o644}


def test_a_file_with_the_same_bytes_is_not_touched(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.publish(FILES)
    before = {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    assert output.publish(FILES) == ()
    assert output.publish(FILES | {"a.json": b"[]"}) == ("a.json",)
    after = {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in tmp_path.iterdir()}
    assert {name for name in FILES if before[name] != after[name]} == {"a.json"}


def test_a_file_of_the_same_length_but_other_bytes_is_replaced(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.publish({"a.rss": b"one"})
    assert output.publish({"a.rss": b"two"}) == ("a.rss",)
    assert (tmp_path / "a.rss").read_bytes() == b"two"


def test_a_symbolic_link_is_replaced_and_what_it_points_to_left_alone(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    outside = tmp_path / "outside"
    outside.write_bytes(FILES["a.rss"])
    for name in FILES:
        (tmp_path / "out" / name).symlink_to(outside)
    output = Output(tmp_path / "out")
    assert not output.has(FILES)
    assert output.publish(FILES) == tuple(FILES)
    assert outside.read_bytes() == FILES["a.rss"]
    assert not any(path.is_symlink() for path in (tmp_path / "out").iterdir())


def test_a_pipe_in_the_place_of_a_file_is_replaced_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.rss")
    assert Output(tmp_path).publish({"a.rss": b"x"}) == ("a.rss",)
    assert (tmp_path / "a.rss").read_bytes() == b"x"


@pytest.mark.parametrize(
    "name",
    ["../a.rss", "/a.rss", "a/b.rss", ".rss", "a", "A.rss", "-a.rss", "a.rss\n", "a..rss", "", "a\x00.rss", "ä.rss"],
)
def test_a_name_that_is_no_plain_file_name_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="is not a name for a file"):
        Output(tmp_path).publish({"good.rss": b"x", name: b"x"})
    assert names(tmp_path) == set()


def test_has_tells_whether_every_file_of_a_feed_is_there(tmp_path: Path) -> None:
    output = Output(tmp_path)
    assert not output.has(file_names("a"))
    output.publish(FILES)
    assert output.has(file_names("a"))
    (tmp_path / "a.atom").unlink()
    assert not output.has(file_names("a"))


def test_a_folder_in_the_place_of_a_file_is_an_error_that_names_it_and_leaves_no_temporary_file(tmp_path: Path) -> None:
    output = Output(tmp_path)
    (tmp_path / "a.atom").mkdir()
    with pytest.raises(OutputError, match=r"a\.atom") as raised:
        output.publish(FILES)
    assert raised.value.path == tmp_path
    assert names(tmp_path) == {"a.rss", "a.atom"}


def test_a_folder_below_a_file_is_an_error_before_anything_is_published(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match=r"cannot be written.*set `output` to another folder") as raised:
        Output(tmp_path / "file" / "feeds")
    assert raised.value.path == tmp_path / "file" / "feeds"
    assert isinstance(raised.value.__cause__, OSError)


def _leave(folder: Path, batch: str, numbers: range, total: int) -> None:
    for number in numbers:
        (folder / f".{batch}-{number}-{total}-{list(FILES)[number - 1]}.feedmaker").write_bytes(b"new")


def test_a_publication_that_was_killed_before_its_first_replacement_is_removed(tmp_path: Path) -> None:
    Output(tmp_path).publish(FILES)
    _leave(tmp_path, "ab12", range(1, 3), 3)
    _leave(tmp_path, "cd34", range(1, 4), 3)
    Output(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == FILES


def test_a_publication_that_was_killed_between_two_replacements_is_finished(tmp_path: Path) -> None:
    Output(tmp_path).publish(FILES | {"a.rss": b"new"})
    _leave(tmp_path, "ab12", range(2, 4), 3)
    Output(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict.fromkeys(FILES, b"new")


def test_a_publication_that_is_under_way_is_let_be(tmp_path: Path) -> None:
    _leave(tmp_path, "ab12", range(1, 3), 3)
    before = names(tmp_path)
    with (tmp_path / ".ab12-2-3-a.atom.feedmaker").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        Output(tmp_path)
        assert names(tmp_path) == before
    Output(tmp_path)
    assert names(tmp_path) == set()


def test_files_of_others_are_let_be(tmp_path: Path) -> None:
    (tmp_path / ".ab12-1-3-a.rss.feedmaker.bak").write_text("x")
    (tmp_path / ".htaccess").write_text("x")
    Output(tmp_path).publish(FILES)
    assert names(tmp_path) == {".ab12-1-3-a.rss.feedmaker.bak", ".htaccess", *FILES}


def _in_child(action: Callable[[], str]) -> str:
    """What ``action`` returns in a forked child, which may give up rights or resources."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - coverage does not follow a child that ends like this
        try:
            os.write(writing, action().encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        result = pipe.read().decode()
    os.waitpid(child, 0)
    return result


def _error_of(action: Callable[[], object]) -> str:
    try:
        action()
    except OutputError as error:
        return str(error)
    return "no error"


def test_a_folder_that_may_not_be_written_is_an_error() -> None:
    above = Path(tempfile.mkdtemp())  # tmp_path lies in a folder that another user cannot even enter
    above.chmod(0o755)
    folder = above / "feeds"
    folder.mkdir(mode=0o555)

    def open_as_nobody() -> str:
        if os.geteuid() == 0:
            os.setuid(65534)
        return _error_of(lambda: Output(folder))

    error = _in_child(open_as_nobody)
    folder.rmdir()
    above.rmdir()
    assert error.startswith(f"The output folder {folder} cannot be written: Permission denied")


def test_a_disk_that_takes_only_part_of_a_file_leaves_the_old_ones_whole(tmp_path: Path) -> None:
    import resource
    import signal

    output = Output(tmp_path)
    output.publish(FILES)

    def publish_much() -> str:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
        return _error_of(lambda: output.publish({"a.rss": b"x", "a.atom": b"x" * 20_000, "a.json": b"x"}))

    assert "cannot be written: File too large" in _in_child(publish_much)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == FILES


def test_files_that_are_removed_are_gone_and_those_that_are_not_there_are_passed_over(tmp_path: Path) -> None:
    output = Output(tmp_path)
    output.publish(FILES)
    output.remove(("a.rss", "b.rss", "a.atom"))
    assert names(tmp_path) == {"a.json"}


def test_only_plain_file_names_are_removed(tmp_path: Path) -> None:
    (tmp_path / "feeds").mkdir()
    outside = tmp_path / "outside.rss"
    outside.write_text("x")
    with pytest.raises(ValueError, match="is not a name for a file"):
        Output(tmp_path / "feeds").remove(("../outside.rss",))
    assert outside.exists()


def test_a_file_that_cannot_be_removed_is_an_error_of_the_output(tmp_path: Path) -> None:
    output = Output(tmp_path)
    (tmp_path / "a.rss").mkdir()
    with pytest.raises(OutputError, match=r"cannot be written: .*a\.rss"):
        output.remove(("a.rss",))


def test_a_folder_that_somebody_removed_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "feeds"
    output = Output(folder)
    output.publish({"a.rss": b"<rss/>"})
    shutil.rmtree(folder)
    assert output.publish({"a.rss": b"<rss/>"}) == ("a.rss",)
    assert (folder / "a.rss").read_bytes() == b"<rss/>"
