"""The demo's pages as the program reads them: each style gives the same good entry."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from urllib.parse import urlsplit

import lxml.html
import pytest

from feedmaker.demo import DemoSite
from feedmaker.demo.content import Story, load_content
from feedmaker.demo.pages import render_site
from feedmaker.fetch import Web
from feedmaker.fetch.chromium import NAMES
from feedmaker.model import Entry, FetchPolicy, Page, Rendering
from feedmaker.reading import read_article, read_listing

URL = "http://127.0.0.1:8000/"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
RESOURCES = render_site(URL)
CONTENT = load_content()
STORIES = CONTENT.stories


def read(story: Story) -> Entry:
    return read_article(RESOURCES[story.path].body, URL.rstrip("/") + story.path, now=NOW)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.style)
class TestStory:
    def test_title_and_summary(self, story: Story) -> None:
        entry = read(story)
        assert (entry.title, entry.summary) == (story.title, story.summary)

    def test_address(self, story: Story) -> None:
        entry = read(story)
        assert entry.url == URL.rstrip("/") + story.path

    def test_dates(self, story: Story) -> None:
        entry = read(story)
        assert entry.published == story.published
        assert entry.updated in ({story.updated} if story.updated else {None, story.published})

    def test_lead_picture(self, story: Story) -> None:
        assert read(story).images[0].url == f"{URL}pictures/{story.picture.name}.jpg"

    def test_authors(self, story: Story) -> None:
        assert [person.name for person in read(story).authors] == [author.name for author in story.authors]

    def test_tags(self, story: Story) -> None:
        assert read(story).tags == story.tags

    def test_language(self, story: Story) -> None:
        assert (read(story).language or "").partition("-")[0] == story.language

    def test_text_without_furniture(self, story: Story) -> None:
        url = URL.rstrip("/") + story.path
        content = read_article(RESOURCES[story.path].body, url, now=NOW, content=True).content_html or ""
        text = "".join(str(part) for part in lxml.html.document_fromstring(content).itertext())
        assert all(paragraph in text for paragraph in story.text)
        for furniture in ("log in or register", "Related stories", "Most read", "cookies", "by post", "Print"):
            assert furniture not in text


def test_the_listing_needs_no_rules() -> None:
    listing = read_listing(RESOURCES["/harbour/"].body, URL + "harbour/", now=NOW)
    assert [item.title for item in listing.items] == [story.title for story in STORIES]
    assert [item.summary for item in listing.items] == [story.summary for story in STORIES]
    assert [item.published for item in listing.items] == [story.published for story in STORIES]
    pictures = [f"{URL}pictures/{story.picture.name}-small.jpg" for story in STORIES]
    assert [item.image and item.image.url for item in listing.items] == pictures


def test_words_count_from_the_moment_of_reading() -> None:
    story = STORIES[0]
    later = NOW + timedelta(days=400)
    entry = read_article(RESOURCES[story.path].body, URL + "harbour/story.html", now=later)
    assert entry.published == later - timedelta(hours=2)


def test_the_board_of_notices_is_read_without_rules() -> None:
    (board, _) = CONTENT.boards
    listing = read_listing(RESOURCES["/notices/"].body, URL + "notices/", now=NOW)
    assert [item.url for item in listing.items] == [URL.rstrip("/") + notice.path for notice in board.notices]
    assert [item.title for item in listing.items] == [notice.title for notice in board.notices]
    assert [item.summary for item in listing.items] == [notice.text for notice in board.notices]
    days = [item.published.date() if item.published else None for item in listing.items]
    assert days == [notice.published.date() for notice in board.notices]


def test_a_page_that_waits_for_its_script_says_so() -> None:
    listing = read_listing(RESOURCES["/tides/"].body, URL + "tides/", now=NOW)
    assert listing.items == ()
    assert "browser: true" in listing.how.note


def test_a_page_that_only_its_script_fills_is_read_by_a_browser() -> None:
    pytest.importorskip("playwright.sync_api")
    if not any(map(shutil.which, NAMES)):
        pytest.skip("this machine has no Chromium")
    with DemoSite() as site:
        port = urlsplit(site.url).port
        assert port is not None
        policy = FetchPolicy(allow_private=(ip_network("127.0.0.0/8"),), allow_ports=frozenset({port}))
        with Web(policy) as web:
            page = web.fetch(f"{site.url}tides/", delay=timedelta(0), browser=Rendering(wait_for="#app a"))
    assert isinstance(page, Page)
    (_, tides) = CONTENT.boards
    listing = read_listing(page.content, page.url, now=NOW)
    assert [item.title for item in listing.items] == [report.title for report in tides.notices]
