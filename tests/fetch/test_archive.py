"""Pages kept on disk, from which any result can be made again."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.errors import FetchError, OutputError
from feedmaker.fetch.archive import Archive, ArchiveFetcher, KeepingFetcher
from feedmaker.model import Access, NotModified, Page, Validators
from tests.fetch.hostile import PAGE, Reader, Server, says

NOTHING = Validators()
NO_DELAY = timedelta(0)


def test_a_page_that_was_fetched_can_be_had_again_without_the_site(
    server: Server, reader: Reader, tmp_path: Path
) -> None:
    archive = Archive(tmp_path / "archive")
    url = server.add("/news", says(PAGE + "ä".encode("cp1252"), headers="Content-Type: text/html; charset=cp1252\r\n"))
    keeping = KeepingFetcher(reader.web, archive)
    page = keeping.fetch(url, delay=NO_DELAY, validators=NOTHING, robots=False)
    assert isinstance(page, Page)
    again = ArchiveFetcher(archive).fetch(url, delay=NO_DELAY, validators=Validators('"1"'))
    assert again == page
    assert isinstance(again, Page)
    assert again.text == page.text
    assert len(server.requests) == 1


def test_only_the_newest_page_of_an_address_is_kept_readable_by_its_owner_alone(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for text in (b"old", b"new"):
        archive.keep("http://h/a", Access(), Page("http://h/b", text))
    assert archive.page("http://h/a", Access()) == Page("http://h/b", b"new")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert files[0].stat().st_mode & 0o077 == 0


def test_what_is_posted_is_a_part_of_the_address(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    url = "http://h/api"
    first, second = Access(url=url, body="1"), Access(url=url, body="2")
    archive.keep(url, first, Page(url, b"one"))
    archive.keep(url, second, Page(url, b"two"))
    assert archive.page(url, first).content == b"one"


def test_a_page_that_has_not_changed_keeps_the_one_that_was_kept(
    server: Server, reader: Reader, tmp_path: Path
) -> None:
    url = server.add("/", says(), says(b"", "304 Not Modified"))
    keeping = KeepingFetcher(reader.web, Archive(tmp_path))
    keeping.fetch(url, delay=NO_DELAY, validators=NOTHING, robots=False)
    for path in tmp_path.rglob("*.gz"):
        os.utime(path, (0, 0))
    known = keeping.fetch(url, delay=NO_DELAY, validators=Validators('"1"'), robots=False)
    assert isinstance(known, NotModified)
    assert Archive(tmp_path).trim(datetime(2025, 1, 1, tzinfo=UTC)) == 0, "the site has said that it is the newest"
    assert Archive(tmp_path).page(url, Access()).content == PAGE


def test_a_page_that_has_moved_for_good_is_kept_under_both_addresses(
    server: Server, reader: Reader, tmp_path: Path
) -> None:
    new = server.add("/new", says())
    old = server.add("/old", says(b"", "301 Moved Permanently", "Location: /new\r\n"))
    keeping = KeepingFetcher(reader.web, Archive(tmp_path))
    keeping.fetch(old, delay=NO_DELAY, validators=NOTHING, robots=False)
    kept = ArchiveFetcher(Archive(tmp_path))
    assert kept.has(old, Access())
    assert kept.has(new, Access())
    assert not kept.has(new + "/other", Access())


def test_pages_that_are_not_fetched_again_go_after_a_while(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    for url in ("http://h/old", "http://h/new"):
        archive.keep(url, Access(), Page(url, b"page"))
    old = archive.path("http://h/old", Access())
    left = old.with_name(".left-by-a-kill.part")
    other = old.with_name("notes.txt")
    for path in (left, other):
        path.touch()
    for path in (old, left, other):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    assert archive.trim(datetime.fromtimestamp(1_700_000_001, UTC)) == 2
    assert archive.page("http://h/new", Access()).content == b"page"
    with pytest.raises(FetchError, match="is not in the archive"):
        archive.page("http://h/old", Access())
    assert other.exists()
    assert Archive(tmp_path / "none").trim(datetime.now(UTC)) == 0


def test_an_empty_answer_is_not_kept(server: Server, reader: Reader, tmp_path: Path) -> None:
    url = server.add("/", says(b""))
    keeping = KeepingFetcher(reader.web, Archive(tmp_path))
    assert isinstance(keeping.fetch(url, delay=NO_DELAY, validators=NOTHING, robots=False), Page)
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_is_not_there_is_a_fault_of_its_source(tmp_path: Path) -> None:
    with pytest.raises(FetchError, match="has to be fetched once with `archive` set"):
        Archive(tmp_path).page("http://h/a?token=secret", Access())


@pytest.mark.parametrize(
    "junk",
    [b"", b"junk", gzip.compress(b"junk"), gzip.compress(b"{}\n"), gzip.compress(b"x" * 99)[:20]],
    ids=["nothing", "no gzip", "no JSON", "no page", "cut short"],
)
def test_a_damaged_file_is_named(tmp_path: Path, junk: bytes) -> None:
    archive = Archive(tmp_path)
    archive.keep("http://h/a", Access(), Page("http://h/a", b"x"))
    file = next(path for path in tmp_path.rglob("*.gz"))
    file.write_bytes(junk)
    with pytest.raises(FetchError, match=file.name):
        archive.page("http://h/a", Access())


def test_an_archive_that_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        Archive(tmp_path / "file").keep("http://h/", Access(), Page("http://h/", b""))
    (tmp_path / "h").mkdir()
    archive = Archive(tmp_path)
    archive.keep("http://h/", Access(), Page("http://h/", b""))
    path = next(path for path in tmp_path.rglob("*.gz"))
    path.unlink()
    path.mkdir()
    with pytest.raises(OutputError):
        archive.keep("http://h/", Access(), Page("http://h/", b""))
    assert [path.name for path in (tmp_path / "h").iterdir() if path.is_file()] == []


@settings(derandomize=True, max_examples=100)
@given(st.text(max_size=30))
def test_no_address_leaves_the_folder(text: str) -> None:
    folder = Path("/archive")
    path = Archive(folder).path(f"http://{text}/", Access())
    assert path.parent.parent == folder
    assert ".." not in path.parts
