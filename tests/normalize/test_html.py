"""HTML that a feed reader may show."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedmaker.normalize.html import clean_html
from tests.write.html_rules import ATTRIBUTES, ELEMENTS, html_faults

BASE = "https://example.org/news/a.html"


def clean(html: str) -> str:
    return clean_html(html, BASE)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p{}</style>",
        "<p onclick='x()'></p>",
        "<img src=javascript:x()>",
        "<img src='data:image/gif;base64,R0lGOD' width=1>",
        "<img src=/count width=1 height=1>",
        "<img src=/count width=1px>",
        "<img src=/count style='border: 0; width:1px'>",
        "<img src=/count style='max-height: 0'>",
        "<video controls></video>",
        "<iframe src=https://example.org/></iframe>",
        "<form><input name=q><button>Go</button></form>",
        "<!-- comment -->",
        "<p hidden>x</p><p style='display: none'>y</p>",
        "<div><p> </p><span></span></div>",
        "<template><p>x</p></template>",
        "",
    ],
)
def test_what_a_reader_must_not_or_cannot_see_goes(html: str) -> None:
    assert clean(html) == ""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p style='color:red' class=x onclick=y>a</p>", "<p>a</p>"),
        ("<a href='/b?utm_source=x'>b</a>", '<a href="https://example.org/b">b</a>'),
        ("<a href='javascript:x()'>b</a> <a href='#top'>c</a>", "b c"),
        ("<img src=b.jpg alt=B width=300>", '<img src="https://example.org/news/b.jpg" alt="B" width="300">'),
        ("<a href=/x onmouseover=y target=_blank>z</a>", '<a href="https://example.org/x">z</a>'),
    ],
)
def test_addresses_are_absolute_and_attributes_few(html: str, expected: str) -> None:
    assert clean(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<img src='data:image/gif;base64,R0lGOD' data-src=/b.jpg>",
        "<img src=/blank.gif data-original=/b.jpg>",
        "<img data-srcset='/b.jpg 300w, /c.jpg 600w'>",
        "<picture><source srcset=/b.webp><img src=/b.jpg></picture>",
        "<img class=lazy src='data:,'><noscript><img src=/b.jpg></noscript>",
        "<img src=/b.jpg><noscript><img src=/b.jpg></noscript>",
    ],
)
def test_lazy_pictures_become_real_and_stand_once(html: str) -> None:
    assert clean(html) == '<img src="https://example.org/b.jpg">'


@pytest.mark.parametrize(
    "html",
    [
        "<h2>a</h2><p>b <strong>c</strong> <em>d</em></p>",
        "<ul><li>a</li><li>b</li></ul>",
        '<ol start="3"><li>a</li></ol>',
        "<blockquote><p>a</p></blockquote>",
        '<table><tbody><tr><th scope="row">a</th><td colspan="2"></td></tr></tbody></table>',
        '<figure><img src="https://example.org/a.jpg" alt=""><figcaption>b</figcaption></figure>',
        '<p dir="rtl" lang="ar">ا</p>',
        '<div dir="rtl"><p>ا</p></div>',
        "<pre>a\n  b</pre>",
        "<dl><dt>a</dt><dd>b</dd></dl>",
        '<p><bdi dir="rtl">ا</bdi></p>',
        "<p>a<br>b</p><hr>",
    ],
)
def test_what_carries_meaning_stays_as_it_is(html: str) -> None:
    assert clean(html) == html


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<div><div><p>a</p></div><section>b</section></div>", "<p>a</p><p>b</p>"),
        ("<div>loose<p>a</p></div>", "<div>loose<p>a</p></div>"),
        ("<a href=/x><h3>a</h3><div>b</div></a>", '<a href="https://example.org/x">a b </a>'),
        ("<h2><div>a</div></h2>", "<h2>a </h2>"),
        ("<p><my-widget>a</my-widget></p>", "<p>a</p>"),
        ("<p><span>a</span></p>", "<p>a</p>"),
    ],
)
def test_boxes_around_boxes_go(html: str, expected: str) -> None:
    assert clean(html) == expected


def test_a_recording_is_followed_by_a_link_for_readers_without_a_player() -> None:
    assert clean("<audio src='/a%20b.mp3' controls></audio> end") == (
        '<audio src="https://example.org/a%20b.mp3"></audio><a href="https://example.org/a%20b.mp3">▶ a b.mp3</a> end'
    )
    film = '<video><source src="https://example.org/a.mp4" type="video/mp4"></video>'
    assert clean(film) == f'{film}<a href="https://example.org/a.mp4">▶ a.mp4</a>'
    linked = '<p><a href="https://example.org/a.mp4">The film</a></p>'
    assert clean(film + linked) == film + linked


def test_pictures_that_are_only_styled_small_in_part_stay() -> None:
    assert clean("<img src=/a.jpg style='width: 100%; min-width:1px; border-width:1px'>")


def test_text_that_was_misread_is_mended_in_the_whole_article_too() -> None:
    assert clean("<p>CafÃ© &amp; Ã¼ber</p>") == "<p>Café &amp; über</p>"


def test_an_override_of_directions_becomes_an_isolation() -> None:
    assert clean("<p><bdo dir=rtl>ab</bdo></p>") == '<p><bdi dir="rtl">ab</bdi></p>'


def test_everything_that_stays_passes_the_w3c_validator() -> None:
    names = sorted(ELEMENTS | {"bdo", "iframe", "object", "svg", "rb", "rtc", "portal"})
    attributes = " ".join(f'{name}="1"' for name in sorted(ATTRIBUTES | {"controls", "style", "onclick", "is"}))
    for name in names:
        cleaned = clean(f'<{name} {attributes} src="/a.jpg" width="99" height="99">a</{name}>')
        assert [fault for fault in html_faults(cleaned or "-") if fault.startswith("Security")] == []


def test_a_poster_is_absolute_or_gone() -> None:
    assert 'poster="https://example.org/p.jpg"' in clean("<video src=/a.mp4 poster=/p.jpg></video>")
    assert "javascript" not in clean("<video src=/a.mp4 poster=javascript:x></video>")


TAGS = ["p", "div", "a href=/x", "b", "h2", "ul", "li", "table", "tr", "td", "figure", "img src=/a.jpg", "br", "span"]
TAGS += ["blockquote", "pre", "my-box", "section dir=rtl", "noscript", "script", "svg", "math", "form", "select", "br"]
pieces = st.one_of(
    st.sampled_from(TAGS).map(lambda tag: f"<{tag}>"),
    st.sampled_from(TAGS).map(lambda tag: f"</{tag.split()[0]}>"),
    st.sampled_from(["text ", "\n", "&amp;", "&lt;b&gt;", "<!--", "-->", "ä", "<", ">"]),
)


@settings(derandomize=True, max_examples=400)
@given(st.lists(pieces, max_size=20).map("".join))
def test_whatever_goes_in_comes_out_well_formed_and_clean(html: str) -> None:
    cleaned = clean(html)
    html5lib.HTMLParser(strict=True).parseFragment(cleaned)
    assert clean(cleaned) == cleaned
