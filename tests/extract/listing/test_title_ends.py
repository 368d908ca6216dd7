"""Ranks, clocks, counts and "Read more about" stand before and behind the titles of a list, and are no part of them."""

from __future__ import annotations

import pytest

from tests.extract.listing.pages import HEADLINES, blocks


@pytest.mark.parametrize(
    "inside",
    [
        "10:2{n} {title}",
        "1{n}:05 Uhr {title}",
        "{n}:05 am - {title}",
        "<img src='/{n}.jpg'> 1{n}h30 | {title}",
        "{title} <small>vor {n} Stunden</small>",
        "{title} <i>0{n}.02.2024</i>",
        "<span>Jan {n}, 2025</span> – <span>{title}</span>",
        "<span class='rank'>{n}</span> {title}",
        "<span>#{n}.</span> {title}",
        "{title} <span>{n}2</span>",
        "<span>{title}</span> <span>({n})</span>",
        "{title} <span>{n} comments</span>",
        "{title} <small>{n}.{n}k</small>",
    ],
)
@pytest.mark.parametrize("frame", ["<li>{}</li>", "<div class='card'><h3>{}</h3><p>Some words on it.</p></div>"])
def test_a_time_a_rank_or_a_count_is_no_part_of_the_titles_of_a_list(inside: str, frame: str) -> None:
    found = blocks(frame.format(f"<a href='{{path}}'>{inside}</a>"))
    assert [item.title for item in found] == list(HEADLINES[:6])


def test_a_single_comment_is_a_count_like_the_others() -> None:
    words = ("1 Kommentar", "12 Kommentare", "3 Kommentare", "1 Kommentar", "7 Kommentare", "40 Kommentare")
    parts = [f"<li><a href='/{n}/'>{HEADLINES[n]} <span>{word}</span></a></li>" for n, word in enumerate(words)]
    assert [item.title for item in blocks("".join(parts), 1)] == list(HEADLINES[:6])


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ("{title} <span>(199{n})</span>", f"{HEADLINES[1]} (1991)"),
        ("{title}, part <b>{n}</b>", f"{HEADLINES[1]}, part 1"),
        ("<span>Pier {n}</span> {title}", f"Pier 1 {HEADLINES[1]}"),
        ("<span>2025-UP-10{n}</span> {title}", f"2025-UP-101 {HEADLINES[1]}"),
        ("<span>{n} sailors</span> {title}", f"1 sailors {HEADLINES[1]}"),
        ("The harbour news number <span>{n}</span>", "The harbour news number 1"),
        ("{title} at 10:30", f"{HEADLINES[1]} at 10:30"),
        ("<b>Harbour</b> master: {title}", f"Harbour master: {HEADLINES[1]}"),
        ("<strong>Harbour</strong> and coast: {title}", f"Harbour and coast: {HEADLINES[1]}"),
    ],
)
def test_numbers_and_bold_words_that_say_something_stay_in_their_titles(inside: str, title: str) -> None:
    assert blocks(f"<li><a href='{{path}}'>{inside}</a></li>")[1].title == title


@pytest.mark.parametrize("tag", ["b", "strong"])
def test_a_badge_in_bold_is_no_part_of_the_titles(tag: str) -> None:
    badge = f"<{tag}>Video</{tag}> "
    items = [f"<li><a href='/{n}/'>{badge * (n % 2)}{HEADLINES[n]}</a></li>" for n in range(8)]
    assert [item.title for item in blocks("".join(items), 1)] == list(HEADLINES)


def test_a_bold_word_that_other_titles_go_on_from_is_one_of_their_words() -> None:
    titles = ["<b>Ferry</b> Line Opens Again", "<b>Ferry</b> pilots strike once more", "A new <b>Ferry</b> comes today"]
    body = "".join(f"<li><a href='/{n}/'>{titles[n % 3]} {n}</a></li>" for n in range(9))
    assert blocks(body, 1)[0].title == "Ferry Line Opens Again 0"


@pytest.mark.parametrize("tag", ["b", "strong"])
@pytest.mark.parametrize("picture", ["", "<img src='/{n}.jpg'>"])
def test_the_line_in_bold_that_begins_a_card_is_its_title(tag: str, picture: str) -> None:
    line = f"{picture}<{tag}>{{title}}</{tag}><br>Some more words that sum up number {{n}}."
    found = blocks(f"<li><a href='{{path}}'>{line}</a></li>")
    assert [item.title for item in found] == list(HEADLINES[:6])


def test_a_kicker_in_bold_that_begins_a_card_is_not() -> None:
    found = blocks("<li><a href='{path}'><b>Coast</b><br>{title}</a></li>")
    assert [item.title for item in found] == list(HEADLINES[:6])


@pytest.mark.parametrize(
    "link",
    [
        "Read more about {title}",
        "Read more<span class='hidden'> about {title}</span>",
        "Continue reading “{title}”",
        "Read the story: {title} »",
    ],
)
def test_a_link_that_asks_to_read_on_has_the_heading_that_it_names_as_its_title(link: str) -> None:
    card = f"<div class='card'><h3>{{title}}</h3><p>Some words on it.</p><a href='{{path}}'>{link}</a></div>"
    assert [item.title for item in blocks(card)] == list(HEADLINES[:6])


def test_what_titles_begin_with_stays_where_no_heading_is_without_it() -> None:
    found = blocks("<div class='card'><h3>News</h3><a href='{path}'>Letter from the harbour: {title}</a></div>")
    assert found[0].title == f"Letter from the harbour: {HEADLINES[0]}"
