"""Which known articles are read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from feedmaker.model import Entry, Follow, Image, ListedItem, OnEdit, Source, StoredEntry
from feedmaker.refresh.rereading import AT_ONCE, remembered, shows_change, to_read_again

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
URL = "https://news.example/a"
SOURCE = Source("town", "https://news.example/")
HALF_AN_HOUR = timedelta(minutes=30)


def item(title: str = "One", date: datetime | None = None, image: str = "https://a.example/1.jpg?w=9") -> ListedItem:
    return ListedItem(URL, title, published=date, image=Image(image) if image else None)


def known(listed: ListedItem, *, hours: float = 99, read: float = 0, failed_reads: int = 0) -> StoredEntry:
    """An entry published so long ago, read so long ago, and last seen half an hour ago as the list showed it."""
    entry = Entry(id=URL, url=URL, published=NOW - timedelta(hours=hours))
    stored = StoredEntry(entry, NOW - timedelta(days=9), NOW - HALF_AN_HOUR, "", failed_reads=failed_reads)
    return remembered(replace(stored, read_at=NOW - timedelta(hours=read)), listed)


@pytest.mark.parametrize(
    ("before", "now", "is_changed"),
    [
        (item(), item(), False),
        (item("One"), item("Two"), True),
        (item(image=""), item(), True),
        (item(), item(image="https://a.example/2.jpg"), True),
        (item(), item(image="https://cdn.example/1.jpg?token=new&w=300"), False),
        (item(date=NOW - timedelta(hours=3)), item(date=NOW - timedelta(hours=1)), True),
        (item(date=NOW - timedelta(hours=1)), item(date=NOW - timedelta(hours=3)), False),
        (item(date=None), item(date=NOW), False),
        (item(date=NOW), item(date=None), False),
    ],
    ids=[
        "same",
        "title",
        "first picture",
        "picture",
        "size of the picture",
        "later",
        "earlier",
        "first date",
        "no date",
    ],
)
def test_the_list_shows_a_change_by_title_picture_or_a_later_date(
    before: ListedItem, now: ListedItem, is_changed: bool
) -> None:
    assert shows_change(now, known(before), NOW) is is_changed


def test_a_date_that_moves_with_the_clock_shows_no_change() -> None:
    """Half an hour has passed, and the list still says "2 hours ago", or "yesterday" on the next day."""
    hours = known(item(date=NOW - timedelta(hours=2, minutes=30)))
    assert not shows_change(item(date=NOW - timedelta(hours=2)), hours, NOW)
    midnight = NOW.replace(hour=0)
    days = known(item(date=midnight - timedelta(days=2)))
    assert not shows_change(item(date=midnight - timedelta(days=1)), days, NOW)
    assert shows_change(item(date=midnight), days, NOW)


def test_an_entry_of_which_the_list_is_not_known_shows_no_change() -> None:
    stored = StoredEntry(Entry(id=URL, url=URL), NOW, NOW, "")
    assert not shows_change(item(), stored, NOW)


def test_an_article_is_read_again_while_it_is_young() -> None:
    young, old = (item(), known(item(), hours=5.9)), (item(), known(item(), hours=6.1))
    assert to_read_again(SOURCE, {"young": young, "old": old}, NOW) == (["young"], False)
    assert to_read_again(Source("town", URL, reread=timedelta(0)), {"young": young}, NOW) == ([], False)


def test_an_article_that_cannot_be_read_is_not_read_again_for_its_youth() -> None:
    assert to_read_again(SOURCE, {"a": (item(), known(item(), hours=1, failed_reads=3))}, NOW) == ([], False)


def test_changed_articles_come_first_then_those_that_were_read_the_longest_ago() -> None:
    articles = {
        "young, just read": (item(), known(item(), hours=1, read=0)),
        "young": (item(), known(item(), hours=1, read=1)),
        "changed, just read": (item("New"), known(item(), read=0)),
        "changed": (item("New"), known(item(), read=9)),
    }
    expected = ["changed", "changed, just read", "young"]
    assert to_read_again(SOURCE, articles, NOW) == (expected, False)


def test_of_many_changed_articles_a_few_are_read_and_the_rest_waits() -> None:
    articles = {str(number): (item("New"), known(item(), read=9 - number)) for number in range(9)}
    assert to_read_again(SOURCE, articles, NOW) == (["0", "1", "2"][:AT_ONCE], True)


@pytest.mark.parametrize("values", [{"follow": Follow.NONE}, {"on_edit": OnEdit.IGNORE}])
def test_nothing_is_read_again_where_it_would_change_nothing(values: dict[str, object]) -> None:
    source = Source("town", URL, **values)  # type: ignore[arg-type]
    assert to_read_again(source, {"a": (item("New"), known(item(), hours=1))}, NOW) == ([], False)
