"""Entries are found by structure: what repeats and looks like stories or documents, and nothing around it."""

from __future__ import annotations

import pytest

from feedmaker.extract.listing import extract_listing
from feedmaker.model import ListingRules
from feedmaker.normalize.encoding import page_of
from tests.extract.listing.pages import HEADLINES, addresses, card, drafted, listed, path, slug, urls_of

SHARE = "<a href='https://social.example/share?u=1'>Share</a>"


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


def test_links_in_the_text_of_some_rows_are_no_entries_where_each_row_has_its_own() -> None:
    number = "SCPW-24-{:07}"
    own = "<a href='https://a.example/{0}ord.pdf'>{0}</a> [<a href='https://a.example/{0}ordada.pdf'>ADA</a>]"
    order = (
        " <a href='/uploads/SCWC-20-{:02}44rej.pdf'>ICA Order Denying Motion for Reconsideration {}</a>, filed 10/04."
    )
    rows = ""
    for n in range(40):
        orders = "".join(order.format(n * 3 + k, n * 3 + k) for k in range(n % 3))
        text = f"Valdez v. Somerville {n} (Order Denying Petition). Petition for Writ, filed 07/22/2024.{orders}"
        rows += (
            f"<tr><td>August {n % 28 + 1}, 2024</td><td>{own.format(number.format(n))}</td><td><p>{text}</p></td></tr>"
        )
    found = listed(f"<table>{rows}</table>").items
    assert [item.url.rpartition("/")[2] for item in found] == [f"{number.format(n)}ord.pdf" for n in range(40)]


MENU = (
    ("/", "Home"),
    ("/about.html", "About us"),
    ("/contact.html", "How to write to the editors"),
    ("/terms", "Terms"),
)


@pytest.mark.parametrize(
    "form", ["<p><a href='{}'>{}</a></p>", "<a href='{}'>{}</a><br>", "<li><a href='{}'>{}</a></li>"]
)
@pytest.mark.parametrize("is_before", [True, False], ids=["before", "behind"])
def test_a_menu_in_the_form_of_the_entries_is_parted_from_them(form: str, is_before: bool) -> None:
    entries = "".join(form.format(path(n), HEADLINES[n]) for n in range(8))
    menu = "".join(form.format(*each) for each in MENU)
    found = listed(menu + entries if is_before else entries + menu)
    assert urls_of(found) == addresses(*range(8))


def test_entries_with_short_titles_stay_in_their_list() -> None:
    short = "".join(f"<p><a href='/world/{word.lower()}.html'>{word}</a></p>" for word in ("Ferries", "Lighthouses"))
    found = listed(short + "".join(f"<p><a href='/world/{n}.html'>{HEADLINES[n]}</a></p>" for n in range(8)))
    assert len(found.items) == 10


def test_pages_beside_a_list_of_documents_are_no_entries() -> None:
    rows = "".join(
        f"<tr><td><a href='/data/{n}.pdf'>No. {n}/24</a></td><td>Somebody v. State</td><td>08/{n + 1:02}/24</td></tr>"
        for n in range(20)
    )
    years = "".join(
        f"<strong><a href='/courts/archive{y}term'>September Term {y} Hearings</a></strong><br>"
        for y in range(2006, 2019)
    )
    found = listed(f"<table>{rows}</table><div><p>{years}</p></div>").items
    assert len(found) == 20
    assert all(item.url.endswith(".pdf") for item in found)


def test_two_links_of_one_class_to_each_document_give_one_entry_a_document() -> None:
    rows = "".join(
        f"<div class='row'><div class='col'>24-P-{1000 + n}</div><div class='col'>Commonwealth v. Somebody {n}</div>"
        f"<div class='col'>12/{n + 10}/2024</div><div class='col b'><a href='/get/{n}000'>Download PDF</a></div>"
        f"<div class='col b'><a href='/view?id={n}000'>Read in full</a></div></div>"
        for n in range(12)
    )
    found = listed(f"<div class='panel'>{rows}</div>", url="https://www.court.example/opinions/").items
    assert [item.url for item in found] == [f"https://www.court.example/get/{n}000" for n in range(12)]
    assert found[0].title == "Commonwealth v. Somebody 0"


def test_links_that_accompany_a_headline_are_no_entries() -> None:
    extras = (
        "<p class='meta'>by <a href='/authors/ann-harper' rel='author'>Ann Harper</a> in <a href='/tag/sea'>Sea</a>"
        f" <a href='{{0}}#comments'>12 comments</a> {SHARE} <a href='{{0}}'>Read more</a></p>"
    )
    listing = listed("".join(card(n, extras.format(path(n))) for n in range(6)))
    assert urls_of(listing) == addresses(*range(6))
    assert [item.title for item in listing.items] == list(HEADLINES[:6])


def test_two_links_of_each_row_give_one_entry_a_row() -> None:
    rows = "".join(
        f"<tr><td><a href='/forum/thread-{100 + n}.html'>{HEADLINES[n]}</a></td><td>"
        f"<a href='/user/{n}'>Sailor{n}</a></td>"
        f"<td><a href='/forum/thread-{100 + n}.html?last'>Today, 10:{n}0</a></td></tr>"
        for n in range(8)
    )
    listing = listed(f"<table class='threads'>{rows}</table>", url="https://boards.example/forum/")
    assert urls_of(listing) == [f"https://boards.example/forum/thread-{100 + n}.html" for n in range(8)]


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


def test_links_in_the_text_of_whole_posts_are_no_entries() -> None:
    text = (
        "<div class='text'>"
        + "<p>Words before <a href='https://else.example/a-{0}-{1}'>a link to some other place</a> and after.</p>" * 4
        + "</div>"
    )
    posts = "".join(card(n, "".join(text.format(n, i) for i in range(2))) for n in range(5))
    assert urls_of(listed(posts)) == addresses(*range(5))


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
