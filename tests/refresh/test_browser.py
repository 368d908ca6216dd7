"""A section whose list only a browser shows, from its scripts to the feed."""

from __future__ import annotations

import json
import shutil

import pytest

from feedmaker.fetch import chromium
from feedmaker.model import Rendering, Result
from feedmaker.refresh import Services, refresh_source
from tests.refresh.output import folder_of
from tests.refresh.test_standing import SourceMaker
from tests.town import Answer, Site

pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.skipif(not any(map(shutil.which, chromium.NAMES)), reason="this machine has no Chromium")


def by_script(page: Answer) -> Answer:
    """A page that has nothing on it before its script has run."""
    body = page.body.partition("<body>")[2].partition("</body>")[0]
    script = f"document.body.innerHTML = {json.dumps(body)}"
    return Answer(f"<html lang=en><title>Town news</title><body><script>{script}</script></body></html>", etag='"1"')


def test_a_list_that_scripts_make_is_read_and_articles_need_no_browser(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a", "b")
    site.answers["/news/"] = by_script(site.answers["/news/"])
    assert refresh_source(source_of(), services).result is Result.FAILED
    source = source_of(browser=Rendering(wait_for=".card"))
    outcome = refresh_source(source, services)
    assert (outcome.result, outcome.entries, outcome.standing.not_before) == (Result.CHANGED, 2, None)
    assert refresh_source(source, services).result is Result.UNCHANGED


def test_articles_that_scripts_make_are_read_where_the_settings_say_so(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    head = '<meta property="article:published_time" content="2026-11-20T08:00:00Z">'
    site.answers["/news/a"] = Answer(
        f"<html><head></head><body><script>document.head.innerHTML = {json.dumps(head)}</script></body></html>"
    )

    def dated(rendering: Rendering) -> str:
        refresh_source(source_of(name=f"town{rendering.articles}".lower(), browser=rendering), services)
        feed = folder_of(services) / f"town{rendering.articles}.json".lower()
        return str(json.loads(feed.read_bytes())["items"][0]["date_published"])

    assert dated(Rendering()) == "2026-11-24T12:00:00Z"
    assert dated(Rendering(articles=True)) == "2026-11-20T08:00:00Z"
