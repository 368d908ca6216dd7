"""The text of an article, in the page's own markup."""

from __future__ import annotations

import json

import pytest
from lxml.html import fromstring

from feedmaker import read_article
from feedmaker.extract.article.content import article_html
from feedmaker.extract.article.text_blocks import Block, KnownText, blocks_of, separate
from feedmaker.normalize.encoding import page_of
from feedmaker.tree import parse_to_edit

URL = "https://town.example/news/harbour-reopens"
SENTENCES = (
    "The harbour of the old town has been open to ships again since Thursday afternoon, its master said.",
    "Two boats that the storm had sunk in the narrow channel were lifted by a crane that came from abroad.",
    "Repairs of the northern mole will take until the end of next month and cost more than was planned.",
    "Fishermen went out the same evening and came back with more than they had caught all winter long.",
    "The ferries to the islands begin on Monday, while freighters will have to wait for another week.",
)
SUMMARY = "After three days of closure ships may leave the harbour, but the mole stays closed to everyone."


def paragraphs(sentences: tuple[str, ...] = SENTENCES) -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


def text_of(body: str, head: str = "") -> str:
    html = article_html(page_of(f"<html><head><title>Harbour reopens</title>{head}</head><body>{body}</body>", URL))
    assert html is not None
    return " ".join(" ".join(parse_to_edit(html.encode(), "utf-8").itertext()).split())


def html_of(body: str, head: str = "") -> str:
    return article_html(page_of(f"<html><head>{head}</head><body>{body}</body>", URL)) or ""


STORY = " ".join(SENTENCES)


def test_the_story_is_read_without_its_headline_and_what_stands_around() -> None:
    body = (
        f"<nav><a href=/>Home</a></nav><article><h1>Harbour reopens</h1>{paragraphs()}</article><footer>Town</footer>"
    )
    assert text_of(body) == STORY


def test_the_markup_of_the_page_stays() -> None:
    lists = "<ul><li>First go the ferries to all of the islands.</li><li>Then go the freighters, one by one.</li></ul>"
    quote = (
        "<blockquote><p>We were lucky that nobody was on the boats, said the master of the harbour.</p></blockquote>"
    )
    link = "<p>More will be known when <a href='/report'>the report</a> of the insurers comes out in the summer.</p>"
    html = html_of(f"<article>{paragraphs()}{lists}{quote}{link}{paragraphs(SENTENCES[:1])}</article>")
    for part in ("<ul><li>First", "<blockquote><p>We were", '<a href="/report">the report</a>'):
        assert part in html


AROUND = {
    "a share bar": "<div class=share-bar><a href='https://social.example/?u=x'>Share</a><button>Copy</button></div>",
    "a newsletter": (
        "<div class=newsletter><h3>Our newsletter</h3><p>Sign up for our newsletter and read every morning what "
        "matters in town.</p><form><input name=mail><button>Sign up</button></form></div>"
    ),
    "related stories": (
        "<div class=related><h3>Related</h3><ul><li><a href='/o'>How the storm came over the sea</a></li>"
        "<li><a href='/o2'>Another story that has nothing to do with it at all</a></li></ul></div>"
    ),
    "scripts": "<script>var tracking = 1;</script><style>p{}</style><iframe src='https://ads.example/'></iframe>",
    "the most read": "<aside class=most-read><p>Most read: the ten things that everybody wanted to know.</p></aside>",
}


@pytest.mark.parametrize("box", AROUND)
def test_an_entry_holds_the_whole_story_and_nothing_of_what_stands_in_it(box: str) -> None:
    """Pictures, lists, quotes and tables stay; addresses are absolute."""
    parts = (
        '<figure><img src="https://town.example/mole.jpg" alt="The mole"></figure>',
        "<h2>What comes next</h2>",
        "<ol><li>First go the ferries to all of the islands.</li><li>Then go the freighters, one by one.</li></ol>",
        "<blockquote>We were lucky that nobody was on the boats, said the master of the harbour.</blockquote>",
        "<table><tbody><tr><th>Ship</th><th>Departure</th></tr><tr><td>Anna</td><td>Monday</td></tr></tbody></table>",
        '<p>More will be known when <a href="https://town.example/report">the report</a> of the insurers is out.</p>',
    )
    inner = (
        f"{paragraphs(SENTENCES[:3])}{''.join(parts[:4])}{AROUND[box]}{''.join(parts[4:])}{paragraphs(SENTENCES[3:])}"
    )
    shown = inner.replace("https://town.example/mole", "../mole").replace(
        "https://town.example/report", "/report?fbclid=1"
    )
    entry = read_article(f"<main><article><h1>Harbour reopens</h1>{shown}</article></main>", URL, content=True)
    assert entry.content_html == inner.replace(AROUND[box], "")


def test_a_summary_above_the_text_opens_it() -> None:
    head = f'<meta name="description" content="{SUMMARY}">'
    body = f"<header><h1>Harbour reopens</h1><h2>{SUMMARY}</h2></header><div class=text>{paragraphs()}</div>"
    assert text_of(body, head) == f"{SUMMARY} {STORY}"


def test_lines_that_only_link_elsewhere_go() -> None:
    line = "<p><a href='/other'>Read also: How the storm came over the sea without warning</a></p>"
    text = text_of(f"<article>{paragraphs(SENTENCES[:3])}{line}{paragraphs(SENTENCES[3:])}</article>")
    assert "Read also" not in text
    assert SENTENCES[4] in text


def test_boxes_beside_the_story_go() -> None:
    box = "<aside><h3>Facts</h3><p>The harbour was built by the kings, who kept their ships in it.</p></aside>"
    text = text_of(f"<article>{paragraphs(SENTENCES[:3])}{box}{paragraphs(SENTENCES[3:])}</article>")
    assert "kings" not in text


def test_text_that_is_repeated_for_print_stands_once() -> None:
    body = f"<article><div>{paragraphs()}</div><div class=print>{paragraphs()}</div></article>"
    assert text_of(body).count(SENTENCES[0]) == 1


def test_a_heading_without_text_below_it_goes() -> None:
    text = text_of(f"<article>{paragraphs()}<h2>More from the town and its harbour today</h2></article>")
    assert text.endswith(SENTENCES[-1])


def test_line_breaks_become_paragraphs() -> None:
    html = html_of("<article><div>" + "<br><br>".join(SENTENCES) + "</div></article>")
    assert f"<p>{SENTENCES[1]}</p>" in html


def test_pictures_of_the_story_get_their_real_addresses() -> None:
    picture = "<figure><img src='data:,' data-src='/harbour.jpg'><figcaption>The mole. Photo: Doe</figcaption></figure>"
    html = html_of(f"<article>{paragraphs(SENTENCES[:3])}{picture}{paragraphs(SENTENCES[3:])}</article>")
    assert 'src="/harbour.jpg"' in html
    assert 'title="The mole. Photo: Doe"' in html
    assert "<figcaption>" not in html


@pytest.mark.parametrize(
    "picture",
    [
        "<a href='/other-story'><img src='/other.jpg'></a>",
        "<div class='share-bar'><img src='/other.jpg'></div>",
        "<img src='data:,'>",
    ],
)
def test_pictures_of_other_things_go(picture: str) -> None:
    html = html_of(f"<article>{paragraphs(SENTENCES[:3])}{picture}{paragraphs(SENTENCES[3:])}</article>")
    assert "<img" not in html


def test_a_picture_below_the_text_or_shown_before_goes() -> None:
    picture = "<figure><img src='/a.jpg'></figure>"
    html = html_of(f"<article>{picture}{paragraphs(SENTENCES[:3])}{picture}{paragraphs(SENTENCES[3:])}</article>")
    assert html.count("<img") == 1
    assert "<img" not in html_of(f"<article>{paragraphs()}{picture}</article>")


def test_a_picture_that_links_to_itself_stays() -> None:
    picture = "<a href='/large.jpg'><img src='/a.jpg'></a>"
    assert "<img" in html_of(f"<article>{paragraphs(SENTENCES[:3])}{picture}{paragraphs(SENTENCES[3:])}</article>")


def json_ld(body: str) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "articleBody": body})}</script>'


def test_declared_text_counts_where_the_page_shows_but_its_beginning() -> None:
    whole = "\n".join(SENTENCES * 3)
    html = html_of(f"<article>{paragraphs(SENTENCES[:1])}<p>Subscribe to read on.</p></article>", json_ld(whole))
    assert html.startswith(f"<p>{SENTENCES[0]}</p>")
    assert html.count("<p>") == 15


def test_declared_text_may_hold_markup() -> None:
    assert html_of("<div></div>", json_ld(paragraphs() * 2)).startswith(f"<p>{SENTENCES[0]}</p>")


def test_declared_text_finds_paragraphs_that_look_like_furniture() -> None:
    offers = f"<div class='newsletter related promo'>{paragraphs(SENTENCES[3:])}</div>"
    body = f"<article>{paragraphs(SENTENCES[:3])}{offers}</article>"
    end = "The master thanked everyone who had helped, among them the crews of two tugs from abroad."
    end += " They had come over the sea in the night of the storm, although nobody had asked them to do so."
    assert SENTENCES[4] not in text_of(body + paragraphs((end,)))
    assert SENTENCES[4] in text_of(body + paragraphs((end,)), json_ld(f"{STORY} {end}"))


@pytest.mark.parametrize("body", ["", "<p></p>", "<nav><a href=/>Home</a></nav>", "<script>x</script>"])
def test_a_page_without_text_has_none(body: str) -> None:
    assert article_html(page_of(f"<html><body>{body}", URL)) is None


def test_a_page_of_frames_has_no_text() -> None:
    assert article_html(page_of("<html><frameset><frame src=a></frameset></html>", URL)) is None


def test_long_paragraphs_are_the_text_of_a_page_too_large_to_search() -> None:
    labels = "<b>x</b>" * 7_000
    assert SENTENCES[2] in text_of(f"<article>{paragraphs()}</article><div>{labels}</div>")


def test_a_page_without_end_is_left_alone() -> None:
    assert article_html(page_of(paragraphs() + "<p>x</p>" * 25_000, URL)) is None


def test_loose_text_between_blocks_becomes_paragraphs_of_its_own() -> None:
    body = parse_to_edit(b"<div>one <b>two</b><p>three</p>four<br>five<div>six</div><img src=a></div>", "utf-8").find(
        "body"
    )
    assert body is not None
    separate(body)
    assert [block.text for block in blocks_of(body)] == ["one two", "three", "four five", "six"]


def test_text_is_known_by_its_sentences() -> None:
    known = KnownText("One thing happened. Another thing did not.\nThe third thing, so they say, will.")
    block = Block(fromstring("<p>Another thing did not. The third thing, so they say, may.</p>"))
    assert 0.9 < known.share_of(block) < 1.0
    assert known.share_of(Block(fromstring("<p>happened another</p>"))) == 1.0
    assert KnownText().share_of(block) == 0.0
