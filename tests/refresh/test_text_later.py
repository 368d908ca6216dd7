"""A source that comes to follow the whole text gets it for the entries that its page still lists."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from feedmaker.model import Follow, OnEdit, Result, Source
from feedmaker.refresh import Services, refresh_source
from tests.refresh.output import folder_of
from tests.town import Answer, Clock, Site, article

SourceMaker = Callable[..., Source]
TEXT = "The harbour was quiet on Monday, and the ferries lay at the quay until the wind had turned. "


def long_article(slug: str) -> Answer:
    paragraphs = "".join(f"<p>{TEXT * 3}{slug}</p>" for _ in range(4))
    return Answer(article(slug).replace("<p>Text.</p>", f"<article>{paragraphs}</article>"))


def items(services: Services) -> list[dict[str, str]]:
    return list(json.loads((folder_of(services) / "town.json").read_bytes())["items"])


@pytest.fixture
def followed(site: Site, services: Services, source_of: SourceMaker) -> Services:
    """Services whose feed was made from the articles' metadata."""
    site.lists("a", "b", etag='"1"')
    for slug in "ab":
        site.answers[f"/news/{slug}"] = long_article(slug)
    refresh_source(source_of(), services)
    assert not any(TEXT.strip() in item["content_html"] for item in items(services))
    site.taken()
    return services


@pytest.mark.parametrize("on_edit", list(OnEdit))
def test_known_entries_get_their_text_once_and_keep_their_ids(
    site: Site, followed: Services, source_of: SourceMaker, clock: Clock, on_edit: OnEdit
) -> None:
    before = [item["id"] for item in items(followed)]
    clock.forward(days=1)
    source = source_of(follow=Follow.FULL, on_edit=on_edit)
    assert refresh_source(source, followed).updated == 2
    assert [item["id"] for item in items(followed)] == before
    assert all(TEXT.strip() in item["content_html"] for item in items(followed))
    assert site.taken() == ["/news/", "/news/a", "/news/b"]
    assert refresh_source(source, followed).result is Result.UNCHANGED
    assert site.taken() == ['/news/ "1"']


def test_an_article_without_text_is_asked_for_it_once(
    site: Site, followed: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.answers["/news/a"] = Answer(article("a").replace("<p>Text.</p>", ""))
    clock.forward(days=1)
    source = source_of(follow=Follow.FULL)
    refresh_source(source, followed)
    site.taken()
    site.answers["/news/"].body += " "
    site.answers["/news/"].etag = '"2"'
    refresh_source(source, followed)
    assert site.taken() == ['/news/ "1"']


def test_a_budget_leaves_the_rest_for_the_next_refresh_and_none_is_read_twice(
    site: Site, followed: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.answers["/news/a"] = Answer(article("a").replace("<p>Text.</p>", ""))
    source = source_of(follow=Follow.FULL, max_requests=2)
    for path in ("/news/a", "/news/b"):
        clock.forward(days=1)
        refresh_source(source, followed)
        assert site.taken() == ["/news/", path]


def test_an_entry_whose_text_cannot_be_had_keeps_what_was_read(
    site: Site, followed: Services, source_of: SourceMaker, clock: Clock
) -> None:
    before = {item["id"]: item for item in items(followed)}
    site.answers["/news/a"] = Answer("broken", status=500)
    clock.forward(days=1)
    refresh_source(source_of(follow=Follow.FULL), followed)
    first, second = items(followed)
    assert before[first["id"]] == first
    assert TEXT.strip() in second["content_html"]
