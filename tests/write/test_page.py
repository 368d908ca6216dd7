"""index.html is a page for people: every feed, its newest entries, and nothing that needs a script."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from itertools import pairwise

import lxml.html
import pytest
from html5lib.html5parser import HTMLParser
from lxml import etree
from lxml.html import HtmlElement

from feedmaker.model import Feed, Person
from feedmaker.write import render_overview
from tests.write.samples import BASE, ENTRY, LEAD, NASTY, feed, nasty_feed, numbered


def page_of(*feeds: Feed) -> str:
    return render_overview(feeds, base_url=None)["index.html"].decode()


def tree_of(*feeds: Feed) -> HtmlElement:
    tree = lxml.html.parse(StringIO(page_of(*feeds))).getroot()
    assert isinstance(tree, HtmlElement)
    return tree


def texts(tree: HtmlElement, path: str) -> list[str]:
    return [" ".join(element.text_content().split()) for element in tree.iterfind(path)]


@pytest.mark.parametrize("name", ["none", "empty", "good", "nasty"])
def test_the_page_is_html_without_a_parse_error(name: str) -> None:
    feeds = {"none": [], "empty": [feed()], "good": [feed(*numbered(12)), feed()], "nasty": [nasty_feed()]}[name]
    HTMLParser(strict=True).parse(page_of(*feeds))


def test_the_page_shows_each_feed_with_its_address_formats_and_last_change() -> None:
    tree = tree_of(feed(ENTRY), replace(feed(), name="second", title="Second & last", changed_at=None))
    assert texts(tree, ".//h2") == ["Harbour Post: Americas", "Second & last"]
    assert [link.get("href") for link in tree.iterfind(".//h2/a")] == ["https://harbour.example/americas/"] * 2
    formats = [link.get("href") for link in tree.iterfind('.//ul[@class="formats"]/li/a')]
    assert formats == [f"{name}.{each}" for name in ("harbour-americas", "second") for each in ("rss", "atom", "json")]
    about = texts(tree, './/p[@class="about"]')
    assert about == ["harbour.example · updated 6 Feb 2025, 12:00", "harbour.example"]
    assert texts(tree, './/p[@class="empty"]') == ["No entries yet."]


def test_a_reader_that_is_given_the_page_finds_every_feed() -> None:
    links = tree_of(feed(ENTRY), replace(feed(), name="second")).iterfind('.//link[@rel="alternate"]')
    assert [link.get("href") for link in links] == ["harbour-americas.rss", "second.rss"]


def test_the_page_shows_the_ten_newest_entries_with_picture_time_and_authors() -> None:
    tree = tree_of(feed(*numbered(12)))
    entries = tree.findall('.//ol[@class="entries"]/li')
    assert len(entries) == 10
    assert texts(tree, ".//h3") == [f"Story {number} & more" for number in range(10)]
    for entry in entries:
        (picture,) = entry.iterfind(".//img")
        assert picture.get("src") == LEAD.url
        assert picture.get("alt") == LEAD.alt
        assert (picture.get("loading"), picture.get("referrerpolicy")) == ("lazy", "no-referrer")
    times = [time.get("datetime") for time in entries[3].iterfind(".//time")]
    assert times == ["2025-02-06T09:00:00Z"]
    assert texts(entries[3], './/p[@class="byline"]') == ["6 Feb 2025, 09:00 · Ingrid Solheim, Marek Dvořák"]


def test_a_time_that_is_only_when_an_entry_was_first_seen_says_so() -> None:
    made = feed(ENTRY)
    seen = replace(made, entries=(replace(made.entries[0], is_date_first_seen=True),))
    (byline,) = texts(tree_of(seen), './/p[@class="byline"]')
    assert byline.startswith("seen 6 Feb 2025, 12:00 · ")


def test_the_page_of_many_feeds_shows_fewer_entries_of_each() -> None:
    made = feed(*numbered(5))
    for count, shown in ((1, 5), (400, 2), (1001, 0)):
        tree = tree_of(*(replace(made, name=f"feed-{number}") for number in range(count)))
        assert len(tree.findall(".//h2")) == count
        assert len(tree.findall(".//h3")) == shown * count


def test_the_page_runs_no_script_and_loads_only_pictures() -> None:
    tree = tree_of(nasty_feed())
    assert tree.find(".//script") is None
    assert not [element for element in tree.iter() if any(str(name).startswith("on") for name in element.attrib)]
    policy = tree.find('.//meta[@http-equiv="Content-Security-Policy"]')
    assert policy is not None
    assert policy.get("content", "").startswith("default-src 'none'; img-src * data:; style-src 'unsafe-inline'")


def test_markup_in_titles_and_captions_is_shown_as_text() -> None:
    assert texts(tree_of(feed(NASTY["tags in title"])), ".//h3") == ["Why <b>bold</b> & <script>alert(1)</script> lose"]


def test_the_page_can_be_used_with_a_keyboard_and_a_screen_reader() -> None:
    tree = tree_of(feed(ENTRY), replace(feed(ENTRY), name="second"))
    assert tree.get("lang") == "en"
    for landmark in ("header", "nav", "main", "footer"):
        assert tree.find(f".//{landmark}") is not None
    levels = [int(str(element.tag)[1]) for element in tree.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    inside = [str(link.get("href"))[1:] for link in tree.iter("a") if str(link.get("href")).startswith("#")]
    assert inside[0] == "feeds"
    assert set(inside) <= ids
    assert {section.get("aria-labelledby") for section in tree.iter("section")} <= ids
    assert all(picture.get("alt") is not None for picture in tree.iter("img"))
    assert all(link.text_content().strip() for link in tree.iter("a"))
    named = [str(link.get("aria-label")) for link in tree.iterfind('.//ul[@class="formats"]/li/a')]
    assert named[:2] == ["RSS feed of Harbour Post: Americas", "Atom feed of Harbour Post: Americas"]


def test_entries_in_other_languages_say_so_and_run_in_their_direction() -> None:
    arabic = replace(ENTRY, language="ar", authors=(Person("ليلى حداد"),))
    tree = tree_of(replace(feed(arabic, replace(ENTRY, id="urn:x:2")), language="ar"), replace(feed(), language=None))
    assert [(entry.get("lang"), entry.get("dir")) for entry in tree.iterfind(".//ol/li")] == [
        ("ar", "rtl"),
        ("en", "ltr"),
    ]
    assert [section.get("dir") for section in tree.iter("section")] == ["rtl", "auto"]


def test_a_very_long_title_does_not_fill_the_page() -> None:
    (title,) = texts(tree_of(feed(NASTY["megabyte title"])), ".//h3")
    assert len(title) <= 300
    assert title.endswith("word…")


def test_the_list_of_feeds_gives_absolute_addresses_once_the_place_of_publication_is_known() -> None:
    feeds = [feed(ENTRY), replace(feed(), name="second", category="Ports")]
    for base_url, start in ((BASE, BASE), (BASE.rstrip("/"), BASE), (None, "")):
        root = etree.fromstring(render_overview(feeds, base_url=base_url)["feeds.opml"])
        addresses = [outline.get("xmlUrl") for outline in root.iter("outline") if outline.get("xmlUrl")]
        assert addresses == [f"{start}harbour-americas.rss", f"{start}second.rss"]


def test_feeds_of_a_category_stand_in_a_folder_of_its_name() -> None:
    first, second = replace(feed(), name="first", category="Ports"), replace(feed(), name="second", category="Ports")
    root = etree.fromstring(render_overview([first, feed(), second], base_url=None)["feeds.opml"])
    (body,) = root.findall("body")
    assert [outline.get("text") for outline in body] == ["Ports", "Harbour Post: Americas"]
    assert [outline.get("xmlUrl") for outline in body[0]] == ["first.rss", "second.rss"]


def test_what_page_and_feeds_refer_to_is_written_beside_them() -> None:
    files = render_overview([feed(ENTRY)], base_url=None)
    assert list(files) == ["feeds.opml", "index.html", "feed.css", "favicon.svg"]
    assert etree.fromstring(files["favicon.svg"]).tag == "{http://www.w3.org/2000/svg}svg"
    assert b'href="favicon.svg"' in files["index.html"]
