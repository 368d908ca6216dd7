"""Links that stand among the entries of a list, or in them, and are none."""

from __future__ import annotations

import pytest

from tests.extract.listing.pages import HEADLINES, addresses, blocks, card, listed, path, slug, urls_of

SHARE = "<a href='https://social.example/share?u=1'>Share</a>"


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


def test_a_list_that_is_nearly_sure_goes_before_what_belongs_to_each_of_its_rows() -> None:
    endings = {2: ".pdf", 9: ".pdf", 17: ".pdf"}
    addresses = [f"https://site-{n}.example/{n}{endings.get(n, '')}" for n in range(20)]
    rows = "".join(
        f"<tr><td>{n + 1}.</td><td><a href='/vote?id={n}'></a></td><td><a href='{addresses[n]}'>"
        f"{' '.join(HEADLINES[n % 8].split()[:4])} {n}</a> (<a href='/from?site={n}'>site-{n}.example</a>)</td></tr>"
        f"<tr><td colspan=2></td><td>{n} points by <a href='/user?id=u{n}'>user{n}</a> <a href='/item?id={n}'>{n} "
        f"hours ago</a> | <a href='/hide?id={n}'>hide</a> | <a href='/item?id={n}'>{n + 3} comments</a></td></tr>"
        for n in range(20)
    )
    found = listed(f"<center><table><tr><td><table>{rows}</table></td></tr></table></center>").items
    urls = {item.url for item in found}
    assert urls >= set(addresses)
    assert not any("/user?" in url for url in urls)


def test_documents_among_stories_are_entries_too() -> None:
    ends = {2: ".pdf", 9: ".pdf", 17: ".pdf"}
    linked = [f"https://site-{n}.example/{slug(HEADLINES[n % 8])}-{n}{ends.get(n, '')}" for n in range(20)]
    rows = "".join(f"<li><a href='{url}'>{HEADLINES[n % 8]} {n}</a> {n} points</li>" for n, url in enumerate(linked))
    assert urls_of(listed(f"<ul>{rows}</ul>")) == linked


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


@pytest.mark.parametrize("wrapper", ["<div>{}</div>", "<p>{}</p>", "<span><b>{}</b></span>"])
@pytest.mark.parametrize("is_before", [True, False], ids=["before", "behind"])
def test_what_each_row_offers_beside_its_entry_is_none_where_each_link_has_an_element_of_its_own(
    wrapper: str, is_before: bool
) -> None:
    rows = ""
    for n in range(8):
        links = (f"<a href='{path(n)}'>{HEADLINES[n]}</a>", f"<a href='/overview/{n}'>Overview</a>")
        wrapped = "".join(map(wrapper.format, reversed(links) if is_before else links))
        rows += f"<div class='row'><div class='text'>{wrapped}</div></div>"
    assert urls_of(listed(rows)) == addresses(*range(8))


def test_a_title_that_recurs_stays_in_its_list() -> None:
    titles = [HEADLINES[n] if n % 3 else "The week in pictures" for n in range(8)]
    rows = "".join(f"<li><a href='{path(n)}'>{title}</a></li>" for n, title in enumerate(titles))
    assert urls_of(listed(f"<ul>{rows}</ul>")) == addresses(*range(8))


def test_two_links_of_each_row_give_one_entry_a_row() -> None:
    rows = "".join(
        f"<tr><td><a href='/forum/thread-{100 + n}.html'>{HEADLINES[n]}</a></td><td>"
        f"<a href='/user/{n}'>Sailor{n}</a></td>"
        f"<td><a href='/forum/thread-{100 + n}.html?last'>Today, 10:{n}0</a></td></tr>"
        for n in range(8)
    )
    listing = listed(f"<table class='threads'>{rows}</table>", url="https://boards.example/forum/")
    assert urls_of(listing) == [f"https://boards.example/forum/thread-{100 + n}.html" for n in range(8)]


def test_links_in_the_text_of_whole_posts_are_no_entries() -> None:
    text = (
        "<div class='text'>"
        + "<p>Words before <a href='https://else.example/a-{0}-{1}'>a link to some other place</a> and after.</p>" * 4
        + "</div>"
    )
    posts = "".join(card(n, "".join(text.format(n, i) for i in range(2))) for n in range(5))
    assert urls_of(listed(posts)) == addresses(*range(5))


@pytest.mark.parametrize(
    "picture",
    [
        "<a href='{path}' title='{title}'><img src='/{n}.jpg'></a>",
        "<a href='{path}'><img src='/{n}.jpg' alt='{title}'></a>",
        "<a href='{path}' title='{title}'></a>",
    ],
    ids=["title", "alt", "empty"],
)
def test_pictures_with_read_more_are_entries_by_what_they_are_called(picture: str) -> None:
    found = blocks(f"<div>{picture}<a href='{{path}}'>Read more</a></div>", 8)
    assert [(item.url, item.title) for item in found] == list(zip(addresses(*range(8)), HEADLINES, strict=True))


def test_a_heading_goes_before_what_a_picture_is_called() -> None:
    picture = "<a href='{path}'><img src='/{n}.jpg' alt='A photo of the view, number {n}'></a>"
    for title in ("<h3>{title}</h3>", "<div class='title'>{title}</div>"):
        found = blocks(f"<div><p>{picture}</p><div>{title}<p>Words.</p><a href='{{path}}'>Read more</a></div></div>", 8)
        assert [item.title for item in found] == list(HEADLINES)


def test_pictures_that_are_all_called_the_same_do_not_name_their_entries() -> None:
    icon = "<td><a href='{0}' title='New replies - opens in a window'><img src='/new.gif'></a></td>"
    titles = ["Weekly thread for all", "Weekly thread for all", "Weekly thread for all", *HEADLINES[3:]]
    rows = "".join(f"<tr>{icon.format(path(n))}<td><a href='{path(n)}'>{titles[n]}</a></td></tr>" for n in range(8))
    assert [item.title for item in listed(f"<table>{rows}</table>").items] == [None, None, None, *HEADLINES[3:]]


def test_pictures_beside_the_names_of_sections_do_not_name_them() -> None:
    picture = "<a href='/topics/{0}'><img src='/{0}.jpg' alt='A large view of the harbour, number {0}'></a>"
    box = f"<div>{picture}<a href='/topics/{{0}}'>{{1}}</a></div>"
    sections = "".join(box.format(n, f"Harbour {n // 2}") for n in range(8))
    assert urls_of(listed(f"<div>{sections}</div>" + "".join(map(card, range(6))))) == addresses(*range(6))
