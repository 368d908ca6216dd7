"""The interface of WordPress (REST API Handbook, "Posts")."""

from __future__ import annotations

from datetime import UTC, datetime

from feedmaker.model import Person
from feedmaker.normalize.context import Context
from feedmaker.normalize.listing import normalize_listing
from tests.extract.listing.interfaces import DAY, drafts

POST = {
    "id": 7,
    "date": "2025-02-06T18:52:00",
    "date_gmt": "2025-02-06T17:52:00",
    "guid": {"rendered": "https://www.mole-post.example/?p=7"},
    "link": "https://www.mole-post.example/bell/",
    "title": {"rendered": "Bells &#038; divers"},
    "excerpt": {"rendered": "<p>It is back.</p>", "protected": False},
    "content": {"rendered": "<p>The whole story.</p>", "protected": False},
    "author": 3,
    "featured_media": 9,
    "categories": [4],
    "tags": [5],
    "_embedded": {
        "author": [
            {
                "id": 3,
                "name": "Ida Brandt",
                "url": "https://ida.example/",
                "link": "https://www.mole-post.example/by/ida",
            }
        ],
        "wp:featuredmedia": [
            {
                "link": "https://www.mole-post.example/bell/photo/",
                "title": {"rendered": "photo"},
                "alt_text": "A bell",
                "source_url": "https://www.mole-post.example/bell.jpg",
                "media_details": {"width": 1200, "height": 800, "file": "bell.jpg"},
            }
        ],
        "wp:term": [
            [{"name": "City", "link": "/city", "taxonomy": "category"}],
            [
                {"name": "Bells", "link": "/t/bells", "taxonomy": "post_tag"},
                {"name": "Divers", "taxonomy": "post_tag"},
            ],
        ],
    },
}


def test_a_post_of_wordpress_is_read_with_what_it_embeds() -> None:
    link = '<https://www.mole-post.example/?page=1>; rel="prev", <https://www.mole-post.example/?page=3>; rel="next"'
    draft = drafts([POST, {**POST, "link": "/2", "_embedded": None}], {"Link": link})
    listing = normalize_listing(draft, Context(datetime(2025, 2, 8, tzinfo=UTC)))
    assert listing.next_url == "https://www.mole-post.example/?page=3"
    first, second = listing.items
    assert (first.url, first.title, first.summary) == (
        "https://www.mole-post.example/bell/",
        "Bells & divers",
        "It is back.",
    )
    assert (first.published, first.tags) == (DAY, ("Bells", "Divers"))
    assert first.authors == (Person("Ida Brandt", "https://www.mole-post.example/by/ida"),)
    assert first.image
    assert (first.image.url, first.image.width, first.image.alt) == (
        "https://www.mole-post.example/bell.jpg",
        1200,
        "A bell",
    )
    assert draft.items[0].contents[0].value == "<p>The whole story.</p>"
    assert (second.authors, second.image, second.tags) == ((), None, ())
