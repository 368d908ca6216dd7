"""The output folder over HTTP, by requests on a real socket."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from email.utils import formatdate
from http.client import HTTPConnection
from pathlib import Path

import brotli
import pytest

from feedmaker.write import Output

FEED = "harbour-americas"
NOON = 1_738_843_200


@dataclass(frozen=True)
class Reply:
    """What came back; the names of headers in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Reply:
    """One request; underscores in the names of headers stand for hyphens."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        reply = connection.getresponse()
        return Reply(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (f"{FEED}.rss", "application/rss+xml; charset=utf-8"),
        (f"{FEED}.atom", "application/atom+xml; charset=utf-8"),
        (f"{FEED}.json", "application/feed+json"),
        ("feeds.opml", "text/x-opml; charset=utf-8"),
        ("index.html", "text/html; charset=utf-8"),
        ("feed.css", "text/css; charset=utf-8"),
        ("favicon.svg", "image/svg+xml"),
    ],
)
def test_every_file_comes_with_its_own_type_and_bytes(port: int, folder: Path, name: str, kind: str) -> None:
    reply = ask(port, f"/{name}")
    assert (reply.status, reply.body) == (200, (folder / name).read_bytes())
    assert reply.headers["content-type"] == kind
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["content-length"] == str(len(reply.body))


@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_a_browser_gets_feeds_as_xml_so_that_it_shows_them_as_a_page(port: int, extension: str) -> None:
    accepted = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
    reply = ask(port, f"/{FEED}.{extension}", accept=accepted)
    assert reply.headers["content-type"] == "application/xml; charset=utf-8"
    assert "Accept" in reply.headers["vary"].split(", ")


@pytest.mark.parametrize("accepted", ["*/*", "application/rss+xml, text/html;q=0.5", "application/xml, text/xml"])
def test_a_feed_reader_gets_feeds_by_their_own_type(port: int, accepted: str) -> None:
    reply = ask(port, f"/{FEED}.rss", accept=accepted)
    assert reply.headers["content-type"] == "application/rss+xml; charset=utf-8"


def test_archives_are_served_like_feeds(port: int, folder: Path) -> None:
    Output(folder).publish({f"{FEED}.archive.12.atom": b"<feed/>"})
    reply = ask(port, f"/{FEED}.archive.12.atom")
    assert (reply.status, reply.headers["content-type"]) == (200, "application/atom+xml; charset=utf-8")


def test_the_address_of_the_folder_is_the_page_for_people(port: int, folder: Path) -> None:
    assert ask(port, "/").body == (folder / "index.html").read_bytes()


def test_a_head_request_gets_the_headers_alone(port: int) -> None:
    whole, head = ask(port, f"/{FEED}.rss"), ask(port, f"/{FEED}.rss", "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert {**head.headers, "date": ""} == {**whole.headers, "date": ""}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_written(port: int, method: str) -> None:
    reply = ask(port, f"/{FEED}.rss", method, content_length="0")
    assert reply.status == 405
    assert sorted(reply.headers["allow"].split(", ")) == ["GET", "HEAD"]


def test_feeds_are_compressed_for_those_who_can_read_that(port: int, folder: Path) -> None:
    whole = (folder / f"{FEED}.rss").read_bytes()
    small = ask(port, f"/{FEED}.rss", accept_encoding="gzip, deflate")
    smaller = ask(port, f"/{FEED}.rss", accept_encoding="gzip, deflate, br")
    assert (small.headers["content-encoding"], gzip.decompress(small.body)) == ("gzip", whole)
    assert (smaller.headers["content-encoding"], brotli.decompress(smaller.body)) == ("br", whole)
    assert len(smaller.body) < len(small.body) < len(whole) / 5
    assert {small.headers["vary"], smaller.headers["vary"]} == {"Accept, Accept-Encoding"}


def test_small_files_are_sent_as_they_are(port: int, folder: Path) -> None:
    Output(folder).publish({"small.rss": b"<rss/>"})
    reply = ask(port, "/small.rss", accept_encoding="br")
    assert (reply.body, reply.headers.get("content-encoding")) == (b"<rss/>", None)


def test_each_coding_has_a_tag_of_its_own_and_any_of_them_is_known_again(port: int) -> None:
    codings = ("identity", "gzip", "br")
    tags = [ask(port, f"/{FEED}.atom", accept_encoding=each).headers["etag"] for each in codings]
    assert len(set(tags)) == 3
    for coding, tag in zip(codings, tags, strict=True):
        for known in tags:
            reply = ask(port, f"/{FEED}.atom", accept_encoding=coding, if_none_match=known)
            assert (reply.status, reply.body, reply.headers["etag"]) == (304, b"", tag)
            assert reply.headers["vary"] == "Accept, Accept-Encoding"


def test_a_feed_that_changed_is_sent_again(port: int, folder: Path) -> None:
    tag = ask(port, f"/{FEED}.rss").headers["etag"]
    Output(folder).publish({f"{FEED}.rss": b"<rss>another</rss>"})
    reply = ask(port, f"/{FEED}.rss", if_none_match=tag)
    assert (reply.status, reply.body) == (200, b"<rss>another</rss>")


def test_a_feed_written_again_with_the_same_bytes_keeps_its_tag(port: int, folder: Path) -> None:
    tag = ask(port, f"/{FEED}.rss").headers["etag"]
    os.utime(folder / f"{FEED}.rss", (NOON, NOON))
    assert ask(port, f"/{FEED}.rss", if_none_match=tag).status == 304


def test_a_date_tells_whether_a_feed_is_known(port: int, folder: Path) -> None:
    os.utime(folder / f"{FEED}.rss", (NOON + 0.9, NOON + 0.9))
    date = ask(port, f"/{FEED}.rss").headers["last-modified"]
    assert date == formatdate(NOON, usegmt=True)
    assert ask(port, f"/{FEED}.rss", if_modified_since=date).status == 304
    assert ask(port, f"/{FEED}.rss", if_modified_since=formatdate(NOON - 1, usegmt=True)).status == 200
    assert ask(port, f"/{FEED}.rss", "HEAD", if_modified_since=date).status == 304


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.rss",
        "/..%2fsecret.rss",
        "/%2e%2e/secret.rss",
        "/..%5csecret.rss",
        "//secret.rss",
        "/%2fetc%2fpasswd",
        "/.secret.rss",
        "/.ab12-1-1-a.rss.feedmaker",
        "/inner/secret.rss",
        "/inner",
        "/inner/",
        "/inner.rss",
        "/linked.rss",
        "/pipe.rss",
        "/secret.rss%00",
        "/notes.txt",
        "/HARBOUR-AMERICAS.RSS",
        "/nothing.rss",
        "/%ff.rss",
        "/" + "a" * 5000 + ".rss",
    ],
)
def test_only_the_files_of_the_output_are_found(port: int, folder: Path, path: str) -> None:
    secret = folder.parent / "secret.rss"
    secret.write_text("secret")
    (folder / "inner").mkdir()
    (folder / "inner.rss").mkdir()
    os.mkfifo(folder / "pipe.rss")
    (folder / "linked.rss").symlink_to(secret)
    for name in (".secret.rss", ".ab12-1-1-a.rss.feedmaker", "inner/secret.rss", "notes.txt"):
        (folder / name).write_text("secret")
    reply = ask(port, path)
    assert reply.status == 404
    assert b"secret" not in reply.body


def test_a_folder_that_has_no_feeds_yet_says_so(port: int, folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    reply = ask(port, "/")
    assert (reply.status, reply.headers["content-type"]) == (404, "text/plain; charset=utf-8")
    assert reply.body.startswith(b"There are no feeds yet: run feedmaker build")
