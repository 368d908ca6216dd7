"""What the tests of articles share: pages put together, read to drafts and to entries."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from feedmaker.extract.article import extract_article
from feedmaker.model import Draft, Entry
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.normalize.entry import normalize_entry

URL = "https://www.mole-post.example/city/2025/02/06/harbour-bell-returns.html"
NOW = datetime(2025, 2, 8, 9, 0, tzinfo=UTC)
TEXT = "The bell had lain on the bottom of the harbour for ninety-one years before a diver's lamp found it again."


def draft_of(html: str | bytes, url: str = URL, headers: dict[str, str] | None = None) -> Draft:
    """The draft of a page."""
    return extract_article(page_of(html, url, headers))


def entry_of(html: str | bytes, url: str = URL, headers: dict[str, str] | None = None) -> Entry:
    """The entry of a page."""
    return normalize_entry(draft_of(html, url, headers), Context.of(NOW))


def page(head: str = "", body: str = "", *, title: str = "", language: str = "en") -> str:
    """A page with a head, and a body around nothing else."""
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{body}</body></html>"
    )


def story(opening: str = "", end: str = "", *, headline: str = "The harbour bell returns") -> str:
    """An article with a headline, what opens it, two long paragraphs, and what stands below."""
    return f"<main><article><h1>{headline}</h1>{opening}<p>{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p>{end}</article></main>"


def ld(*nodes: object) -> str:
    """A JSON-LD block for each node."""
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


def names(entry: Entry) -> list[str]:
    """The names of an entry's authors."""
    return [person.name for person in entry.authors]
