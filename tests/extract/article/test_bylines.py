"""Authors as a reader sees them, where no structured data names a person."""

from __future__ import annotations

import pytest

from tests.extract.article.reading import entry_of, ld, names, page, story


def authors(opening: str = "", end: str = "", head: str = "") -> list[str]:
    return names(entry_of(page(head, story(opening, end))))


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">By Ida Brandt</p>',
        '<p class="byline">By <a href="/x">Ida Brandt</a></p>',
        '<span class="article-author">Von Ida Brandt</span>',
        '<div class="c-articleAuthor__name">Ida Brandt</div>',
        '<a rel="author" href="/ida">Ida Brandt</a>',
        '<a href="/authors/ida-brandt">Ida Brandt</a>',
        '<a href="/topic/ida" title="All stories by Ida Brandt">Ida Brandt</a>',
        "<div>By Ida Brandt</div>",
        "<p><span>Von</span> <span>Ida Brandt</span></p>",
        '<div class="author"><b>By</b> <b>Ida Brandt</b><i>6 February 2025</i><i>Published 18:52</i></div>',
        '<div class="byline">by Ida Brandt, Culture Editor</div>',
        '<div class="byline"><a href="/category/sea/">Coast News</a> <b>Ida Brandt</b> <i>Text Size</i></div>',
        '<aside><span class="author">Ida Brandt</span></aside>',
        '<figure><img src="/p/ida.jpg"><figcaption><a rel="author" href="/ida">Ida Brandt</a></figcaption></figure>',
    ],
)
def test_a_byline_is_read(byline: str) -> None:
    assert authors(byline) == ["Ida Brandt"]


@pytest.mark.parametrize(
    "text",
    [
        '<p class="author">Ida has written about harbours for years. She lives in Mole with two cats, and a boat.</p>',
        '<figure><img src="/p/bell.jpg"><figcaption><span class="author">Nils Holm</span></figcaption></figure>',
        '<span class="photo author">Nils Holm</span>',
        '<div class="related"><span class="author">Eve Other</span></div>',
        '<span class="author">Read more: 5 things</span>',
        "<p>By the harbour</p>",
    ],
)
def test_what_is_no_byline_of_the_story_is_not_read(text: str) -> None:
    assert authors(text) == []


def test_links_give_the_pages_of_the_people_they_name() -> None:
    byline = '<p class="byline">By <a href="/authors/ida">Ida Brandt</a> and Ola Nord</p>'
    read = entry_of(page(body=story(byline))).authors
    assert [(p.name, p.url) for p in read] == [
        ("Ida Brandt", "https://www.mole-post.example/authors/ida"),
        ("Ola Nord", None),
    ]


def test_people_in_several_places_are_trusted_less_than_one_byline() -> None:
    links = "".join(f'<div><div><a href="/author/{n}">{n} Other</a></div></div>' for n in ("Ann", "Bea", "Cia"))
    assert authors(f'{links}<p class="byline">By Ida Brandt</p>') == ["Ida Brandt"]


def test_the_box_at_the_end_is_read_where_there_is_no_byline_at_the_opening() -> None:
    assert authors(end='<div class="author-box">Ida Brandt</div>') == ["Ida Brandt"]


def test_a_byline_names_the_person_where_structured_data_names_an_agency() -> None:
    head = ld(
        {"@type": "NewsArticle", "headline": "x", "author": {"@type": "Organization", "name": "Coast Press Agency"}}
    )
    assert authors('<p class="byline">By Ida Brandt</p>', head=head) == ["Ida Brandt"]
    assert authors(head=head) == ["Coast Press Agency"]


def test_names_in_scripts_without_capitals_are_read() -> None:
    assert authors('<p class="byline">بقلم: ليلى حداد</p>') == ["ليلى حداد"]
    assert authors('<span class="author">文・佐藤みなと</span>') == ["佐藤みなと"]


@pytest.mark.parametrize(
    "line",
    [
        "<p><strong>Ida Brandt</strong></p>",
        "<em>(Ida Brandt)</em>",
        '<p style="text-align: right">Ida Brandt</p>',
        '<p align="right">– Ida Brandt</p><div></div>',
    ],
)
def test_a_name_alone_that_ends_the_story_is_its_signature(line: str) -> None:
    assert authors(end=line) == ["Ida Brandt"]


@pytest.mark.parametrize(
    "end",
    [
        "<p>Ida Brandt</p>",
        "<p><strong>Ida Brandt</strong> wrote this.</p>",
        "<p><strong>Coast Stories</strong></p><ul><li>The ferry is late again</li></ul>",
        '<p><strong><a href="/x">Ferry Again Late</a></strong></p>',
        "<p><b>Ida Brandt, Ola Nord, Nils Holm</b></p>",
        "<p class='copyright'>Ida Brandt</p>",
    ],
)
def test_other_lines_below_a_story_are_no_signature(end: str) -> None:
    assert authors(end=end) == []
