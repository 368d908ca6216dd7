"""JSON Feed (https://www.jsonfeed.org/version/1.1/), with all that its entries carry."""

from __future__ import annotations

import json

import pytest

from feedmaker.model import Field, Image, Person
from feedmaker.normalize.listing import normalize_listing
from feedmaker.settings.selectors import split_selector
from tests.extract.listing.feeds import DAY, NOW, drafts, listed, rule

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Mole Post",
    "language": "en",
    "next_url": "/feed?page=2",
    "items": [
        {
            "id": "1",
            "url": "/bell",
            "title": "The bell returns",
            "summary": "It is back.",
            "content_html": "<p>Long.</p>",
            "date_published": "2025-02-06T17:52:00Z",
            "date_modified": "2025-02-07T08:00:00Z",
            "image": "/bell.jpg",
            "authors": [{"name": "Ida Brandt", "url": "https://www.mole-post.example/ida"}, {"url": "/x"}, "y"],
            "tags": ["Bells", 3],
        },
        {"id": "https://www.mole-post.example/2", "content_text": "A < B", "author": {"name": "Jo Lind"}},
        {
            "external_url": "https://elsewhere.example/3",
            "attachments": [{"url": "/a.png", "mime_type": "image/png"}],
        },
        {"id": "4"},
        "5",
    ],
}


def test_json_feed_is_read_whole() -> None:
    draft = drafts(json.dumps(FEED))
    listing = normalize_listing(draft, NOW)
    assert (listing.title, listing.language, listing.how.extractor) == ("Mole Post", "en", "JSON Feed")
    assert listing.next_url == "https://www.mole-post.example/feed?page=2"
    first, second, third = listing.items
    assert (first.title, first.summary, first.published, first.tags) == (
        "The bell returns",
        "It is back.",
        DAY,
        ("Bells",),
    )
    assert first.authors == (Person("Ida Brandt", "https://www.mole-post.example/ida"),)
    assert (first.image and first.image.url) == "https://www.mole-post.example/bell.jpg"
    assert (second.url, second.authors) == ("https://www.mole-post.example/2", (Person("Jo Lind"),))
    assert draft.items[1].contents[0].value == "<p>A &lt; B</p>"
    assert third.image == Image("https://www.mole-post.example/a.png", type="image/png")


@pytest.mark.parametrize("items", [None, 3, {}, []])
def test_a_json_feed_without_entries_says_so(items: object) -> None:
    how = drafts(json.dumps({"version": "https://jsonfeed.org/version/1", "items": items})).how
    assert (how.confidence, how.note) == (0.0, "a JSON Feed without entries")


def test_a_json_feed_is_read_by_paths_where_a_person_gives_some() -> None:
    entries = [{"id": str(n), "url": f"/{n}", "title": f"Title {n}", "_by": "Ida Brandt"} for n in range(2)]
    document = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Mole", "items": entries})
    by_paths = {Field.AUTHORS: rule("json:$._by")}
    assert listed(document, fields=by_paths).items[1].authors == (Person("Ida Brandt"),)
    assert [each.url for each in listed(document, items=split_selector("json:$.items[:1]")).items] == [
        "https://www.mole-post.example/0"
    ]
