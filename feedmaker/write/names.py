"""Where the files of a feed are found, and the names that the formats need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import is_normalized
from urllib.parse import unquote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from feedmaker.model import Entry, Feed

RSS, ATOM, JSON = "rss", "atom", "json"
MEDIA_TYPES = {RSS: "application/rss+xml", ATOM: "application/atom+xml", JSON: "application/feed+json"}
_CONTENT_TYPES = {
    RSS: f"{MEDIA_TYPES[RSS]}; charset=utf-8",
    ATOM: f"{MEDIA_TYPES[ATOM]}; charset=utf-8",
    JSON: MEDIA_TYPES[JSON],  # always UTF-8, without a parameter that says so (RFC 8259, section 11)
    "opml": "text/x-opml; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
}

STYLESHEET = "feed.css"
FAVICON = "favicon.svg"

_FILE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9]+)+")
_TITLE_LENGTH = 100


def is_file_name(name: str) -> bool:
    """Whether a file of the output can have this name: no hidden file, no folder, nothing outside of it."""
    return _FILE_NAME.fullmatch(name) is not None


def check_names(names: Iterable[str]) -> None:
    """Raise ValueError for what no file of the output can be named."""
    for name in names:
        if not is_file_name(name):
            raise ValueError(f"{name!r} is not a name for a file of the output: expected {_FILE_NAME.pattern}")


def content_type(name: str) -> str | None:
    """What HTTP calls the content of a file of the output; None for a file of another kind."""
    return _CONTENT_TYPES.get(name.rpartition(".")[2])


def address(base_url: str | None, name: str) -> str:
    """The absolute address of a file of the output; its bare name when nobody said where the output is published."""
    return f"{base_url.rstrip('/')}/{name}" if base_url else name


def document_name(name: str, extension: str, archive: int | None = None) -> str:
    """The file of a feed in one format, or of one of its archives; no source's name has a dot, so none is the same."""
    return f"{name}.{extension}" if archive is None else f"{name}.archive.{archive}.{extension}"


def feed_id(feed: Feed) -> str:
    """An identifier made of the source's host and name, which outlives a change of ``base_url``, scheme or path."""
    host = (urlsplit(feed.source_url or feed.home_url).hostname or "").removeprefix("www.")
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'feedmaker:{host}/{feed.name}')}"


def atom_id(entry: Entry) -> str:
    """The entry's id, or one made of it where that has no spelling that all readers would compare alike.

    RFC 4287 (section 4.2.6.1) recommends that ids be in normal form, which what is no UTF-8 in NFC does not have.
    """
    try:
        is_normal = is_normalized("NFC", unquote(entry.id, errors="strict"))
    except UnicodeDecodeError:
        is_normal = False
    return entry.id if is_normal else f"urn:uuid:{uuid5(NAMESPACE_URL, entry.id)}"


def headline(entry: Entry) -> str:
    """The entry's title, or what stands for it where one is required: the start of its summary, then its address."""
    return entry.title or shortened(entry.summary or "", _TITLE_LENGTH) or entry.url


def shortened(words: str, length: int) -> str:
    """The text on one line, cut at a word so that it has at most ``length`` characters, with an ellipsis."""
    words = " ".join(words.split())
    if len(words) <= length:
        return words
    head, space, _ = words[:length].rpartition(" ")
    return (head if space and len(head) > length // 2 else words[: length - 1]).rstrip(",;:. ") + "…"
