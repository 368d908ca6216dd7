"""What a reader finds in the feeds is what went in: read back with feedparser and json."""

from __future__ import annotations

import json
from calendar import timegm
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html import unescape
from time import struct_time
from typing import Any

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedmaker.model import Entry, FeedEntry, Image, Person
from feedmaker.write import render_feed
from feedmaker.write.printable import line
from tests.write.samples import ENTRY, LEAD, NOON, SQUARE, feed, shown

XML = ["rss", "atom"]


def read_back(entry: Entry, extension: str) -> Any:
    """The only entry of a feed, as feedparser gives it."""
    found = feedparser.parse(
        render_feed(feed(entry))[f"harbour-americas.{extension}"], sanitize_html=False, resolve_relative_uris=False
    )
    assert found["bozo"] is False
    (only,) = found["entries"]
    return only


def moment(parsed: struct_time) -> datetime:
    """A date as feedparser gives it, in UTC."""
    return datetime.fromtimestamp(timegm(parsed), UTC)


def json_item(entry: Entry) -> dict[str, Any]:
    (item,) = json.loads(render_feed(feed(entry))["harbour-americas.json"])["items"]
    assert isinstance(item, dict)
    return item


def plain(value: str, detail: Any) -> str:
    """A text as a reader shows it: decoded once more where it is, or seems to be, HTML."""
    return unescape(value) if detail["type"] == "text/html" else value


@pytest.mark.parametrize("extension", XML)
def test_xml_gives_an_entry_back(extension: str) -> None:
    found = read_back(ENTRY, extension)
    assert found.id == ENTRY.id
    assert found.link == ENTRY.url
    assert found.title == ENTRY.title
    assert found.summary == ENTRY.summary
    assert moment(found.published_parsed) == NOON
    assert [author["name"] for author in found.authors] == ["Ingrid Solheim", "Marek Dvořák"]
    assert [tag["term"] for tag in found.tags] == ["harbours", "climate & ice"]
    assert found.publisher == "Harbour Post"


@pytest.mark.parametrize("extension", XML)
def test_xml_gives_the_lead_picture_in_every_form_that_readers_look_for(extension: str) -> None:
    found = read_back(ENTRY, extension)
    assert [(each.href, each.type, each.length) for each in found.enclosures] == [(LEAD.url, "image/jpeg", "204800")]
    (media,) = found.media_content
    size = {"width": "1920", "height": "1080", "filesize": "204800"}
    assert media == {"url": LEAD.url, "medium": "image", "type": "image/jpeg", **size}
    assert found.media_thumbnail == [{"url": LEAD.url, "width": "1920", "height": "1080"}]
    assert found.media_credit[0]["content"] == LEAD.credit
    assert f'<img src="{LEAD.url}" alt="{LEAD.alt}" width="1920" height="1080"' in found.content[0]["value"]
    assert f"<figcaption>{LEAD.caption} {LEAD.credit}</figcaption>" in found.content[0]["value"]


@pytest.mark.parametrize("extension", XML)
def test_other_crops_stand_beside_the_lead_which_is_the_default(extension: str) -> None:
    found = read_back(replace(ENTRY, images=(LEAD, SQUARE)), extension)
    assert [each["url"] for each in found.media_content] == [LEAD.url, SQUARE.url]
    assert [each.get("isdefault") for each in found.media_content] == ["true", None]
    assert [each["url"] for each in found.media_thumbnail] == [LEAD.url]
    assert len(found.enclosures) == 1
    assert SQUARE.url not in found.content[0]["value"]


def test_atom_gives_what_rss_cannot_say() -> None:
    entry = replace(ENTRY, language="es")
    later = NOON + timedelta(hours=2, microseconds=999_999)
    made = replace(feed(), entries=(shown(entry, NOON, later),))
    (found,) = feedparser.parse(render_feed(made)["harbour-americas.atom"])["entries"]
    assert moment(found.updated_parsed) == later.replace(microsecond=0)
    assert found.authors[0]["href"] == "https://harbour.example/people/solheim"
    assert found.title_detail["language"] == "es"


def test_rss_names_the_language_of_an_entry_in_another_one() -> None:
    assert read_back(replace(ENTRY, language="es"), "rss")["language"] == "es"
    assert "language" not in read_back(ENTRY, "rss")


def test_json_gives_an_entry_back() -> None:
    assert json_item(ENTRY) == {
        "id": ENTRY.id,
        "url": ENTRY.url,
        "title": ENTRY.title,
        "content_html": f'<figure><img src="{LEAD.url}" alt="The pier at dusk" width="1920" height="1080"'
        ' class="webfeedsFeaturedVisual">'
        f"<figcaption>{LEAD.caption} {LEAD.credit}</figcaption></figure><p>{ENTRY.summary}</p>",
        "summary": ENTRY.summary,
        "image": LEAD.url,
        "banner_image": LEAD.url,
        "date_published": "2025-02-06T12:00:00Z",
        "date_modified": "2025-02-06T12:00:00Z",
        "authors": [
            {"name": "Ingrid Solheim", "url": "https://harbour.example/people/solheim"},
            {"name": "Marek Dvořák"},
        ],
        "tags": ["harbours", "climate & ice"],
        "language": "en",
        "_feedmaker": {
            "is_free": True,
            "publisher": "Harbour Post",
            "section": "Americas",
            "images": [
                {
                    "url": LEAD.url,
                    "width": 1920,
                    "height": 1080,
                    "type": "image/jpeg",
                    "length": 204_800,
                    "alt": LEAD.alt,
                    "caption": LEAD.caption,
                    "credit": LEAD.credit,
                }
            ],
        },
    }


def test_json_marks_a_date_that_no_page_gave() -> None:
    made = replace(feed(), entries=(FeedEntry(ENTRY, NOON, NOON, is_date_first_seen=True),))
    (item,) = json.loads(render_feed(made)["harbour-americas.json"])["items"]
    assert item["_feedmaker"]["is_date_first_seen"] is True


def test_every_format_gives_the_feed_back() -> None:
    files = render_feed(feed(ENTRY))
    for extension in XML:
        channel = feedparser.parse(files[f"harbour-americas.{extension}"])["feed"]
        assert (channel.title, channel.subtitle) == ("Harbour Post: Americas", "News of the ports")
        assert (channel.link, channel.language) == ("https://harbour.example/americas/", "en")
        assert moment(channel.updated_parsed) == NOON
    assert feedparser.parse(files["harbour-americas.rss"])["feed"]["ttl"] == "15"
    read = json.loads(files["harbour-americas.json"])
    assert (read["title"], read["description"], read["language"]) == (
        "Harbour Post: Americas",
        "News of the ports",
        "en",
    )
    assert read["home_page_url"] == "https://harbour.example/americas/"
    assert read["feed_url"] == "https://feeds.example.org/news/harbour-americas.json"


def test_every_format_shows_the_icon_of_the_site() -> None:
    files, icon = render_feed(feed(ENTRY)), "https://harbour.example/icon-96x96.png"
    image = feedparser.parse(files["harbour-americas.rss"])["feed"]["image"]
    assert (image.href, image.title, image.link) == (
        icon,
        "Harbour Post: Americas",
        "https://harbour.example/americas/",
    )
    assert (image.width, image.height) == (96, 96)
    assert feedparser.parse(files["harbour-americas.atom"])["feed"]["icon"] == icon
    assert json.loads(files["harbour-americas.json"])["favicon"] == icon


def test_a_picture_that_is_not_square_is_a_logo() -> None:
    logo = Image("https://harbour.example/logo.png", 144, 40)
    files = render_feed(replace(feed(ENTRY), icon=logo))
    read = feedparser.parse(files["harbour-americas.atom"])["feed"]
    assert (read["logo"], read.get("icon")) == (logo.url, None)
    assert "favicon" not in json.loads(files["harbour-americas.json"])


def test_a_feed_without_icon_shows_none() -> None:
    for content in render_feed(replace(feed(ENTRY), icon=None)).values():
        assert not any(word in content for word in (b"icon", b"<image>", b"<logo>"))


def test_dates_are_written_in_utc_wherever_they_come_from() -> None:
    india = datetime(2025, 2, 6, 17, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    files = render_feed(replace(feed(), entries=(shown(ENTRY, india),)))
    assert b"<pubDate>Thu, 06 Feb 2025 12:00:00 GMT</pubDate>" in files["harbour-americas.rss"]
    assert b"<published>2025-02-06T12:00:00Z</published>" in files["harbour-americas.atom"]
    assert b'"date_published": "2025-02-06T12:00:00Z"' in files["harbour-americas.json"]


def test_a_date_without_a_zone_is_utc_and_costs_no_feed() -> None:
    naive = shown(ENTRY, NOON.replace(tzinfo=None))
    beside = shown(replace(ENTRY, id="https://harbour.example/b"), NOON - timedelta(hours=1))
    files = render_feed(replace(feed(), entries=(naive, beside)))
    assert files == render_feed(replace(feed(), entries=(replace(naive, published=NOON, updated=NOON), beside)))


def test_an_id_is_a_permalink_only_if_it_is_the_address() -> None:
    files = [
        render_feed(feed(entry))["harbour-americas.rss"] for entry in (ENTRY, replace(ENTRY, url=f"{ENTRY.url}?a=1"))
    ]
    assert [content.count(b'isPermaLink="true"') for content in files] == [1, 0]
    assert [content.count(b'isPermaLink="false"') for content in files] == [0, 1]


def test_an_ampersand_is_escaped_once_in_a_form_that_readers_leave_alone_when_they_decode_twice() -> None:
    files = render_feed(feed(replace(ENTRY, title="AT&T and Q&A")))
    assert b"<title>AT&#x26;T and Q&#x26;A</title>" in files["harbour-americas.rss"]
    assert b"<title>AT&amp;T and Q&amp;A</title>" in files["harbour-americas.atom"]
    assert b'"title": "AT&T and Q&A"' in files["harbour-americas.json"]


@pytest.mark.parametrize("title", ["Energy drinks & <16s", "Why <b>bold</b> loses", "x < y"])
def test_a_title_with_an_angle_bracket_is_html_to_readers_that_would_swallow_it_otherwise(title: str) -> None:
    for extension in XML:
        found = read_back(replace(ENTRY, title=title), extension)
        assert found.title_detail["type"] == "text/html"
        assert unescape(found.title) == title
    assert json_item(replace(ENTRY, title=title))["title"] == title


def test_an_entry_without_title_gets_the_start_of_its_summary_only_where_atom_requires_one() -> None:
    entry = replace(ENTRY, title=None, summary="The northern ports stayed open. " * 9)
    assert (
        read_back(entry, "atom").title
        == "The northern ports stayed open. The northern ports stayed open. The northern ports stayed open. The…"
    )
    assert "title" not in read_back(entry, "rss")
    assert "title" not in json_item(entry)
    assert read_back(replace(entry, summary=None), "atom").title == ENTRY.url


def test_an_entry_with_nothing_but_an_address_shows_a_link_to_it() -> None:
    bare = Entry(id=ENTRY.id, url=ENTRY.url)
    link = f'<p><a href="{ENTRY.url}">harbour.example</a></p>'
    assert read_back(bare, "rss").summary == link
    assert json_item(bare)["content_html"] == link


@pytest.mark.parametrize(
    "shown_as",
    [LEAD.url, f"{LEAD.url}?width=640&amp;fit=crop", LEAD.url.replace("https:", "http:"), SQUARE.url],
)
def test_the_lead_picture_is_not_repeated_where_the_text_shows_it(shown_as: str) -> None:
    text = f'<p>One</p><img src="{shown_as}" alt=""><p>Two</p>'
    assert json_item(replace(ENTRY, images=(LEAD, SQUARE), content_html=text))["content_html"] == text


def test_the_lead_picture_is_added_where_the_text_shows_another_one() -> None:
    text = '<p>One</p><img src="https://img.harbour.example/map.png" alt="">'
    html = json_item(replace(ENTRY, content_html=text))["content_html"]
    assert html.startswith("<figure>")
    assert html.endswith(text)


def test_a_picture_whose_address_is_a_query_is_told_from_others_of_the_same_script() -> None:
    picture = Image("https://img.harbour.example/get?id=1")
    text = '<img src="https://img.harbour.example/get?id=2" alt="">'
    assert json_item(replace(ENTRY, images=(picture,), content_html=text))["content_html"].startswith("<figure>")


@pytest.mark.parametrize("language", ["ar", "he-IL", "fa", "az-Arab", "ks"])
def test_a_text_from_right_to_left_says_so(language: str) -> None:
    html = json_item(replace(ENTRY, language=language))["content_html"]
    assert html.startswith('<div dir="rtl"><figure><img ')
    assert html.endswith("</p></div>")


@pytest.mark.parametrize("language", ["en", "az", "ks-Deva", None])
def test_other_texts_have_no_direction(language: str | None) -> None:
    assert "dir=" not in json_item(replace(ENTRY, language=language))["content_html"]


words = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffd"), max_size=60)


@settings(max_examples=60, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=words, summary=words, author=words, tag=words)
def test_texts_survive_whatever_they_are_made_of(title: str, summary: str, author: str, tag: str) -> None:
    entry = replace(ENTRY, title=f"x{title}", summary=f"x{summary}", authors=(Person(f"x{author}"),), tags=(f"x{tag}",))
    item = json_item(entry)
    atom = read_back(entry, "atom")
    assert plain(atom.title, atom.title_detail) == item["title"] == line(f"x{title}")
    assert plain(atom.summary, atom.summary_detail) == item["summary"]
    assert atom.authors[0]["name"] == item["authors"][0]["name"]
    assert atom.tags[0]["term"] == item["tags"][0]
