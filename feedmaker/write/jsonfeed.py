"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from feedmaker.model import Feed, FeedEntry, Image, Person
from feedmaker.write.content import content_html
from feedmaker.write.dates import rfc3339
from feedmaker.write.names import JSON, address, document_name


def json_feed(feed: Feed) -> bytes:
    """The feed as UTF-8 JSON, keys in the order of the specification, one line an item."""
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": address(feed.base_url, document_name(feed.name, JSON)) if feed.base_url else None,
        "description": feed.description,
        "favicon": feed.icon.url if feed.icon and feed.icon.width == feed.icon.height else None,
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else None,
        "_feedmaker": {"source_url": feed.source_url} if feed.source_url not in (None, feed.home_url) else None,
    }
    items = ",\n".join(_encoded(_item(shown)) for shown in feed.entries)
    return f'{_encoded(_without_none(head))[:-1]}, "items": [\n{items}\n]}}\n'.encode()


def _encoded(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _item(shown: FeedEntry) -> dict[str, Any]:
    entry = shown.entry
    lead = entry.images[0].url if entry.images else None
    value = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_html": content_html(entry),
        "summary": entry.summary,
        "image": lead,
        "banner_image": lead,
        "date_published": rfc3339(shown.published),
        "date_modified": rfc3339(shown.updated),
        "authors": [_author(person) for person in entry.authors] or None,
        "tags": list(entry.tags) or None,
        "language": entry.language,
        "_feedmaker": _extension(shown) or None,
    }
    return _without_none(value)


def _author(person: Person) -> dict[str, Any]:
    return _without_none({"name": person.name, "url": person.url})


def _extension(shown: FeedEntry) -> dict[str, Any]:
    """What the format has no word for; the specification leaves names that start with an underscore to publishers."""
    entry = shown.entry
    return _without_none(
        {
            "is_date_first_seen": True if shown.is_date_first_seen else None,
            "is_free": entry.is_free,
            "publisher": entry.publisher,
            "section": entry.section,
            "images": [_picture(image) for image in entry.images] or None,
        }
    )


def _picture(image: Image) -> dict[str, Any]:
    names = ("url", "width", "height", "type", "length", "alt", "caption", "credit")
    return _without_none({name: getattr(image, name) for name in names})


def _without_none(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item is not None}
