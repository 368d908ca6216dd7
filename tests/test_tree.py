"""The one parse of a page, on pages that would stall a parser or lose their rest in it."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.tree import MAX_ATTRIBUTES, MAX_DEPTH, MAX_TAGS, parse, parse_to_edit


def depth_of(root: lxml.html.HtmlElement) -> int:
    depth, level = 0, [root]
    while level:
        depth, level = depth + 1, [child for element in level for child in element]
    return depth


@pytest.mark.parametrize(
    "content",
    [b"", b"  \n ", b"<!-- only a comment -->", b"<!doctype html>", b"<?php echo 1 ?>", b"\0\0", b"<![CDATA[" * 100],
)
def test_what_holds_no_element_is_an_empty_page(content: bytes) -> None:
    root = parse(content, "utf-8")
    assert (root.tag, len(root)) == ("html", 0)


@pytest.mark.parametrize(
    "content", [b"text", b"<svg><circle/></svg>", b"<td>x", b"</p>", b"<html><frameset><frame src=a>"]
)
def test_the_root_is_always_html(content: bytes) -> None:
    assert parse(content, "utf-8").tag == "html"


def test_frames_stay_elements() -> None:
    root = parse(b"<html><frameset><frame src=a.html><frame src=b.html></frameset></html>", "utf-8")
    assert [frame.get("src") for frame in root.iter("frame")] == ["a.html", "b.html"]


def test_nuls_and_bytes_that_do_not_fit_cost_only_themselves() -> None:
    assert parse(b"<p>a\0b\xffc</p><p>d", "utf-8").text_content() == "ab\ufffdcd"


@pytest.mark.parametrize(
    "character", ["\x01", "\x1b", "\ufffe", "\uffff", "&#1;", "&#x1F;", "&#00011", "&#xFFFE;", "&#65535;"]
)
def test_characters_that_lxml_would_not_take_back_are_left_out(character: str) -> None:
    root = parse_to_edit(f"<p>a{character} b".encode(), "utf-8")
    paragraph = next(root.iter("p"))
    paragraph.text = root.text_content()
    assert paragraph.text == "a b"


@pytest.mark.parametrize("reference", ["&#9;", "&#10;", "&#128512;", "&#x1F600;", "&#111;", "&#x1F4;", "&#127;"])
def test_other_references_stay(reference: str) -> None:
    assert parse_to_edit(f"<p>a{reference}b".encode(), "utf-8").text_content() != "ab"


@pytest.mark.parametrize("encoding", ["cp1251", "gb18030", "koi8-u", "mac_latin2", "utf-16", "big5hkscs", "utf-8-sig"])
def test_every_codec_of_python_is_read(encoding: str) -> None:
    text = {"cp1251": "Мир", "koi8-u": "Мир", "mac_latin2": "Škoda"}.get(encoding, "世界")
    assert parse(f"<p>{text}".encode(encoding), encoding).text_content() == text


def test_the_encoding_counts_more_than_an_xml_declaration() -> None:
    content = "<?xml version='1.0' encoding='iso-8859-1'?><html><p>Škoda".encode()
    assert parse(content, "utf-8").text_content() == "Škoda"


def test_a_hundred_thousand_nested_elements_end_at_the_greatest_depth() -> None:
    assert depth_of(parse(b"<div>" * 100_000, "utf-8")) == MAX_DEPTH


def test_formatting_that_is_never_closed_does_not_swallow_the_page() -> None:
    root = parse(b"<font size=2><b><p>word" * 5_000 + b"<p><a href=/end>end</a>", "utf-8")
    assert root.text_content().endswith("wordend")
    assert [link.get("href") for link in root.iter("a")] == ["/end"]
    assert depth_of(root) <= MAX_DEPTH


def test_text_deeper_than_the_greatest_depth_is_lifted() -> None:
    root = parse(b"<div>" * 1_000 + b"<p>deep</p>" + b"</div>" * 1_000 + b"<p>after", "utf-8")
    assert root.text_content() == "deepafter"
    assert depth_of(root) == MAX_DEPTH


def test_as_many_tags_as_are_read_are_read_to_their_end() -> None:
    assert parse(b"<p>" * MAX_TAGS + b"end", "utf-8").text_content() == "end"


def test_ten_megabytes_of_text_are_read_to_their_end() -> None:
    assert parse(b"<p>" + b"x" * 10_000_001 + b"</p><p>end", "utf-8").text_content().endswith("xend")


@pytest.mark.parametrize("attribute", ["a%d", "a%d=1", "a%d='1'", 'a%d="1"'])
def test_attributes_without_number_are_cut_off(attribute: str) -> None:
    """libxml2 takes the square of their number: 50,000 of them cost 20 seconds."""
    tag = "<p " + " ".join(attribute % number for number in range(50_000)) + ">first</p><p id=x>second</p>"
    root = parse(tag.encode(), "utf-8")
    first, second = root.iter("p")
    assert len(first.attrib) == MAX_ATTRIBUTES
    assert (first.text, second.text, second.get("id")) == ("first", "second", "x")


def test_long_scripts_and_attributes_stay_as_they_are() -> None:
    data = " ".join(f"key{number}=value" for number in range(2_000))
    root = parse(f"<p data-x='{data}'>text</p><script>{data}</script>".encode(), "utf-8")
    paragraph = next(root.iter("p"))
    assert paragraph.get("data-x") == data
    assert next(root.iter("script")).text == data


def test_fifty_thousand_links_are_all_read() -> None:
    content = b"".join(b"<a href='/%d'>%d</a>" % (number, number) for number in range(50_000))
    assert sum(1 for _ in parse(content, "utf-8").iter("a")) == 50_000


@settings(derandomize=True, max_examples=200)
@given(st.binary(max_size=300) | st.text("<>/!-&;'\" =abdiprsv", max_size=300).map(str.encode))
def test_any_bytes_make_a_tree(content: bytes) -> None:
    root = parse(content, "utf-8")
    assert root.tag == "html"
    assert depth_of(root) <= MAX_DEPTH
    assert isinstance(root.text_content(), str)


def test_a_page_of_nothing_but_tags_is_read_up_to_a_bound() -> None:
    root = parse(b"<p>first</p>" + b"<hr>" * (MAX_TAGS + 500), "utf-8")
    assert root.findtext(".//p") == "first"
    assert len(root.findall(".//hr")) == MAX_TAGS - 2
    assert len(parse(b"<hr>" * MAX_TAGS, "utf-8").findall(".//hr")) == MAX_TAGS
