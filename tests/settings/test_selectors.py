"""Selectors as they are written, checked and run."""

from __future__ import annotations

import lxml.html
import pytest

from feedmaker.model import Selector
from feedmaker.settings import compile_selector, parse_selector
from feedmaker.settings.invalid import Invalid
from feedmaker.settings.selectors import parse_items

CARD = lxml.html.fromstring(
    '<div class="card" data-time="5"><a class="md@wide" href="/a@b">A</a><img data-src="p.jpg"><time>x</time></div>'
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (".list__title", Selector(".list__title")),
        ("img@data-src", Selector("img", attribute="data-src")),
        ("a.b > img @src", Selector("a.b > img", attribute="src")),
        ("@data-unixtime", Selector("", attribute="data-unixtime")),
        ("use@xlink:href", Selector("use", attribute="xlink:href")),
        ('a[href*="@"]', Selector('a[href*="@"]')),
        ("a[href*='@x']@href", Selector("a[href*='@x']", attribute="href")),
        (r".md\@wide", Selector(r".md\@wide")),
        (r".md\@wide@href", Selector(r".md\@wide", attribute="href")),
        ("xpath:.//time[1]", Selector(".//time[1]", is_xpath=True)),
        ("xpath: .//a/@href", Selector(".//a/@href", is_xpath=True)),
        ("json:$.data.articles", Selector("$.data.articles", is_json=True)),
        ("json: $.media[0]['src@2x']", Selector("$.media[0]['src@2x']", is_json=True)),
        (" h2 , h3 ", Selector("h2 , h3")),
        (":scope > a", Selector(":scope > a")),
        ("div:has(> time)", Selector("div:has(> time)")),
    ],
)
def test_a_selector_is_css_or_xpath_and_maybe_an_attribute(text: str, expected: Selector) -> None:
    assert parse_selector(text) == expected
    assert parse_selector(str(expected)) == expected


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("", None),
        ("@", None),
        ("a@", None),
        ("a[", None),
        ("xpath:", None),
        ("xpath:a[", None),
        ("xpath:foo(1)", None),
        ("xpath:$x", None),
        ("xpath:x:y", None),
        ("json:", None),
        ("json:data", None),
        ("json:$.a[", None),
        ("$.data.articles", "Write json:$.data.articles."),
        ("a::attr(href)", "Write a@href."),
        ("h2::text", "Write h2; its text is what is read."),
        ("//a/@href", "Write xpath://a/@href."),
        (".//a", "Write xpath:.//a."),
        ("> a", "Write :scope > a."),
        ("img@src, img@data-src", "Write alternatives as a list: [img@data-src, img@src]."),
        (":not(" * 199 + "a" + ")" * 199, None),
        ("a " * 499, None),
        ("a" * 1001, None),
        (7, 'Put it in quotes if it is meant as text: "7".'),
        (None, None),
    ],
)
def test_what_is_no_selector_is_refused_with_what_was_probably_meant(value: object, hint: str | None) -> None:
    with pytest.raises(Invalid) as raised:
        parse_selector(value)
    assert raised.value.hint == hint


@pytest.mark.parametrize("text", ["a@href", "xpath:string(.//a)", "xpath:count(//a)"])
def test_the_items_of_a_list_must_be_elements(text: str) -> None:
    with pytest.raises(Invalid, match="Expected a selector of elements"):
        parse_items(text)


def test_the_items_of_a_list_are_selected_by_css_or_xpath() -> None:
    assert parse_items(".card") == Selector(".card")
    assert parse_items("xpath://article") == Selector("//article", is_xpath=True)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a", ["a"]),
        (".card", ["div"]),
        ("@data-time", ["div"]),
        ("[data-time]@data-time", ["div"]),
        (r".md\@wide", ["a"]),
        ('a[href*="@"]', ["a"]),
        ("xpath:./img", ["img"]),
        ("h2", []),
    ],
)
def test_a_compiled_selector_finds_elements_in_the_item_and_the_item_itself(text: str, tags: list[str]) -> None:
    found = compile_selector(parse_selector(text))(CARD)
    assert isinstance(found, list)
    assert [element.tag for element in found if isinstance(element, lxml.html.HtmlElement)] == tags
