"""What a document is, by its bytes: JSON and XML are known, harmless and never an exception."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.errors import ListingError
from feedmaker.extract.listing import extract_listing
from feedmaker.extract.listing.documents import json_of, local_name, root_text, xml_of
from feedmaker.model import Kind, ListingRules, Page
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.normalize.listing import normalize_listing

URL = "https://www.mole-post.example/data"
NAMES = frozenset(("rss", "feed", "urlset"))
CONTEXT = Context(datetime(2025, 2, 8, tzinfo=UTC))
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(12))


def page(content: bytes | str) -> Page:
    return page_of(content.encode() if isinstance(content, str) else content, URL)


@pytest.mark.parametrize(
    "start",
    [
        "<rss>",
        '<?xml version="1.0"?><rss>',
        "\n\n <rss>",
        "\ufeff<rss>",
        "<!-- made by a tool --><?xml-stylesheet href='a.xsl'?><RSS>",
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "]">]><rss>',
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://a.example/rss.dtd"><rss>',
        '<x:rss xmlns:x="urn:x">',
    ],
)
def test_xml_is_known_by_its_root_whatever_stands_before_it(start: str) -> None:
    prefix = "x:" if "<x:" in start else ""
    root = xml_of(page(f"{start}<a>1</a></{prefix}rss>"), NAMES)
    assert root is not None
    assert local_name(root) == "rss"
    assert len(root) == 1


@pytest.mark.parametrize("text", ["", " ", "<", "<html><rss>", "<!-- <rss>", "<?xml", "rss", "<!DOCTYPE rss", "\0"])
def test_what_has_another_root_is_no_such_xml(text: str) -> None:
    assert xml_of(page(text), NAMES) is None


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "windows-1251"])
def test_xml_and_json_are_read_in_their_own_encoding(encoding: str) -> None:
    xml = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?><rss>Привет, городские новости</rss>'
    root = xml_of(page(xml.encode(encoding)), NAMES)
    assert root is not None
    assert root.text == "Привет, городские новости"
    assert json_of(page('{"a": "Привет, городские новости"}'.encode(encoding))) == {"a": "Привет, городские новости"}


def test_an_end_that_is_broken_off_costs_only_what_stands_behind_it() -> None:
    root = xml_of(page("<urlset><url><loc>/a</loc></url><url><loc>/b</lo"), NAMES)
    assert root is not None
    assert [each.text for each in root.iter("loc")] == ["/a", "/b"]


def test_the_entities_of_a_document_go_with_its_type() -> None:
    text = f"<?xml version='1.0'?><!DOCTYPE rss [{LAUGHS}]><rss>&l11;</rss>"
    assert root_text(text, NAMES) == b"<rss>&l11;</rss>"
    root = xml_of(page(text), NAMES)
    assert root is not None
    assert len("".join(map(str, root.itertext()))) < 100


@pytest.mark.parametrize("kind", ["rss", "urlset"])
def test_laughs_by_the_billion_are_not_expanded(kind: str) -> None:
    item = "<url><loc>https://a.example/1</loc></url><item><link>https://a.example/1</link><title>&l11;</title></item>"
    text = f"<?xml version='1.0'?><!DOCTYPE x [{LAUGHS}]><{kind}>{item}</{kind}>"
    started = time.process_time()
    draft = extract_listing(page(text), ListingRules())
    assert sum(len(str(each)) for each in draft.items) < 10_000
    assert time.process_time() - started < 5


def test_nothing_outside_of_a_document_is_read(tmp_path: Path) -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    secret = tmp_path / "secret"
    secret.write_text("the secret")
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        for root, item in (
            ("rss", "<channel><item><link>/1</link><title>&a;&b;</title></item></channel>"),
            ("urlset", ""),
        ):
            entities = f"<!ENTITY a SYSTEM '{secret.as_uri()}'><!ENTITY b SYSTEM '{base}/b'>"
            dtd = f"<!DOCTYPE {root} SYSTEM '{base}/dtd' [{entities}]>"
            include = f"<x:include xmlns:x='http://www.w3.org/2001/XInclude' href='{base}/x' parse='text'/>"
            url = "<url><loc>/1</loc><title>&a;&b;</title></url>"
            draft = extract_listing(page(f"{dtd}<{root}>{include}{item}{url}</{root}>"), ListingRules())
            assert "the secret" not in str(draft)
        server.shutdown()
    assert asked == []


def test_json_that_is_nested_too_deeply_is_no_json() -> None:
    for text in ("[" * 200_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000):
        assert json_of(page(text)) is None


def test_json_with_what_no_reader_could_write_is_read_without_it() -> None:
    assert json_of(page('{"a": "x\\ud800y", "b": "\\ud83d\\ude00", "c": NaN, "d": -Infinity}')) == {
        "a": "x?y",
        "b": "😀",
        "c": None,
        "d": None,
    }


def test_a_number_of_thousands_of_digits_makes_no_json() -> None:
    assert json_of(page('{"a": ' + "9" * 10_000 + "}")) is None


@pytest.mark.parametrize(
    "script", ["<script type='application/ld+json'>", "<script type='application/json'>", "<script>var a = "]
)
@pytest.mark.parametrize("value", ["9" * 10_000, "[" * 100_000, '"'])
def test_what_scripts_hold_in_broken_json_costs_nothing_else(script: str, value: str) -> None:
    assert (
        extract_listing(page(f'<html><body>{script}{{"a": {value}}}</script></body></html>'), ListingRules()).items
        == ()
    )


@pytest.mark.parametrize("text", ["", "<html>", "null", '"text"', "{", '{"a": 1} trailing', "{'a': 1}"])
def test_what_is_no_document_of_json_is_none(text: str) -> None:
    assert json_of(page(text)) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [("<!doctype html><p>Please wait", "an HTML page"), ('{"a": 1}', "JSON"), ("Not found", "something else")],
)
@pytest.mark.parametrize("kind", [Kind.JSON, Kind.FEED, Kind.SITEMAP])
def test_another_kind_than_the_one_asked_for_says_what_answers(text: str, what: str, kind: Kind) -> None:
    if (what, kind) == ("JSON", Kind.JSON):
        return
    how = extract_listing(page(text), ListingRules(kind=kind)).how
    assert how.confidence == 0
    assert f"it answers with {what}, which is no {'JSON' if kind is Kind.JSON else kind}" in how.note
    assert "set `kind: auto`, or give the address" in how.note


def test_json_that_breaks_off_is_told_from_a_page() -> None:
    draft = extract_listing(page('[{"title": "A headline", "url": "/a"}, {"title":'), ListingRules())
    assert "it answers with JSON that breaks off" in draft.how.note


@pytest.mark.parametrize(
    ("kind", "link"),
    [
        (Kind.FEED, '<link rel="alternate" type="application/rss+xml" href="/f.xml">'),
        (Kind.WORDPRESS, '<link rel="https://api.w.org/" href="/f.xml">'),
    ],
)
def test_a_page_that_announces_the_kind_asked_for_says_where_it_is(kind: Kind, link: str) -> None:
    how = extract_listing(page(f"<html><head>{link}</head></html>"), ListingRules(kind=kind)).how
    assert "which announces one: https://www.mole-post.example/f.xml" in how.note


@pytest.mark.parametrize(
    ("text", "what"),
    [("<rss version='2.0'></rss>", "a feed"), ("<urlset></urlset>", "a sitemap"), ('{"a": 1}', "JSON")],
)
def test_a_document_in_place_of_a_page_for_people_is_named(text: str, what: str) -> None:
    how = extract_listing(page(text), ListingRules(kind=Kind.PAGE)).how
    assert how.note == f"it answers with {what} and no page; set `kind: auto`"


STARTS = (
    b"",
    b"<rss>",
    b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>",
    b"<urlset><url><loc>",
    b"{",
    b"[{",
    b"<?xml ",
)


@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=200), kind=st.sampled_from(Kind))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_any_bytes_give_a_listing(start: bytes, rest: bytes, kind: Kind) -> None:
    try:
        normalize_listing(extract_listing(page(start + rest), ListingRules(kind=kind)), CONTEXT)
    except ListingError:
        raise AssertionError("no rule was given") from None


NAMES_IN_JSON = "url title date tags author image _embedded wp:term items version itemListElement"
WORDS = st.sampled_from(
    (*NAMES_IN_JSON.split(), "https://jsonfeed.org/version/1.1", "https://a.example/1", "2025-02-08")
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=40,
)


@given(value=VALUES)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_any_json_gives_a_listing(value: object) -> None:
    normalize_listing(extract_listing(page(json.dumps(value)), ListingRules()), CONTEXT)


TAGS = ["rss", "channel", "item", "entry", "link", "title", "pubDate", "enclosure", "media:content", "guid", "content"]


@given(tags=st.lists(st.sampled_from(TAGS), max_size=12), text=st.text(max_size=20))
@settings(derandomize=True, max_examples=100, deadline=None)
def test_any_feed_gives_a_listing(tags: list[str], text: str) -> None:
    body = "".join(f"<{tag} url='{text}' href='/a' length='x'>{text}" for tag in tags)
    normalize_listing(
        extract_listing(page(f"<rss version='2.0'><channel>{body}".encode("utf-8", "replace")), ListingRules()), CONTEXT
    )
