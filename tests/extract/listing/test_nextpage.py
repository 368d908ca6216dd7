"""The page where a listing goes on is found by relation, word, arrow or number, in any language."""

from __future__ import annotations

import pytest

from tests.extract.listing.pages import URL, card, listed

NEXT = "https://www.harbour-times.example/world/?page=2"
CARDS = "".join(card(n) for n in range(5))


@pytest.mark.parametrize(
    "way",
    [
        "<a rel='next' href='/world/?page=2'>weitere</a>",
        "<a href='/world/?page=2'>Next</a>",
        "<a href='/world/?page=2'>Older posts »</a>",
        "<a href='/world/?page=2'>Nächste Seite</a>",
        "<a href='/world/?page=2'>Page suivante</a>",
        "<a href='/world/?page=2'>Entradas antiguas</a>",
        "<a href='/world/?page=2'>След.</a>",
        "<a href='/world/?page=2'>次へ</a>",
        "<a href='/world/?page=2'>下一页</a>",
        "<a href='/world/?page=2'>التالي</a>",
        "<a href='/world/?page=2'>← التالي</a>",
        "<a href='/world/?page=2'>← Older posts</a>",
        "<a href='/world/?page=2'>« Ältere Beiträge</a>",
        "<a href='/world/?page=2'>古い記事</a>",
        "<a href='/world/?page=2'>Seite 2</a>",
        "<a href='/world/?page=2' title='Next page'><i class='icon'></i></a>",
        "<a href='/world/?page=2'><img src='/r.gif' alt='next'></a>",
        "<div class='pager'><a href='/world/?page=2'>»</a></div>",
        "<div class='pager'><b>1</b> <a href='/world/?page=2'>2</a> <a href='/world/?page=3'>3</a></div>",
        "<nav class='pagination'><a href='/world/?page=2'>2</a><a class='next' href='/world/?page=2'>›</a></nav>",
        "<a href='/world/?page=2'>More news</a>",
    ],
)
def test_the_next_page_is_found(way: str) -> None:
    assert listed(CARDS + way).next_url == NEXT


def test_a_link_element_in_the_head_is_believed_first() -> None:
    listing = listed(CARDS + "<a href='/world/?page=9'>Next</a>", head="<link rel='next' href='?page=2'>")
    assert listing.next_url == NEXT


def test_the_number_that_follows_the_page_s_own_is_next() -> None:
    pager = "<div class='pages'>" + "".join(f"<a href='/world/page/{n}/'>{n}</a>" for n in (1, 2, 3, 4, 6)) + "</div>"
    listing = listed(CARDS + pager, url="https://www.harbour-times.example/world/page/3/")
    assert listing.next_url == "https://www.harbour-times.example/world/page/4/"


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/world/?page=1'>« Previous</a>",
        "<a href='https://other.example/?page=2' rel='next'>Next</a>",
        "<a href='#' class='next'>Next</a>",
        "<a href='/world/' rel='next'>Next</a>",
        "<a href='/story-about-the-next-thing-123.html'>What the next council will have to decide</a>",
        "<a href='javascript:more()'>Load more</a>",
    ],
    ids=["back", "elsewhere", "fragment", "itself", "title", "script"],
)
def test_what_leads_elsewhere_is_no_next_page(link: str) -> None:
    assert listed(CARDS + link).next_url is None


def test_a_read_more_link_of_each_card_leads_to_no_next_page() -> None:
    cards = "".join(card(n, f"<a href='/world/x-{n}/page/2'>weiter »</a>") for n in range(5))
    assert listed(cards, url=URL).next_url is None
