"""The title of an entry is the headline that its card shows, and nothing besides."""

from __future__ import annotations

import pytest

from tests.extract.listing.pages import HEADLINES, address, blocks, listed


@pytest.mark.parametrize(
    "block",
    [
        (
            "<li class='card'><a href='{path}'><img src='/{n}.jpg'>"
            "<span class='comments'>361 postings</span><h3>{title}</h3><p>Some words of summary</p></a>"
            "</li>"
        ),
        (
            "<div class='card'><a href='{path}'><div class='kicker'>Coast</div>"
            "<div class='card-title'>{title}</div><p>A summary of more words.</p></a></div>"
        ),
        (
            "<div class='card'><h2>"
            "<a href='{path}'>{title} <time>12:30</time> <span class='count'>14</span></a></h2></div>"
        ),
        "<div class='card'><h3>{title}</h3><p>Some words on the matter.</p><a href='{path}'>Read more</a></div>",
        "<div class='card'><a href='{path}' title='{title}'>Ferry lines and so on...</a></div>",
        "<div class='card'><h3><a href='{path}'>{title} - 03.02.2025</a></h3></div>",
        "<div class='card'><a href='{path}'><h2>Coast</h2><h3>{title}</h3></a></div>",
        "<li><a href='{path}'>{title} »</a></li>",
        (
            "<div class='card'><a href='{path}'><div>2025-02-01</div><div>{title}</div>"
            "<div>And a summary of it</div></a></div>"
        ),
    ],
    ids=["card", "named", "badges", "beside", "attribute", "date", "section", "arrow", "first text"],
)
def test_the_title_is_the_headline_alone(block: str) -> None:
    assert [item.title for item in blocks(block)] == list(HEADLINES[:6])


def test_a_kicker_that_ends_in_a_colon_belongs_to_its_title() -> None:
    found = blocks("<div class='card'><a href='{path}'><div>On the coast:</div><div>{title}</div></a></div>")
    assert found[0].title == f"On the coast: {HEADLINES[0]}"


def test_a_title_that_is_cut_is_completed_from_the_same_record() -> None:
    found = blocks(
        "<div class='card'><h3><a href='{path}'>{title:.20}...</a></h3><div class='popup'>"
        "<a href='{path}'>{title}</a></div></div>"
    )
    assert [item.title for item in found] == list(HEADLINES[:6])


def test_pieces_of_a_title_are_set_apart_where_its_elements_meet() -> None:
    found = blocks("<div class='card'><h3><a href='{path}'><span>Pier {n}</span><span>{title}</span></a></h3></div>")
    assert found[0].title == f"Pier 0 {HEADLINES[0]}"


def test_no_space_comes_into_chinese_where_its_elements_meet() -> None:
    found = blocks("<li class='card'><h3><a href='{path}'><i>专题</i>港口新渡轮航线正式开通运营{n}</a></h3></li>")
    assert found[0].title == "专题港口新渡轮航线正式开通运营0"


def test_a_large_initial_stays_with_its_word() -> None:
    found = blocks("<div class='card'><h3><a href='{path}'><b>F</b>erry line number {n} to the islands</a></h3></div>")
    assert found[0].title == "Ferry line number 0 to the islands"


@pytest.mark.parametrize(
    "inside",
    [
        "<span class='flag'>Coast+</span> {title}",
        "<div><svg><title>Coast+</title></svg></div><div>{title}</div>",
        "{title} <span class='flag'>Sport</span>",
        "<span class='flag'>Coast+</span><span class='text'>{title}</span>",
        "{title} <em>2:3{n}</em>",
        "<span class='descriptor'>Title:</span> {title}",
    ],
    ids=["before", "drawing", "behind", "between elements", "length", "label"],
)
def test_what_stands_beside_several_titles_is_no_part_of_them(inside: str) -> None:
    found = blocks(f"<div class='card'><h3><a href='{{path}}'>{inside}</a></h3></div>")
    assert [item.title for item in found] == list(HEADLINES[:6])


def test_a_kicker_with_a_colon_belongs_to_its_title_however_often_it_recurs() -> None:
    block = (
        "<div class='card'><h3><a href='{path}'><span>On the coast</span><span>: </span><b>{title}</b></a></h3></div>"
    )
    assert blocks(block)[0].title == f"On the coast: {HEADLINES[0]}"


def test_words_that_a_search_marks_stay_in_their_titles() -> None:
    words = [
        "<mark>Ferry</mark> line opens again",
        "A new <mark>Ferry</mark> comes",
        "<mark>Ferry</mark> pilots strike",
    ]
    body = "".join(f"<div class='card'><h3><a href='{address(n)}'>{words[n % 3]} {n}</a></h3></div>" for n in range(6))
    assert listed(body).items[0].title == "Ferry line opens again 0"


def test_a_title_that_recurs_is_no_badge() -> None:
    block = "<div class='card'><h3><a href='{path}'><span>Photos</span> <span>Pictures of the day</span></a></h3></div>"
    assert {item.title for item in blocks(block)} == {"Pictures of the day"}


def test_a_rank_before_a_short_title_is_no_title() -> None:
    block = "<tr class='story'><td class='title'>{n}.</td><td class='title'><a href='{path}'>Ferries {n}</a></td></tr>"
    body = "".join(block.format(n=n, path=address(n)) for n in range(8))
    assert listed(f"<table>{body}</table>").items[0].title == "Ferries 0"


def test_the_block_that_shows_the_titles_of_a_list_shows_the_short_ones_too() -> None:
    words = ["Ferries", *HEADLINES[1:]]
    body = "".join(
        f"<div class='card'><a href='{address(n)}'><div class='x1'>{words[n]}</div>"
        "<div class='x2'>What you need to know about all of it</div></a></div>"
        for n in range(8)
    )
    assert [item.title for item in listed(body).items] == words


def test_a_category_that_recurs_is_no_title_however_long() -> None:
    words = ["ROTOR", "Pipe fittings", "Pumps for wells", "Cranes", "Rope and chain", "Anchors", "Boat paint", "Oars"]
    body = "".join(
        f"<div class='card'><a href='{address(n)}'><div class='x1'>{words[n]} of lot {n}</div>"
        f"<div class='x2'>{n % 3} -- Components and accessories of ships</div></a></div>"
        for n in range(8)
    )
    assert listed(body).items[3].title == "Cranes of lot 3"


@pytest.mark.parametrize(
    "inside",
    [
        "<img src='/{n}.jpg'><span>{title}</span><span>January 1{n}, 2025</span>",
        "<span>Coast</span><span>{title}</span><span>Some more words that sum it all up at length.</span>",
        "<div>Monday, January 1{n}, 2025</div><div>{title}</div><div>And a summary of many words.</div>",
    ],
    ids=["date", "kicker", "date first"],
)
def test_a_card_without_headings_and_names_has_the_title_of_its_list(inside: str) -> None:
    found = blocks(f"<li><a href='{{path}}'>{inside}</a></li>")
    assert [item.title for item in found] == list(HEADLINES[:6])


def test_a_kicker_that_ends_in_a_colon_is_no_title_of_a_card() -> None:
    found = blocks(
        "<li><a href='{path}'><span>The quiet life of the pier number {n}:</span><span>{title}</span></a></li>"
    )
    assert found[2].title == f"The quiet life of the pier number 2: {HEADLINES[2]}"


def test_a_title_that_is_set_in_pieces_stays_whole() -> None:
    def pieces(headline: str) -> str:
        return " ".join(f"<span>{word}</span>" for word in headline.split())

    body = "".join(f"<li><a href='{address(n)}'>{pieces(HEADLINES[n])}</a></li>" for n in range(8))
    assert [item.title for item in listed(f"<ul>{body}</ul>").items] == list(HEADLINES)


def test_what_a_screen_reader_is_told_of_every_link_is_no_part_of_its_title() -> None:
    found = blocks(
        "<li><a href='{path}'><span>{title:.24}</span> <span class='hidden'>(opens in a new window)</span></a></li>"
    )
    assert [item.title for item in found] == [title[:24].strip() for title in HEADLINES[:6]]


@pytest.mark.parametrize(
    "card",
    [
        "<h3>{title}</h3><p>Some words on the matter.</p><a href='{path}'>Friday, January 1{n}, 2025</a>",
        "<a href='{path}' title='{title}'>January 1{n}, 2025</a><p>Some words on the matter.</p>",
    ],
    ids=["heading", "attribute"],
)
def test_a_link_that_says_when_its_entry_came_has_its_title_elsewhere(card: str) -> None:
    found = blocks(f"<div class='card'>{card}</div>")
    assert [item.title for item in found] == list(HEADLINES[:6])


def test_a_date_is_the_title_where_there_is_no_other() -> None:
    found = blocks("<li><a href='{path}'>Thursday, January 1{n}, 2025</a></li>")
    assert found[1].title == "Thursday, January 11, 2025"


def test_links_that_a_page_leaves_open_have_titles_of_their_own() -> None:
    body = "".join(f"<li class='card'><a href='{address(n)}'><h3>{HEADLINES[n]}</h3>" for n in range(6))
    found = listed(f"<ul>{body}</ul><h2>Listen to the person of the week</h2>")
    assert [item.title for item in found.items][:5] == list(HEADLINES[:5])


def test_classes_that_say_how_a_title_looks_say_nothing_of_what_it_is() -> None:
    block = (
        "<div class='card'><h3><a href='{path}'><span>Pier {n}:</span>"
        '<div class="hover:group-[:has([data-x]:hover)]:date">{title}</div></a></h3></div>'
    )
    assert blocks(block)[0].title == f"Pier 0: {HEADLINES[0]}"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Minutes of the council - 03.02.2025", "Minutes of the council"),
        ("Minutes of the council (03.02.2025)", "Minutes of the council"),
        ("Minutes of the council | 2025-02-03 17:02", "Minutes of the council"),
        ("Minutes of the council (12)", "Minutes of the council"),
        ("Minutes of the council 03.02.2025", "Minutes of the council 03.02.2025"),
        ("Rules of the harbour (as of 03.02.2025)", "Rules of the harbour (as of 03.02.2025)"),
        ("iOS 16.7.15 and iPadOS 16.7.15", "iOS 16.7.15 and iPadOS 16.7.15"),
        ("A history of all lighthouses (2011)", "A history of all lighthouses (2011)"),
    ],
)
def test_only_what_is_set_apart_at_the_end_of_a_title_is_cut(title: str, expected: str) -> None:
    body = "".join(f"<div class='card'><h3><a href='{address(n)}'>{title}</a></h3></div>" for n in range(2))
    others = "".join(f"<div class='card'><h3><a href='{address(n)}'>{HEADLINES[n]}</a></h3></div>" for n in range(2, 7))
    assert listed(body + others).items[0].title == expected


@pytest.mark.parametrize("sign", ["•", "<b>·</b>", "►"])
def test_bullets_before_a_title_are_no_part_of_it(sign: str) -> None:
    found = blocks(f"<div class='card'><h3><a href='{{path}}'>{sign} {{title}}</a></h3></div>")
    assert [item.title for item in found] == list(HEADLINES[:6])


def test_a_quotation_mark_that_ends_a_title_is_no_arrow() -> None:
    found = blocks("<li><a href='{path}'>Le maire numéro {n} répond : «La digue tiendra»</a></li>")
    assert found[0].title == "Le maire numéro 0 répond : «La digue tiendra»"


def test_a_link_of_nothing_but_a_sign_has_its_title_elsewhere() -> None:
    found = blocks("<div class='card'><h3><a href='{path}' title='{title}'>•</a></h3><p>Feb {n}, 2025</p></div>")
    assert [item.title for item in found] == list(HEADLINES[:6])


def test_a_row_whose_links_have_no_title_is_named_by_its_first_words() -> None:
    rows = "".join(
        f"<tr><td>{n + 1}/14/2024</td><td>24-{1000 + n}</td><td>USA v. Somebody {n}</td>"
        f"<td>Affirmed, with a very long account of why that is so.</td><td><a href='/docs/{n}.pdf'>PDF</a></td></tr>"
        for n in range(9)
    )
    found = listed(f"<table>{rows}</table>", url="https://www.court.example/opinions/").items
    assert [item.title for item in found] == [f"USA v. Somebody {n}" for n in range(9)]


@pytest.mark.parametrize(
    "card",
    [
        "<a href='{path}' aria-label='{title}'></a><img src='/{n}.jpg'><span>{title}</span>",
        "<a href='{path}' aria-label='{title}'></a><div><h3><span>Pier {n}</span> {title}</h3></div>",
        "<a href='{path}'></a><img src='/{n}.jpg'><h3>{title}</h3><p>Some words of it.</p>",
        "<a href='{path}'><img src='/{n}.jpg' alt='A boat'></a><div><h3>{title}</h3><p>Some words of it.</p></div>",
    ],
    ids=["label", "label and heading", "heading", "picture"],
)
def test_a_link_without_text_that_lies_over_a_card_has_the_title_of_the_card(card: str) -> None:
    found = blocks(f"<li class='card'>{card}</li>")
    assert [item.title for item in found] == list(HEADLINES[:6])


def test_a_heading_with_a_link_of_its_own_is_no_title_of_the_link_before_it() -> None:
    found = blocks("<div class='card'><a href='/ad/{n}'></a><h3><a href='{path}'>{title}</a></h3></div>")
    assert [item.url for item in found] == [address(n) for n in range(6)]
