"""A list's place on its page: found by its links, and found again when the links have gone."""

from __future__ import annotations

import pytest

from feedmaker.health.place import links_at, place_of
from feedmaker.model import Page
from feedmaker.normalize.encoding import page_of

URL = "https://town.example/news/"


def page(body: str) -> Page:
    return page_of(f"<html><body>{body}</body></html>", URL)


def cards(count: int = 4) -> str:
    return "".join(f'<li><h2><a href="/news/{n}">Story {n}</a></h2></li>' for n in range(count))


ADDRESSES = [f"https://town.example/news/{n}" for n in range(4)]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (f'<nav><a href="/">Home</a></nav><ul class="stories wide">{cards()}</ul>', "ul.stories.wide"),
        (f'<main id="list"><ul>{cards()}</ul></main>', "main#list > ul"),
        (f'<div class="css-1x2y3z list"><ul class="a1b2">{cards()}</ul></div>', "div.list > ul"),
        (f"<ul>{cards()}</ul>", None),
        (f'<ul class="stories">{cards(1)}</ul>', None),
    ],
)
def test_the_place_is_the_smallest_element_with_a_name_that_lasts(body: str, place: str | None) -> None:
    assert place_of(page(body), ADDRESSES) == place


def test_a_story_that_stands_elsewhere_as_well_does_not_widen_the_place() -> None:
    lead = '<div class="lead"><a href="/news/9">Lead</a></div>'
    body = f'<main class="page">{lead}<ul class="stories">{cards()}</ul></main>'
    assert place_of(page(body), [*ADDRESSES, "https://town.example/news/9"]) == "ul.stories"


def test_a_place_is_gone_or_there_with_so_many_links() -> None:
    assert links_at(page('<ul class="stories"></ul>'), "ul.stories") == 0
    assert links_at(page(f'<ul class="stories">{cards()}</ul>'), "ul.stories") == 4
    assert links_at(page('<ul class="tales"></ul>'), "ul.stories") is None


def test_what_is_no_page_has_no_place() -> None:
    feed = page_of(
        '<rss version="2.0"><channel><item><link>https://town.example/news/1</link></item></channel></rss>', URL
    )
    assert place_of(feed, ADDRESSES) is None


@pytest.mark.parametrize("tag", ['h"', "h[", "h'x", "h:x", "h,x", "h(", "h|x"])
def test_a_broken_tag_around_the_list_gives_no_place(tag: str) -> None:
    broken = page(f'<section class="news"><p>x</p><{tag}><div>{cards()}</div></{tag}></section>')
    assert place_of(broken, [f"{URL}{n}" for n in range(4)]) is None
