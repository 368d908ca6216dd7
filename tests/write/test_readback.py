"""What was written is read again as it was written, so that a lost state can be made anew from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from feedmaker.model import Entry, Feed, FeedEntry
from feedmaker.write import archived_entries, newest_archive, render_archive, render_feed, written_feed
from feedmaker.write.content import content_html
from feedmaker.write.printable import printable
from tests.write.samples import ENTRY, NASTY, NOON, feed, nasty_feed

NAME = "harbour-americas"
FULL = replace(ENTRY, content_html="<p>The whole story.</p>")


def printed(feed: Feed) -> tuple[FeedEntry, ...]:
    """The entries as they are written, with their dates as an entry has them."""
    return tuple(
        replace(
            each,
            entry=replace(
                each.entry,
                published=None if each.is_date_first_seen else each.published,
                updated=each.updated if each.updated > each.published else None,
            ),
        )
        for each in printable(feed).entries
    )


@pytest.mark.parametrize("entry", [*NASTY.values(), ENTRY, FULL], ids=[*NASTY, "plain", "full"])
def test_json_gives_back_every_field_of_an_entry(entry: Entry) -> None:
    made = feed(entry)
    found = written_feed(render_feed(made)[f"{NAME}.json"])
    assert found.entries == printed(made)


def test_json_gives_back_the_feed_and_the_order_of_its_entries() -> None:
    made = nasty_feed()
    found = written_feed(render_feed(made)[f"{NAME}.json"])
    assert (found.source_url, found.title) == (made.home_url, printable(made).title)
    assert found.entries == printed(made)


def test_json_names_the_address_that_its_entries_come_from_where_that_is_no_page_for_people() -> None:
    made = replace(feed(ENTRY), source_url="https://harbour.example/feed.xml")
    content = render_feed(made)[f"{NAME}.json"]
    assert written_feed(content).source_url == "https://harbour.example/feed.xml"
    assert b"source_url" not in render_feed(replace(made, source_url=made.home_url))[f"{NAME}.json"]


@pytest.mark.parametrize("text", [None, "<p>قصة</p>", '<div dir="rtl"><p>قصة</p></div><p>More</p>'])
def test_a_text_from_right_to_left_comes_back_without_its_mark_and_picture(text: str | None) -> None:
    made = feed(replace(ENTRY, language="ar", content_html=text))
    (found,) = written_feed(render_feed(made)[f"{NAME}.json"]).entries
    assert found == printed(made)[0]
    (archived,) = archived_entries(render_archive(replace(made, archive=1))[f"{NAME}.archive.1.atom"], 1)
    assert content_html(archived.entry) == content_html(made.entries[0].entry)


def test_dates_that_nobody_gave_and_updates_come_back_as_such() -> None:
    (one,) = feed(ENTRY).entries
    changed = replace(one, updated=NOON + timedelta(hours=1))
    unknown = replace(one, entry=replace(ENTRY, id="x"), is_date_first_seen=True)
    made = replace(feed(), entries=(changed, unknown))
    first, second = written_feed(render_feed(made)[f"{NAME}.json"]).entries
    assert (first.entry.published, first.entry.updated) == (NOON, NOON + timedelta(hours=1))
    assert (second.entry.published, second.published, second.is_date_first_seen) == (None, NOON, True)


def test_an_archive_gives_back_what_readers_see_of_its_entries() -> None:
    made = replace(feed(ENTRY, replace(FULL, id="b", url="https://harbour.example/b")), archive=3, previous_archive=2)
    content = render_archive(made)[f"{NAME}.archive.3.atom"]
    found = archived_entries(content, 3)
    assert [each.archive for each in found] == [3, 3]
    for one, expected in zip(found, printed(made), strict=True):
        assert one.published == expected.published
        for field in ("id", "url", "title", "summary", "authors", "tags", "publisher", "published"):
            assert getattr(one.entry, field) == getattr(expected.entry, field)
        assert content_html(one.entry) == content_html(expected.entry)
        assert [image.url for image in one.entry.images] == [image.url for image in expected.entry.images]
    assert newest_archive(content) == 2


@pytest.mark.parametrize("title", ["Why <b>bold</b> loses", "Tom &amp; Jerry", "1 < 2"])
def test_a_title_that_looks_like_html_comes_back_from_an_archive_as_it_was(title: str) -> None:
    made = replace(feed(replace(ENTRY, title=title)), archive=1)
    (found,) = archived_entries(render_archive(made)[f"{NAME}.archive.1.atom"], 1)
    assert found.entry.title == title


def test_a_feed_without_archives_names_none() -> None:
    assert newest_archive(render_feed(feed(ENTRY))[f"{NAME}.atom"]) is None


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b'{"items": 1}', b'{"items": [{}], "home_page_url": "", "title": ""}', b"\xff"]
)
def test_what_we_cannot_have_written_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        written_feed(content)
    with pytest.raises(ValueError, match="no Atom document"):
        archived_entries(b"<feed" + content, 1)
