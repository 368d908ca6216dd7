"""What the demo's pages carry between them: each way of marking up a story, and the furniture around it."""

from __future__ import annotations

import json
from pathlib import Path

import html5lib
import lxml.html
import pytest
import yaml
from PIL import Image

from feedmaker.demo import demo_settings_yaml
from feedmaker.demo.content import SITE, Board, Story, load_content
from feedmaker.demo.pages import render_site

CONTENT = load_content()
URL = "http://127.0.0.1:8000/"
RESOURCES = render_site(URL)
PAGES = {path: resource.body.decode() for path, resource in RESOURCES.items() if resource.type.startswith("text/html")}
LISTING = PAGES["/harbour/"]


def story_of(style: str) -> Story:
    return next(story for story in CONTENT.stories if story.style == style)


def page_of(style: str) -> str:
    return PAGES[story_of(style).path]


def tree_of(style: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page_of(style))


def strings(tree: lxml.html.HtmlElement, xpath: str) -> list[str]:
    found = tree.xpath(xpath)
    assert isinstance(found, list)
    return [str(text) for text in found]


def json_ld(style: str) -> str:
    (block,) = strings(tree_of(style), '//script[@type="application/ld+json"]/text()')
    return block


@pytest.mark.parametrize("path", PAGES)
def test_every_page_parses_without_an_error(path: str) -> None:
    html5lib.HTMLParser(strict=True).parse(PAGES[path])


@pytest.mark.parametrize("path", [story.path for story in CONTENT.stories])
def test_every_picture_and_story_that_a_page_shows_is_served(path: str) -> None:
    tree = lxml.html.document_fromstring(PAGES[path])
    addresses = strings(tree, '//img/@src | //img/@data-src | //a[starts-with(@href, "/harbour/")]/@href')
    local = {address.partition("?")[0] for address in addresses if not address.startswith("data:")}
    assert local <= RESOURCES.keys()
    assert len(local) > 10


@pytest.mark.parametrize("story", CONTENT.stories, ids=lambda story: story.slug)
def test_a_lead_picture_is_as_large_as_the_pages_say_and_light(story: Story) -> None:
    for suffix, size in (("", (1200, 675)), ("-small", (400, 225))):
        file = SITE / f"pictures/{story.picture.name}{suffix}.jpg"
        with Image.open(file) as picture:
            assert picture.size == size
        assert file.stat().st_size < 30_000


@pytest.mark.parametrize("story", CONTENT.stories, ids=lambda story: story.slug)
def test_every_story_stands_among_furniture_and_related_stories(story: Story) -> None:
    tree = lxml.html.document_fromstring(PAGES[story.path])
    for furniture in ("nav", ".most-read", ".newsletter", ".cookie-note", ".share", "footer", ".comments"):
        assert tree.cssselect(furniture), furniture
    addresses = strings(tree, "//img/@src")
    assert "/assets/logo.svg" in addresses
    assert "/assets/app-badge.svg" in addresses
    assert f"/assets/pixel.png?page={story.slug}" in addresses
    related = tree.cssselect(".related__story")
    assert len(related) == 3
    assert story.title not in [text for block in related for text in block.itertext()]


def test_the_listing_shows_each_story_once_in_a_card() -> None:
    cards = lxml.html.document_fromstring(LISTING).cssselect(".card")
    assert [card.cssselect(".card__title")[0].get("href") for card in cards] == [s.path for s in CONTENT.stories]
    assert len(cards) == 10
    assert all(str(card.cssselect("img")[0].get("src")).startswith("data:") for card in cards)
    assert all(card.cssselect("img")[0].get("data-src") for card in cards)


def test_stories_are_listed_newest_first() -> None:
    dates = [story.published for story in CONTENT.stories]
    assert dates == sorted(dates, reverse=True)


def test_one_story_has_a_graph_that_refers_by_id() -> None:
    graph = {node["@id"]: node for node in json.loads(json_ld("json_ld_graph"))["@graph"] if "@id" in node}
    article = next(node for node in graph.values() if node["@type"] == "NewsArticle")
    assert graph[article["author"]["@id"]]["name"] == "Maren Holt"
    assert graph[article["image"]["@id"]]["width"] == 1200
    assert article["dateModified"] > article["datePublished"]


def test_one_story_has_a_block_that_a_strict_parser_refuses() -> None:
    with pytest.raises(json.JSONDecodeError):
        json.loads(json_ld("json_ld_trailing_comma"))


def test_one_story_has_an_author_that_is_a_text() -> None:
    assert json.loads(json_ld("json_ld_author_text"))["author"] == "Maren Holt"


def test_one_story_has_an_organisation_as_its_author() -> None:
    assert json.loads(json_ld("organisation"))["author"]["@type"] == "Organization"


def test_one_story_has_microdata_without_seconds() -> None:
    tree = tree_of("microdata")
    assert strings(tree, '//*[@itemprop="datePublished"]/@content') == ["2026-11-16T15:20+0000"]
    assert strings(tree, "//@itemtype")[0] == "https://schema.org/NewsArticle"


def test_one_story_has_open_graph_alone() -> None:
    tree = tree_of("open_graph")
    assert strings(tree, '//meta[@property="og:title"]/@content') == [
        f"{story_of('open_graph').title} | The Tidewick Lantern"
    ]
    assert not tree.xpath("//script[@type] | //*[@itemprop] | //time")


def test_one_story_has_nothing_but_words_and_a_picture_that_loads_late() -> None:
    tree = tree_of("words_only")
    assert not tree.xpath("//script[@type] | //*[@itemprop] | //time | //meta[@property]")
    assert tree.cssselect(".dateline")[0].text == "2 hours ago"
    assert tree.cssselect("figure img")[0].get("data-src") == "/pictures/slipway.jpg"
    assert ">2 hours ago<" in LISTING


def test_lazy_pictures_come_as_noscript_and_as_picture_element() -> None:
    assert tree_of("open_graph").cssselect("figure noscript img")
    assert len(tree_of("picture_element").cssselect("picture source")) == 2


def test_one_story_has_its_date_in_german_words_the_day_first() -> None:
    tree = tree_of("date_in_german")
    assert tree.get("lang") == "de"
    assert tree.cssselect(".dateline")[0].text == "Donnerstag, 12. November 2026, 18:30 Uhr"


def test_one_story_shows_its_update_before_its_publication() -> None:
    assert [time.get("class") for time in tree_of("two_dates").cssselect("time")] == ["updated", "published"]


def test_the_site_is_the_same_in_every_run() -> None:
    assert render_site(URL) == RESOURCES


@pytest.mark.parametrize("board", CONTENT.boards, ids=lambda board: board.slug)
def test_every_notice_has_a_page_with_its_title_date_and_text(board: Board) -> None:
    assert len(board.notices) >= 8
    for notice in board.notices:
        tree = lxml.html.document_fromstring(PAGES[notice.path])
        assert [element.text for element in tree.cssselect("h1")] == [notice.title]
        assert strings(tree, "//time/@datetime") == [notice.published.isoformat()]
        assert strings(tree, "//p/text()").count(notice.text) == 1


def test_notices_are_listed_newest_first() -> None:
    for board in CONTENT.boards:
        dates = [notice.published for notice in board.notices]
        assert dates == sorted(dates, reverse=True)


def test_the_board_gives_nothing_away_but_how_its_notices_stand() -> None:
    tree = lxml.html.document_fromstring(PAGES["/notices/"])
    assert not tree.xpath("//*[@class or @id or @itemprop or @role] | //time | //script | //h2 | //article | //section")


def test_the_reports_stand_in_json_alone_under_names_of_their_own() -> None:
    board = next(board for board in CONTENT.boards if board.data)
    document = json.loads(RESOURCES[board.data or ""].body)
    assert [report["page"] for report in document["data"]["reports"]] == [notice.path for notice in board.notices]
    assert not lxml.html.document_fromstring(PAGES[f"/{board.slug}/"]).xpath("//a")


def test_the_settings_allow_the_site_and_nothing_else() -> None:
    settings = yaml.safe_load(demo_settings_yaml("http://127.0.0.1:8123/"))
    assert settings["allow_ports"] == [8123]
    assert settings["allow_private"] == ["127.0.0.0/8"]
    assert settings["sources"]["harbour"]["url"] == "http://127.0.0.1:8123/harbour/"
    assert settings["sources"]["notices"] == "http://127.0.0.1:8123/notices/"
    assert settings["sources"]["tides"]["url"] == "http://127.0.0.1:8123/api/tides.json"


def test_no_file_of_the_site_is_left_unused() -> None:
    styles = {file.stem for file in (SITE / "styles").iterdir()}
    assert styles == {story.style for story in CONTENT.stories}
    names = {Path(path).stem.removesuffix("-small") for path in RESOURCES if path.startswith("/pictures/")}
    assert names == {story.picture.name for story in CONTENT.stories}
