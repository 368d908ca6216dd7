"""Feeds are valid to the letter: schema, the W3C validator's rules, and a parser that forgives nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from feedmaker.model import Feed, Person
from feedmaker.write import render_feed, render_overview
from tests.write.rules import atom_faults, opml_faults, rss_faults
from tests.write.samples import BASE, ENTRY, LEAD, NASTY, NOON, feed, nasty_feed, numbered

HERE = Path(__file__).parent
NOW = NOON + timedelta(days=1)


@cache
def atom_schema() -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(HERE / "atom.rng"))


@cache
def json_schema() -> Any:
    schema = json.loads((HERE / "jsonfeed.schema.json").read_text("utf-8"))
    return jsonschema.Draft202012Validator(schema)


def faults(feed: Feed, *, now: datetime = NOW) -> list[str]:
    """Everything that is wrong with the three files of a feed that is looked at ``now``."""
    rss, atom, json_feed = render_feed(feed).values()
    found = rss_faults(rss, location=BASE + "harbour-americas.rss" if feed.base_url else None, now=now)
    found += atom_faults(atom, location=BASE + "harbour-americas.atom" if feed.base_url else None, now=now)
    schema = atom_schema()
    if not schema.validate(etree.fromstring(atom, etree.XMLParser(huge_tree=True))):
        found += [str(error) for error in schema.error_log]
    found += [error.message for error in json_schema().iter_errors(json.loads(json_feed))]
    return found + [f"bozo: {xml[:60]!r}" for xml in (rss, atom) if feedparser.parse(xml)["bozo"]]


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_entry_is_written_as_valid_feeds(name: str) -> None:
    assert faults(feed(NASTY[name])) == []


PIECES = [
    "&",
    "<",
    ">",
    "<b>",
    "&amp;",
    "&lt",
    "&#x41;",
    "&#65",
    "&copy",
    "R&D",
    "#",
    "x",
    ";",
    " ",
    "\n",
    "\r",
    "\t",
    "Ä",
]
PIECES += [
    "\u200f",
    "\x00",
    "\x85",
    "\ufffd",
    "\ud800",
    "\U0001f30a",
    "e\u0301",
    "]]>",
    "<!--",
    "-->",
    "<?",
    "'",
    '"',
    "1",
]
texts = st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
marked = st.lists(st.sampled_from([*PIECES, "</b>", "</p>"]), max_size=8).map("".join)


@settings(max_examples=120, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=marked, summary=marked, name=texts, tag=marked, publisher=texts, caption=marked, head=marked)
def test_feeds_are_valid_whatever_their_texts_hold(
    title: str, summary: str, name: str, tag: str, publisher: str, caption: str, head: str
) -> None:
    picture = replace(LEAD, alt=caption, caption=caption, credit=publisher)
    entry = replace(
        ENTRY,
        title=title,
        summary=summary,
        authors=(Person(name),),
        tags=(tag,),
        publisher=publisher,
        images=(picture,),
    )
    made = replace(feed(entry), title=head, description=head, category=tag)
    assert faults(made) == []
    assert opml_faults(render_overview([made], base_url=BASE)["feeds.opml"]) == []


def test_all_nasty_entries_together_are_written_as_valid_feeds() -> None:
    assert faults(nasty_feed()) == []


@pytest.mark.parametrize("base_url", [BASE, BASE.rstrip("/"), None])
def test_a_good_feed_is_valid_wherever_it_is_published(base_url: str | None) -> None:
    assert faults(feed(*numbered(3), base_url=base_url)) == []


def test_a_feed_without_entries_is_valid() -> None:
    assert faults(feed()) == []


def test_a_feed_with_a_hub_is_valid_and_names_it_in_every_format() -> None:
    files = replace(feed(ENTRY), hub="https://hub.example/?a=1&b=2")
    assert faults(files) == []
    assert [content.count(b"https://hub.example/?a=1&amp;b=2") for content in render_feed(files).values()] == [1, 1, 0]
    assert json.loads(render_feed(files)["harbour-americas.json"])["hubs"] == [
        {"type": "WebSub", "url": "https://hub.example/?a=1&b=2"}
    ]


def test_two_thousand_entries_are_written_in_their_order() -> None:
    rss = render_feed(feed(*numbered(2_000)))["harbour-americas.rss"]
    links = [link.text for link in etree.fromstring(rss).iterfind("channel/item/link")]
    assert links == [f"{ENTRY.url}-{number}" for number in range(2_000)]


@pytest.mark.parametrize("base_url", [BASE, None])
def test_the_list_of_feeds_is_valid(base_url: str | None) -> None:
    feeds = [nasty_feed(), feed(ENTRY), replace(feed(ENTRY), name="second", category="Ports & <harbours>")]
    assert opml_faults(render_overview(feeds, base_url=base_url)["feeds.opml"]) == []


BROKEN = {
    "CharacterData": (b"count the cost", b"a &amp;eacute; b"),
    "ContainsHTML": (b"count the cost", b"&#x3C;b>a&#x3C;/b>"),
    "BadCharacters": (b"count the cost", "a\x85b".encode()),
    "NotHtml": (b"</figure>", b""),
    "SecurityRisk": (b"<figure>", b"<figure><script></script>"),
    "ContainsRelRef": (b'src="https://img.harbour.example/', b'src="/'),
    "SelfDoesntMatchLocation": (b"feeds.example.org", b"other.example.org"),
    "InvalidFullLink": (b"<link>https://harbour.example/americas/pier", b"<link>https://harbour.example/a b"),
    "InvalidDate": (b"<pubDate>Thu,", b"<pubDate>"),
    "IncorrectDOW": (b"<pubDate>Thu,", b"<pubDate>Fri,"),
    "ImplausibleDate": (b"Feb 2025 12:00:00 GMT</pubDate>", b"Mar 2025 12:00:00 GMT</pubDate>"),
    "InvalidLanguage": (b"<language>en<", b"<language>English, UK<"),
    "InvalidMIMEAttribute": (b'type="image/jpeg"', b'type="picture"'),
    "InvalidIntegerAttribute": (b'length="204800"', b'length="-1"'),
    "InvalidPositiveInteger": (b'width="1920"', b'width="0"'),
    "DuplicateElement": (b"<language>en</language>", b"<language>en</language><language>en</language>"),
    "DuplicateItemSemantics": (b"<pubDate>", b"<dc:date>2025-02-06</dc:date><pubDate>"),
    "NeedDescriptionBeforeContent": (b"<description><![CDATA[", b"<comments><![CDATA["),
    "ImageTitleDoesntMatch": (b"<title>Harbour Post: Americas</title>", b"<title>Harbour Post</title>"),
    "ImageUrlFormat": (b"icon-96x96.png", b"favicon.ico"),
    "InvalidWidth": (b"<width>96</width>", b"<width>145</width>"),
    "UnknownNamespace": (b"xmlns:dc=", b'xmlns:x="https://x.example/" xmlns:dc='),
}


@pytest.mark.parametrize("message", BROKEN)
def test_the_rules_find_what_is_broken_on_purpose(message: str) -> None:
    old, new = BROKEN[message]
    rss = render_feed(feed(ENTRY))["harbour-americas.rss"]
    assert old in rss
    broken = rss.replace(old, new, 1 if message == "ImageTitleDoesntMatch" else -1)
    if new.startswith(b"<comments"):
        broken = broken.replace(b"]]></description>", b"]]></comments>", 1)
    found = rss_faults(broken, location=BASE + "harbour-americas.rss", now=NOW)
    assert any(message in fault for fault in found), found
