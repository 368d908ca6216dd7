"""Each field of an entry is read where its card shows it."""

from __future__ import annotations

import pytest

from feedmaker.model import Person
from feedmaker.reading import entry_from_listed
from tests.extract.listing.pages import HEADLINES, address, blocks, card, items, listed, path

# --- Pictures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "picture",
    [
        "<img src='/p/{n}.jpg'>",
        "<img src='data:image/gif;base64,R0lGOD' data-src='/p/{n}.jpg'>",
        "<img src='/blank.gif' data-lazy-src='/p/{n}.jpg'>",
        "<img srcset='/p/{n}-small.jpg 300w, /p/{n}.jpg 900w' src='/p/{n}-small.jpg'>",
        "<picture><source srcset='/p/{n}.jpg 1x'><img src='data:,'></picture>",
        "<div style=\"background-image: url('/p/{n}.jpg')\"></div>",
        "<div class='thumb' data-bg='/p/{n}.jpg'></div>",
        "<img class='avatar' src='/a/{n}.jpg'><img width='20' height='20' src='/i/{n}.png'><img src='/p/{n}.jpg'>",
        "<img src='/same-for-all.jpg'><img src='/p/{n}.jpg'>",
        "<img src='/other/{n}.jpg'><a href='{path}'><img src='/p/{n}.jpg'></a>",
        "<noscript><img src='/p/{n}.jpg'></noscript>",
        "<img class='loading placeholder' src='/i/placeholder.png' data-echo='/p/{n}.jpg'>",
        "<video poster='/p/{n}.jpg' src='/p/{n}.mp4'></video>",
        "<div class='lazy' data-src='/p/{n}.jpg'></div>",
        "<div style=\"--image: url('/p/{n}.jpg'); --ratio: 2\"></div>",
        "<img src='data:,' data-sources='/p/{n}-small.jpg 300w, /p/{n}.jpg 900w'>",
        "<img src='/smilies/wink{n}.gif'><img src='/i/icon-{n}.png'><img src='/p/{n}.jpg'>",
    ],
    ids=[
        *("src", "lazy", "lazy-src", "srcset", "source", "style", "data-bg", "icons", "shared", "linked", "noscript"),
        *("any data", "poster", "data-src", "custom property", "any set", "names"),
    ],
)
def test_the_picture_is_the_story_s(picture: str) -> None:
    found = items(picture)
    assert [item.image and item.image.url for item in found] == [
        f"https://www.harbour-times.example/p/{n}.jpg" for n in range(6)
    ]


@pytest.mark.parametrize("name", ["illustrating-smiling-blankets", "club-iconic"])
def test_a_name_that_tells_what_a_picture_shows_is_no_sign(name: str) -> None:
    assert items(f"<img src='/p/{{n}}/{name}.jpg'>")[0].image is not None


def test_the_address_of_a_picture_stays_in_the_script_of_the_page_until_it_is_in_an_entry() -> None:
    listing = items("<img src='/p/ঘাট-{n}.jpg'>")[0]
    assert listing.image is not None
    assert listing.image.url == "https://www.harbour-times.example/p/ঘাট-0.jpg"
    encoded = "https://www.harbour-times.example/p/%E0%A6%98%E0%A6%BE%E0%A6%9F-0.jpg"
    assert entry_from_listed(listing).images[0].url == encoded


def test_a_small_rendition_on_the_page_is_no_small_picture() -> None:
    image = items("<img src='/p/{n}.jpg' width='90' height='60' alt='The harbour'>")[0].image
    assert image is not None
    assert (image.width, image.height, image.alt) == (None, None, "The harbour")


def test_the_picture_of_the_same_entry_elsewhere_on_the_page_is_taken() -> None:
    top = f"<div class='top'><a href='{path(2)}'><img src='/top.jpg'></a></div>"
    found = listed(top + "".join(card(n) for n in range(6))).items
    assert [item.image and item.image.url for item in found if item.url == address(2)] == [
        "https://www.harbour-times.example/top.jpg"
    ]


RIVER = "".join(card(n, f"<p>What the story {n} is about.</p><time>0{n + 1}.02.2025</time>") for n in range(6))


@pytest.mark.parametrize(
    "lead",
    [
        "<section><h1><a href='{path}'>{title}</a></h1><p>What the lead is about.</p></section><div>{river}</div>",
        "<h1><a href='{path}'>{title}</a></h1><p>What the lead is about.</p><div>{river}</div>",
        "<section><h1><a href='{path}'>{title}</a></h1><p>What the lead is about.</p><div>{river}</div></section>",
    ],
    ids=["apart", "bare", "around"],
)
def test_a_lead_story_has_nothing_of_the_stories_below_it(lead: str) -> None:
    item = listed(lead.format(path=path(7), title=HEADLINES[7], river=RIVER)).items[0]
    assert (item.title, item.summary) == (HEADLINES[7], "What the lead is about.")
    assert item.published is None


# --- Summary, authors, tags -----------------------------------------------------------------------------------------


def test_summary_authors_and_tags_are_read_where_the_cards_show_them() -> None:
    inner = (
        "<p class='byline'>By <a rel='author' href='/people/ann-harper'>Ann Harper</a></p>"
        "<a class='tag' rel='tag' href='/tag/sea'>Sea</a> <a class='tag' rel='tag' href='/tag/boats'>Boats</a>"
        "<p class='excerpt'>What happened at the pier in story {n} of today.</p>"
    )
    item = items(inner)[1]
    assert item.summary == "What happened at the pier in story 1 of today."
    assert [person.name for person in item.authors] == ["Ann Harper"]
    assert item.authors == (Person("Ann Harper", "https://www.harbour-times.example/people/ann-harper"),)
    assert item.tags == ("Sea", "Boats")


@pytest.mark.parametrize(
    ("byline", "name"),
    [
        ("<p class='byline'><time>2 hours ago</time> Ann Harper</p>", "Ann Harper"),
        ("<p class='byline'><span>Feb 3, 2025</span> Ann Harper</p>", "Ann Harper"),
        ("<p class='byline'>Ann Harper | Feb 3, 2025</p>", "Ann Harper"),
        ("<p><i class='meta-prep meta-prep-author'>Posted by</i> <i class='author'>Ann Harper</i></p>", "Ann Harper"),
    ],
    ids=["time", "date", "bar", "preposition"],
)
def test_authors_are_told_without_what_stands_beside_their_names(byline: str, name: str) -> None:
    assert {tuple(person.name for person in item.authors) for item in items(byline)} == {(name,)}


@pytest.mark.parametrize(
    "card_",
    [
        "<div class='teaser-content'><h2><a href='{path}'>{title}</a></h2><p>What the story {n} is about.</p></div>",
        "<div class='teaser-content'><h2><a href='{path}'>{title}</a></h2> What the story {n} is about.</div>",
        "<h2><a href='{path}'><span class='lead'>{title}</span></a></h2><p>What the story {n} is about.</p>",
    ],
    ids=["paragraph", "bare", "within the title"],
)
def test_a_summary_does_not_repeat_the_title(card_: str) -> None:
    assert [item.summary for item in blocks(card_)] == [f"What the story {n} is about." for n in range(6)]


def test_a_summary_ends_with_its_last_sentence() -> None:
    inner = "<div class='excerpt'><p>What the story {n} is about.</p> <a href='{path}'>Continue reading</a></div>"
    assert [item.summary for item in items(inner)] == [f"What the story {n} is about." for n in range(6)]


def test_a_byline_is_no_summary() -> None:
    assert {
        item.summary for item in items("<div class='teaser__byline'>Ann Harper, Ben Cole and Ida Brandt</div>")
    } == {None}


def test_a_field_that_one_card_lacks_costs_that_card_alone() -> None:
    full = "<span class='date'>3 February 2025</span><img src='/p/{n}.jpg'><p>Five words or more here {n}.</p>"
    body = "".join(card(n, "" if n == 2 else full.format(n=n)) for n in range(6))
    found = listed(body).items
    assert [bool(item.published) for item in found] == [True, True, False, True, True, True]
    assert [bool(item.image) for item in found] == [True, True, False, True, True, True]
    assert found[3].image
    assert found[3].image.url.endswith("/p/3.jpg")
    assert found[3].summary == "Five words or more here 3."


def test_where_each_value_was_found_is_told() -> None:
    provenance = items("<span class='date'>3 February 2025</span>")[0].provenance
    assert provenance["published"] == "text in span.date"
    assert provenance["title"] == "heading"


# --- Flat records ---------------------------------------------------------------------------------------------------


def test_siblings_behind_a_headline_belong_to_it() -> None:
    found = blocks(
        "<h3><a href='{path}'>{title}</a></h3><p>These are the words on it, number {n}.</p>"
        "<span class='date'>{n} January 2025</span>"
    )
    assert [item.published and item.published.day for item in found[1:]] == [1, 2, 3, 4, 5]
    assert found[2].summary == "These are the words on it, number 2."


def test_siblings_before_a_headline_belong_to_it_where_the_first_has_one() -> None:
    found = blocks(
        "<span class='date'>1{n} January 2025</span><h3><a href='{path}'>{title}</a></h3>"
        "<p>These are the words on it, number {n}.</p>"
    )
    assert [item.published and item.published.day for item in found] == [10, 11, 12, 13, 14, 15]
    assert found[2].summary == "These are the words on it, number 2."


def test_two_rows_of_a_table_can_make_one_record() -> None:
    rows = (
        "<tr><td>{n}.</td><td><a href='{path}'>{title}</a></td></tr><tr><td></td>"
        "<td>by someone, <span class='age'>2025-01-1{n}</span></td></tr>"
    )
    found = listed(
        "<table>" + "".join(rows.format(n=n, path=path(n), title=HEADLINES[n]) for n in range(6)) + "</table>"
    ).items
    assert [item.published and item.published.day for item in found] == [10, 11, 12, 13, 14, 15]
