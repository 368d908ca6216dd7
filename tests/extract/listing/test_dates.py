"""The date of an entry is read where its card, its list or its address shows it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.extract.listing.pages import HEADLINES, blocks, card, items, listed, path

DAY = datetime(2025, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<time datetime='2025-02-03T18:52:00Z'>yesterday</time>", datetime(2025, 2, 3, 18, 52, tzinfo=UTC)),
        ("<span data-unixtime='1738608720'></span>", datetime(2025, 2, 3, 18, 52, tzinfo=UTC)),
        ("<span class='date'>3 February 2025</span>", DAY),
        ("<p class='meta'>Coast | <i></i> 3 Feb 2025</p>", DAY),
        ("<div class='date'><span>3</span> <span>Feb</span> <span>2025</span></div>", DAY),
        (
            "<abbr class='published' title='2025-02-03T10:00:00+00:00'>10:00</abbr>",
            datetime(2025, 2, 3, 10, tzinfo=UTC),
        ),
        (
            "<time class='updated' datetime='2025-02-05'></time><time class='published' datetime='2025-02-03'></time>",
            DAY,
        ),
        (
            "<span>Sport</span><span>3 February 2025, 18.52</span><span>2 min</span>",
            datetime(2025, 2, 3, 18, 52, tzinfo=UTC),
        ),
        ("<span class='date'>5 days ago</span>", DAY),
        ("<span>il y a 5 jours</span>", DAY),
        ("<span>5일 전</span>", DAY),
        ("<span>3 ก.พ. 2568</span>", DAY),
        ("<div class='leaf'><span>3</span><br>February<br>2025</div>", DAY),
        ("<div><b>3</b><i>Feb</i><u>2025</u></div>", DAY),
        ("<div>3 February 2025 <b>4</b><i>Comments</i></div>", DAY),
        ("<div><span>3 Feb 2025</span><span>11</span></div>", DAY),
        (
            "<span class='Card_label__3e9a1'>3 Jan</span><span class='Card_published__8f8a8'>3 February 2025</span>",
            DAY,
        ),
    ],
    ids=[
        *("time", "attribute", "named", "behind an icon", "in pieces", "abbr", "update", "unnamed", "ago"),
        *("French", "Korean", "Thai"),
        *("leaf of a calendar", "parts without names", "with a count", "beside a number", "CSS modules"),
    ],
)
def test_the_date_is_read_where_the_list_shows_it(inner: str, expected: datetime) -> None:
    published = {item.published for item in items(inner)}
    (only,) = published
    assert only is not None
    assert (only.date(), only.hour if expected.hour else 0) == (expected.date(), expected.hour)


def test_a_date_in_the_text_is_no_date_of_the_entry_when_the_list_shows_one() -> None:
    inner = "<p>They met on 14 March 2019 at the pier.</p><span class='posted'>3 February 2025</span>"
    assert {item.published for item in items(inner)} == {DAY}


@pytest.mark.parametrize(
    "line",
    [
        "3 Feb 2025 - <a href='{path}'>{title}</a><br>",
        "<a href='{path}'>{title}</a> (3 February 2025)<br>",
        "<li>2025-02-03: <a href='{path}'>{title}</a></li>",
    ],
)
def test_the_date_stands_in_bare_text_beside_the_link(line: str) -> None:
    assert {item.published for item in blocks(line)} == {DAY}


DAYS = (("January 14, 2025", (0, 1, 2)), ("January 13, 2025", (3, 4)), ("January 12, 2025", (5, 6, 7)))
IN_DAYS = [14, 14, 14, 13, 13, 12, 12, 12]


def days_of(heading: str, entry: str, days: tuple[tuple[str, tuple[int, ...]], ...] = DAYS) -> list[int | None]:
    """The day of the month of each entry of a list in which days stand above their entries."""
    body = ""
    for day, numbers in days:
        entries = "".join(entry.format(path=path(n), title=HEADLINES[n]) for n in numbers)
        body += heading.format(day=day).replace("ENTRIES", entries)
    return [item.published.day if item.published else None for item in listed(body).items]


@pytest.mark.parametrize(
    ("heading", "entry"),
    [
        ("<h3>{day}</h3><ul>ENTRIES</ul>", "<li><a href='{path}'>{title}</a></li>"),
        ("<h3>{day}</h3>ENTRIES", "<p><a href='{path}'>{title}</a></p>"),
        ("<h2>{day}</h2>ENTRIES", "<div><h4><a href='{path}'>{title}</a></h4><p>Some words of it.</p></div>"),
        ("<section><div><b>{day}</b></div><ul>ENTRIES</ul></section>", "<li><a href='{path}'>{title}</a></li>"),
        ("<table><tr><th>{day}</th></tr>ENTRIES</table>", "<tr><td><a href='{path}'>{title}</a></td></tr>"),
        ("<dl><dt>Opinions of {day}</dt>ENTRIES</dl>", "<dd><a href='{path}'>{title}</a></dd>"),
        ("<h3><a href='/day'>{day}</a></h3><ul>ENTRIES</ul>", "<li>10:30 <a href='{path}'>{title}</a></li>"),
    ],
    ids=["lists", "flat", "cards", "sections", "table", "definitions", "with a link"],
)
def test_the_day_above_several_entries_is_the_date_of_each(heading: str, entry: str) -> None:
    assert days_of(heading, entry) == IN_DAYS


@pytest.mark.parametrize(
    ("heading", "days"),
    [
        ("<h3>{day}</h3><ul>ENTRIES</ul>", (("January 2025", (0, 1, 2)), ("December 2024", (3, 4, 5)))),
        ("<h3>{day}</h3><ul>ENTRIES</ul>", (("Updated January 14, 2025", (0, 1, 2, 3, 4, 5)),)),
        ("<h3>{day}</h3><h4>Older entries</h4><ul>ENTRIES</ul>", DAYS),
    ],
    ids=["months", "one day", "another heading"],
)
def test_what_is_no_day_of_each_entry_is_not_taken_for_one(
    heading: str, days: tuple[tuple[str, tuple[int, ...]], ...]
) -> None:
    assert set(days_of(heading, "<li><a href='{path}'>{title}</a></li>", days)) == {None}


def test_a_day_above_several_flat_records_leaves_each_its_own_summary() -> None:
    body = ""
    for day, numbers in DAYS:
        records = (
            f"<h4><a href='{path(n)}'>{HEADLINES[n]}</a></h4><p>Some words on story {n} alone.</p>" for n in numbers
        )
        body += f"<h3>{day}</h3>{''.join(records)}"
    found = listed(body).items
    assert [item.summary for item in found] == [f"Some words on story {n} alone." for n in range(8)]
    assert [item.published.day if item.published else None for item in found] == IN_DAYS


def test_a_date_of_the_entry_itself_goes_before_the_day_above_it() -> None:
    entry = "<li><a href='{path}'>{title}</a> <span class='date'>3 February 2025</span></li>"
    assert set(days_of("<h3>{day}</h3><ul>ENTRIES</ul>", entry)) == {3}


def test_the_date_in_the_address_is_the_last_resort() -> None:
    body = "".join(
        f"<h2><a href='/2025/02/0{n + 1}/story-of-the-harbour-{n}.html'>{HEADLINES[n]}</a></h2>" for n in range(5)
    )
    assert [item.published and item.published.day for item in listed(body).items] == [1, 2, 3, 4, 5]


def test_a_date_that_hangs_on_the_title_is_the_date() -> None:
    found = blocks("<div class='card'><h3><a href='{path}'>{title} ( 3) 03.02.2025 17:02</a></h3></div>")
    assert found[0].title == HEADLINES[0]
    assert found[0].published == datetime(2025, 2, 3, 17, 2, tzinfo=UTC)


def test_day_and_month_are_told_apart_by_all_dates_together() -> None:
    body = "".join(card(n, f"<span class='date'>0{n + 1}/0{n + 2}/2024</span>") for n in range(5))
    assert [item.published and item.published.month for item in listed(body).items] == [1, 2, 3, 4, 5]
    past = "".join(card(n, f"<i class='date'>0{5 - n}/0{1 + n % 2}/2025</i>") for n in range(5))
    assert [item.published and item.published.day for item in listed(past).items] == [5, 4, 3, 2, 1]
    european = body + card(5, "<span class='date'>25/01/2024</span>")
    assert [item.published and item.published.month for item in listed(european).items] == [2, 3, 4, 5, 6, 1]
