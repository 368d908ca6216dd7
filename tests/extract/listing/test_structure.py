"""Entries are found by structure: what repeats and looks like stories or documents, and nothing around it."""

from __future__ import annotations

import pytest

from feedmaker.extract.listing import extract_listing
from feedmaker.model import ListingRules
from feedmaker.normalize.encoding import page_of
from tests.extract.listing.pages import HEADLINES, addresses, card, drafted, listed, path, slug, urls_of


def test_cards_are_found_in_the_order_of_the_page() -> None:
    listing = listed("".join(card(n) for n in (3, 1, 2, 0, 4)))
    assert urls_of(listing) == addresses(3, 1, 2, 0, 4)
    assert [item.title for item in listing.items] == [HEADLINES[n] for n in (3, 1, 2, 0, 4)]


def test_the_way_and_how_sure_it_is_are_told() -> None:
    how = drafted("".join(card(n, "<time datetime='2025-02-07'>7 Feb</time>") for n in range(8))).how
    assert how.extractor == "structure"
    assert how.confidence >= 0.8
    assert "8 stories" in how.note


@pytest.mark.parametrize(
    "layout",
    [
        lambda n: f"<li class='teaser'><a href='{path(n)}'><img src='/p/{n}.jpg'><h3>{HEADLINES[n]}</h3></a></li>",
        lambda n: (
            "<div class='row'><div class='cell'><div class='box'><h3>"
            f"<a href='{path(n)}'>{HEADLINES[n]}</a></h3></div></div></div>"
        ),
        lambda n: (
            f"<tr><td>{n}.</td><td class='title'><a href='{path(n)}'>{HEADLINES[n]}</a></td>"
            f"<td>2025-02-0{n + 1}</td></tr>"
        ),
        lambda n: f"<dt><a href='{path(n)}'>{HEADLINES[n]}</a></dt><dd>Posted 2025-02-0{n + 1}</dd>",
        lambda n: f"<div><a href='{path(n)}' class='headline'>{HEADLINES[n]}</a> <span>2025-02-0{n + 1}</span></div>",
    ],
    ids=["li", "wrappers", "table", "definitions", "plain"],
)
def test_many_layouts_are_lists(layout) -> None:  # type: ignore[no-untyped-def]
    body = "".join(layout(n) for n in range(7))
    wrapped = {"<tr": f"<table>{body}</table>", "<dt": f"<dl>{body}</dl>"}.get(body[:3], body)
    assert urls_of(listed(wrapped)) == addresses(*range(7))


def test_a_run_of_paragraphs_with_documents_is_a_register() -> None:
    body = "".join(
        f"<p><a href='/files/opinions/2025-{100 + n}.pdf'>May {n + 1}, 2024 – Opinion of the Attorney 624c-{n}</a></p>"
        for n in range(12)
    )
    listing = listed(body, url="https://www.court.example/opinions/")
    assert len(listing.items) == 12
    assert "register" in listing.how.note


def test_documents_named_only_by_their_kind_are_a_register() -> None:
    rows = "".join(
        f"<tr><td><a href='/docs/S27{n:03}.PDF'>PDF</a> <a href='/docs/S27{n:03}.DOCX'>DOC</a></td>"
        f"<td>{n + 1}/14/24</td><td>People v. Somebody{n} <a href='/case?id={n}'>Case details</a></td></tr>"
        for n in range(11)
    )
    listing = listed(f"<table>{rows}</table>", url="https://www.court.example/opinions/")
    assert urls_of(listing) == [f"https://www.court.example/docs/S27{n:03}.PDF" for n in range(11)]


def test_a_lead_story_and_the_river_below_it_are_one_list() -> None:
    lead = (
        f"<section class='lead'><a href='{path(7)}'><img src='/lead.jpg'></a><h1>"
        f"<a href='{path(7)}'>{HEADLINES[7]}</a></h1></section>"
    )
    listing = listed(lead + "".join(card(n, "<p>Some words on it that go on for a while.</p>") for n in range(6)))
    assert urls_of(listing) == addresses(7, *range(6))


def test_smaller_stories_below_each_lead_are_entries_too() -> None:
    def block(lead: int, *more: int) -> str:
        smaller = "".join(f"<li><h4><a href='{path(n)}'>{HEADLINES[n]}</a></h4></li>" for n in more)
        return f"<div class='block'><h2><a href='{path(lead)}'>{HEADLINES[lead]}</a></h2><ul>{smaller}</ul></div>"

    listing = listed(block(0, 1, 2) + block(3, 4, 5))
    assert urls_of(listing) == addresses(*range(6))


def test_smaller_stories_below_leads_that_no_heading_tells_apart_are_entries_too() -> None:
    sections, small = "", "<li><a href='/2025/02/{0}-{1}'>{2} {1}</a></li>"
    for n in range(6):
        below = "".join(small.format(n, k, HEADLINES[(n + k) % 8].rsplit(maxsplit=2)[0]) for k in range(1, 4))
        lead = f"<div><a href='/2025/02/{n}'>{HEADLINES[n]}</a></div><p>Some words that say what it is about.</p>"
        sections += f"<div>{lead}<ul>{below}</ul></div>"
    assert len(listed(sections).items) == 24


def test_entries_whose_links_all_say_the_same_are_found_by_the_headings_of_their_records() -> None:
    records = "".join(
        f"<div><h2><button>{HEADLINES[n]}</button></h2><div><div>Docket 2584CV0{n}</div>"
        f"<div><div><div><a href='/opinions/{n}'>View</a></div></div></div></div></div>"
        for n in range(8)
    )
    listing = listed(records)
    assert [item.title for item in listing.items] == list(HEADLINES)
    assert listing.how.is_sure


def test_a_group_that_repeats_others_adds_nothing() -> None:
    slider = "".join(f"<li><a href='{path(n)}'><img src='/s{n}.jpg'></a></li>" for n in range(4))
    listing = listed(f"<ul class='slider'>{slider}</ul>" + "".join(card(n) for n in range(6)))
    assert urls_of(listing) == addresses(*range(6))


def test_what_stands_around_the_list_is_left_out() -> None:
    tags = "".join(f"<a href='/tag/{word}'>{word}</a> " for word in ("sea", "wind", "fish", "boats", "ice", "law"))
    pager = "".join(f"<a href='/world/?page={n}'>{n}</a> " for n in range(2, 9))
    crumbs = "<div class='breadcrumb'><a href='/'>Home</a> <a href='/world/'>World</a></div>"
    login = "<div class='login'><a href='/login'>Log in or register to comment</a></div>"
    body = (
        crumbs
        + "".join(card(n) for n in range(6))
        + f"<div class='tagcloud'>{tags}</div><div class='pager'>{pager}</div>"
        + login
    )
    assert urls_of(listed(body)) == addresses(*range(6))


OTHER_STORIES = "".join(
    f"<li><a href='/world/{slug(title)}-77.html'>{title}</a></li>"
    for title in ("The oldest boat of the coast is for sale", "Ten walks that you can take at low tide")
)


@pytest.mark.parametrize(
    "around",
    [
        f"<aside><h3>Most read</h3><ol>{OTHER_STORIES}</ol></aside>",
        f"<div class='sidebar'><h3>Related stories</h3><ul>{OTHER_STORIES}</ul></div>",
        f"<footer><h3>From our archive</h3><ul>{OTHER_STORIES}</ul></footer>",
        "<div class='advert'><a href='https://ads.example/c?i=1'>Mattresses at half the price this week</a></div>",
        "".join(
            f"<a href='https://{s}.example/share?u=x'>Share this page on {s}</a> " for s in ("fb", "tw", "rd", "ln")
        ),
        "".join(
            f"<p class='comment'><a href='/user/{n}'>S{n}</a> on <a href='{path(n)}#comment-{n}'>{HEADLINES[n]}</a></p>"
            for n in range(5)
        ),
    ],
    ids=["most read", "related", "footer", "advertisement", "share", "comments"],
)
def test_lists_of_other_things_lose_against_the_entries(around: str) -> None:
    assert urls_of(listed("".join(card(n) for n in range(6)) + around)) == addresses(*range(6))


def test_rows_that_a_parser_nests_are_of_one_kind() -> None:
    """Old pages leave cells and fonts open; each row then lies deeper than the one before."""
    rows = "".join(
        f"<tr><td><font size=2><a href='/data/{1000 + n}s18.pdf'>{1000 + n}/18</a></td></font>" for n in range(30)
    )
    listing = listed(f"<font><table>{rows}</table>", url="https://www.court.example/opinions/")
    assert len(listing.items) == 30


def test_an_address_is_an_entry_once_with_its_best_title() -> None:
    listing = listed("".join(f"<div class='card'><a href='{path(n)}'>More</a>{card(n)}</div>" for n in range(5)))
    assert urls_of(listing) == addresses(*range(5))
    assert listing.items[0].title == HEADLINES[0]


def test_addresses_are_relative_to_the_base_that_the_page_declares() -> None:
    page = page_of(
        "<html><head><base href='https://cdn.example/app/'></head><body>"
        + "".join(f"<h2><a href='story-of-the-sea-{n}.html'>{HEADLINES[n]}</a></h2>" for n in range(5)),
        "https://www.example.com/x/",
    )
    draft = extract_listing(page, ListingRules())
    assert [item.url for item in draft.items][:2] == [
        "https://cdn.example/app/story-of-the-sea-0.html",
        "https://cdn.example/app/story-of-the-sea-1.html",
    ]


def test_addresses_that_no_browser_could_follow_are_left_out() -> None:
    bad = "".join(
        f"<article class='card'><h2><a href='{href}'>Words that make a title of a story</a></h2></article>"
        for href in (
            "http://[site:url]/x",
            "javascript:void(0)",
            "mailto:a@b.example",
            "#top",
            "tel:123",
            " ",
            "data:text/html,x",
        )
    )
    assert urls_of(listed(bad + "".join(card(n) for n in range(5)))) == addresses(*range(5))


def test_chinese_titles_without_spaces_are_titles() -> None:
    titles = (
        "港口新渡轮航线正式开通运营",
        "市议会投票决定保留旧灯塔",
        "暴风雨导致北部公路连续两天关闭",
        "年轻水手在大风中赢得帆船比赛",
    )
    body = "".join(
        f"<li><a href='/2025/0{n + 1}/c_11{n}.html'>{title}</a><span>2025-02-0{n + 1}</span></li>"
        for n, title in enumerate(titles)
    )
    assert [item.title for item in listed(f"<ul class='list'>{body}</ul>").items] == list(titles)


def test_fifty_thousand_links_are_read() -> None:
    rows = "".join(f"<li><a href='/s/{n}.html'>Story number {n} of the long list</a></li>" for n in range(50_000))
    assert len(listed(f"<ul>{rows}</ul>").items) == 50_000


def test_columns_of_an_endless_row_are_one_list() -> None:
    """A list for each column would be as many lists as links."""
    cells = "".join(f"<td><a href='/s/{n}.html'>Story number {n} of the long row</a></td>" for n in range(5_000))
    assert len(listed(f"<table><tr>{cells}</tr></table>").items) > 4_800


def test_the_page_s_own_title_summary_and_language_are_told() -> None:
    head = "<meta property='og:title' content='World news'><meta name='description' content='All of it'>"
    listing = listed("".join(card(n) for n in range(4)), head=head)
    assert (listing.title, listing.summary, listing.language) == ("World news", "All of it", "en")
    plain = listed("".join(card(n) for n in range(4)))
    assert plain.title == "World - Harbour Times"


def test_a_page_without_a_title_is_named_by_its_headline() -> None:
    page = page_of("<h1>The sea</h1>" + "".join(card(n) for n in range(4)), "https://www.example.com/")
    assert extract_listing(page, ListingRules()).titles[0].value == "The sea"
