"""Whether what a reader finds in a feed's files is what went in: read back with feedparser and json."""

from __future__ import annotations

import json
from calendar import timegm
from datetime import datetime
from html import unescape
from typing import Any

import feedparser

from feedmaker.model import Feed, FeedEntry
from feedmaker.write.content import content_html


def differences(feed: Feed, files: dict[str, bytes]) -> list[str]:
    """What is not the same after reading back: the entry, the field and the format."""
    found = []
    for extension in ("rss", "atom"):
        read = feedparser.parse(files[f"{feed.name}.{extension}"], sanitize_html=False, resolve_relative_uris=False)
        found += ["bozo"] * bool(read["bozo"]) + ["count"] * (len(read["entries"]) != len(feed.entries))
        for shown, entry in zip(feed.entries, read["entries"], strict=False):
            found += [
                f"{extension} {name} {shown.entry.id}"
                for name in _differing(_expected(shown), _read_xml(entry, extension))
            ]
    items = json.loads(files[f"{feed.name}.json"])["items"]
    for shown, item in zip(feed.entries, items, strict=True):
        found += [f"json {name} {shown.entry.id}" for name in _differing(_expected(shown), _read_json(item))]
    return found


def _differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [name for name in one if one[name] != other[name]]


def _expected(shown: FeedEntry) -> dict[str, Any]:
    entry = shown.entry
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content": content_html(entry),
        "published": shown.published.timestamp(),
        "authors": [person.name for person in entry.authors],
        "tags": list(entry.tags),
        "picture": entry.images[0].url if entry.images else None,
    }


def _read_xml(entry: Any, extension: str) -> dict[str, Any]:
    summary = entry.get("summary")
    content = entry.content[0].value if "content" in entry else summary
    is_html = extension == "rss" or entry.get("summary_detail", {}).get("type") == "text/html"
    return {
        "id": entry.id,
        "url": entry.link,
        "title": unescape(entry.title) if entry.title_detail["type"] == "text/html" else entry.title,
        "summary": (unescape(summary) if is_html else summary) if summary != content else None,
        "content": content,
        "published": timegm(entry.published_parsed),
        "authors": [author.name for author in entry.get("authors", ())],
        "tags": [tag.term for tag in entry.get("tags", ())],
        "picture": entry.enclosures[0].href if entry.enclosures else None,
    }


def _read_json(item: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: item.get(name) for name in ("id", "url", "title", "summary")},
        "tags": item.get("tags", []),
        "content": item["content_html"],
        "published": datetime.fromisoformat(item["date_published"]).timestamp(),
        "authors": [author["name"] for author in item.get("authors", ())],
        "picture": item.get("image"),
    }
