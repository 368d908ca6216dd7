"""What people see who open the output in a browser, without scripts: Chromium shows it here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from feedmaker.fetch.chromium import NAMES

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="this machine has no Chromium")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FEED = "harbour-americas"
PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, chromium_sandbox=os.geteuid() != 0)
        yield browser
        browser.close()


def opened(chromium: Browser, port: int, path: str, **options: object) -> Page:
    """A page without scripts, whose entries' pictures are not asked for."""
    context = chromium.new_context(java_script_enabled=False, **options)  # type: ignore[arg-type]
    context.route(lambda address: not address.startswith("http://127.0.0.1"), lambda route: route.abort())
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{port}/{path}")
    return page


def color(page: Page, selector: str) -> list[int]:
    """The background of an element, as red, green and blue."""
    script = "element => getComputedStyle(element).backgroundColor.match(/\\d+/g).map(Number)"
    return list(page.locator(selector).first.evaluate(script))[:3]


@pytest.mark.parametrize("extension", ["rss", "atom"])
def test_a_feed_is_a_page_of_titles_and_summaries(chromium: Browser, port: int, extension: str) -> None:
    page = opened(chromium, port, f"{FEED}.{extension}")
    shown = page.locator(":root").evaluate("""root => [...root.querySelectorAll("*")]
        .filter(element => !element.children.length && element.getClientRects().length)
        .map(element => element.textContent)""")
    assert shown[:2] == ["Harbour Post: Americas", "News of the ports"]
    assert [words for words in shown if words.startswith("Story")] == [f"Story {number} & more" for number in range(30)]
    assert shown.count("The northern ports stayed open through January.") == 30
    assert shown.count("Ingrid Solheim") == 30
    assert not any(hidden in "".join(shown) for hidden in ("Feedmaker", "<img", "climate & ice", "icon", "urn:"))


@pytest.mark.parametrize("path", ["", f"{FEED}.rss", f"{FEED}.atom"])
def test_pages_are_light_or_dark_as_people_like_it(chromium: Browser, port: int, path: str) -> None:
    selector = "body" if not path else ":root"
    light, dark = (color(opened(chromium, port, path, color_scheme=each), selector) for each in ("light", "dark"))
    assert min(light) > 200
    assert max(dark) < 60


@pytest.mark.parametrize("path", ["", f"{FEED}.rss", f"{FEED}.atom"])
def test_pages_fit_a_narrow_screen(chromium: Browser, port: int, path: str) -> None:
    page = opened(chromium, port, path, viewport=PHONE)
    assert page.locator(":root").evaluate("root => root.scrollWidth") <= PHONE["width"]


def test_the_page_can_be_used_by_keyboard_alone(chromium: Browser, port: int) -> None:
    page = opened(chromium, port, "")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the feeds"
    assert skip.evaluate("link => link.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("href") == "https://harbour.example/americas/"
    page.keyboard.press("Tab")
    assert page.get_by_role("link", name="RSS feed of Harbour Post: Americas").evaluate(
        "a => a.matches(':focus-visible')"
    )


def test_a_screen_reader_finds_each_feed_as_a_region_with_its_entries(chromium: Browser, port: int) -> None:
    region = opened(chromium, port, "").get_by_role("region", name="Harbour Post: Americas")
    assert region.get_by_role("heading", level=3).count() == 10
    assert region.get_by_role("img", name="The pier at dusk").count() == 10
    assert region.get_by_role("list", name="Subscribe to Harbour Post: Americas").get_by_role("link").count() == 3
