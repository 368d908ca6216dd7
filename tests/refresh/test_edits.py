"""What becomes of articles that change after they were read."""

from __future__ import annotations

import pytest

from tests.refresh.town import CARDS, Town
from tests.town import Answer, Clock, Site, article


def edit(site: Site, slug: str, title: str, *, on_the_list: bool = True) -> None:
    """Give a story another headline, in its article and on the listing page."""
    site.answers[f"/news/{slug}"] = Answer(article(slug, title=title))
    if on_the_list:
        page = site.answers["/news/"]
        page.body = page.body.replace(f"Headline of the story {slug}", title)


def test_an_article_is_read_again_when_the_list_shows_it_changed(site: Site, town: Town, clock: Clock) -> None:
    site.lists("a", "b")
    town.refresh()
    before = town.items
    site.taken()
    clock.forward(hours=1)
    edit(site, "a", "Corrected headline")
    outcome = town.refresh()
    assert site.taken() == ["/news/", "/news/a"]
    assert (outcome.updated, outcome.added) == (1, 0)
    (after,) = (item for item in town.items if item["title"] == "Corrected headline")
    assert (after["id"], after["date_modified"]) == (before[0]["id"], "2026-11-24T13:00:00Z")
    town.refresh()
    assert site.taken() == ["/news/"]


def test_many_changes_at_once_are_read_a_few_a_refresh_until_all_are(site: Site, town: Town, clock: Clock) -> None:
    site.lists(*"abcde", etag='"1"')
    town.refresh()
    site.answers["/news/"].etag = '"2"'
    for slug in "abcde":
        edit(site, slug, f"Corrected {slug}")
    site.taken()
    assert [town.refresh().updated for _ in range(3)] == [3, 2, 0]
    assert site.taken()[-1] == '/news/ "2"'
    assert len([title for title in town.titles if title.startswith("Corrected")]) == 5


def test_a_young_article_is_read_again_whenever_the_page_has_changed(site: Site, town: Town, clock: Clock) -> None:
    site.answers["/news/a"] = Answer(article("a", published="2026-11-24T11:00:00Z"))
    site.lists("a", "b")
    town.refresh()
    edit(site, "a", "Corrected quietly", on_the_list=False)
    site.taken()
    clock.forward(hours=1)
    town.refresh()
    assert site.taken() == ["/news/"]
    site.lists("c", "a", "b")
    town.refresh()
    assert site.taken() == ["/news/", "/news/c", "/news/a"]
    assert "Corrected quietly" in town.titles
    clock.forward(hours=5)
    site.lists("d", "c", "a", "b")
    town.refresh()
    assert site.taken() == ["/news/", "/news/d"]


def test_what_was_read_stays_when_the_article_cannot_be_read_again(site: Site, town: Town, clock: Clock) -> None:
    site.lists("a", "b")
    town.refresh()
    before = town.items
    edit(site, "a", "Corrected headline")
    site.answers["/news/a"] = Answer("gone", status=404)
    site.taken()
    for _ in range(4):
        clock.forward(hours=1)
        town.refresh()
    assert site.taken().count("/news/a") == 3
    assert town.items == before


@pytest.mark.parametrize("follow", ["none", "metadata"])
def test_edits_can_be_ignored(site: Site, town: Town, clock: Clock, follow: str) -> None:
    options = f"{CARDS}follow: {follow}\non_edit: ignore"
    site.lists("a")
    town.refresh(options)
    before = town.items
    site.taken()
    clock.forward(hours=1)
    edit(site, "a", "Corrected headline")
    assert town.refresh(options).updated == 0
    assert site.taken() == ["/news/"]
    assert town.items == before


def test_an_article_that_is_read_late_is_no_edit(site: Site, town: Town) -> None:
    site.lists("a")
    page, site.answers["/news/a"] = site.answers["/news/a"], Answer("busy", status=404)
    town.refresh(f"{CARDS}on_edit: new")
    (before,) = town.items
    site.answers["/news/a"] = page
    town.refresh(f"{CARDS}on_edit: new")
    (after,) = town.items
    assert after["id"] == before["id"]
    assert after["date_published"] == "2026-11-20T08:00:00Z"


@pytest.mark.parametrize("follow", ["none", "metadata"])
def test_edits_can_come_as_new_entries_in_place_of_the_old(site: Site, town: Town, clock: Clock, follow: str) -> None:
    options = f"{CARDS}follow: {follow}\non_edit: new"
    site.lists("a")
    town.refresh(options)
    ids = [town.items[0]["id"]]
    for title in ("Corrected headline", "Corrected again"):
        clock.forward(hours=1)
        edit(site, "a", title)
        site.lists("a")
        page = site.answers["/news/"]
        page.body = page.body.replace("Headline of the story a", title)
        town.refresh(options)
        assert town.titles == [title]
        ids.append(town.items[0]["id"])
    assert ids == [ids[0], f"{ids[0]}#edit-1", f"{ids[0]}#edit-2"]
    assert town.refresh(f"{CARDS}follow: {follow}").entries == 1
    assert town.items[0]["id"] == ids[-1]
