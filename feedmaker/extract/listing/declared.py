"""Entries that a page declares in its data rather than shows: JSON-LD lists, and the state that its scripts start from.

They come after the structure, for pages on which that finds nothing sure: of 206 real pages 19 declare a list, and 6 of
those lists lack half of what the page shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from feedmaker.extract.listing.documents import Json, parse_json
from feedmaker.extract.listing.json_values import draft_of, named, text_of
from feedmaker.extract.listing.texts import word_count
from feedmaker.model import Draft, Page

FEWEST = 3  # entries that make a list
_LISTS = frozenset(("ItemList", "CollectionPage", "Blog", "SearchResultsPage", "WebPage", "DataFeed", "OfferCatalog"))
_PARTS = ("itemListElement", "hasPart", "blogPost", "blogPosts", "mainEntity", "dataFeedElement", "@graph")
_STATE = re.compile(r"(?:window\.|self\.|var |let |const )\s*[\w.$]+(?:\[[\"'][\w.-]+[\"']\])?\s*=\s*(?=[{\[])")
_DEEPEST = 14  # levels of nesting in which a list is looked for
_LONGEST = 5_000_000  # characters of a script that is read

Entry = Mapping[str, Json]


class Declared(NamedTuple):
    """What a page declares: the entries of its list, and by which way."""

    items: tuple[Draft, ...]
    way: str


def declared_entries(page: Page) -> Declared | None:
    """The entries of the longest list that a page declares, in its order; None if it declares none."""
    linked, embedded = [], []
    for script in page.tree.iter("script"):
        kind = (script.get("type") or "").lower()
        text = script.text or ""
        if len(text) > _LONGEST:
            continue
        if "ld+json" in kind:
            linked += list(_json_ld(parse_json(text.strip().rstrip(";"))))
        elif "json" in kind:
            embedded += list(_lists(parse_json(text.strip().rstrip(";")), _DEEPEST))
        elif found := _STATE.search(text):
            embedded += list(_lists(_first_value(text, found.end()), _DEEPEST))
    for lists, way in ((linked, "json-ld"), (embedded, "embedded json")):
        longest = max(lists, key=len, default=())
        if len(longest) >= FEWEST:
            return Declared(tuple(draft_of(entry, text_of(named(entry, "url")) or "") for entry in longest), way)
    return None


def _first_value(text: str, start: int) -> Json:
    """The JSON value that a script assigns, whatever follows it."""
    try:
        value: Json = json.JSONDecoder().raw_decode(text, start)[0]
    except (ValueError, RecursionError):  # ValueError also for a number of thousands of digits
        return None
    return value


def _json_ld(value: Json) -> Iterator[Sequence[Entry]]:
    """The parts of every list of a JSON-LD document (schema.org/ItemList and its like), each as one flat object."""
    for node in _objects(value, _DEEPEST):
        kinds = node.get("@type")
        if _LISTS.isdisjoint(kinds if isinstance(kinds, list) else [kinds]):
            continue
        for name in _PARTS:
            parts = node.get(name)
            entries = [_flat(part) for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []
            yield [entry for entry in entries if text_of(named(entry, "url")) and text_of(named(entry, "title"))]


def _objects(value: Json, depth: int) -> Iterator[dict[str, Json]]:
    if depth == 0:
        return
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(inner, depth - 1)


def _flat(part: dict[str, Json]) -> Entry:
    """A ListItem together with the item it holds (schema.org/ListItem)."""
    item = part.get("item")
    return {**part, **item} if isinstance(item, dict) else {**part, "url": part.get("url") or item}


def _lists(value: Json, depth: int) -> Iterator[Sequence[Entry]]:
    """Every list of objects with an address and a title that is none of a menu."""
    if depth == 0:
        return
    if isinstance(value, list):
        yield [entry for entry in value if isinstance(entry, dict) and _is_story(entry)]
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _lists(inner, depth - 1)


def _is_story(entry: Entry) -> bool:
    title = text_of(named(entry, "title"))
    return bool(title and text_of(named(entry, "url")) and (word_count(title) >= 4 or named(entry, "published")))
