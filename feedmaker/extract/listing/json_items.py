"""An address that answers with JSON: a person's own paths into it, or the list of objects that looks like entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING, cast

from feedmaker.errors import RuleMatchesNothing
from feedmaker.extract.listing.documentrules import Record, ruled_items
from feedmaker.extract.listing.documents import Json, json_of
from feedmaker.extract.listing.fieldrules import Select, Values
from feedmaker.extract.listing.json_values import draft_of, each, name_of, named, text_of
from feedmaker.model import Candidate, Field, How, ListingDraft, ListingRules, Page, Selector

if TYPE_CHECKING:
    from jsonpath import CompoundJSONPath, JSONPath

DEEPEST = 12  # levels of nesting in which a list is looked for
TELLING = ("published", "summary", "content", "image", "authors")  # what entries have and menus have not
FEWEST = 2  # objects with an address and a title that make a list
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)  # a member's name that needs no quotes (RFC 9535, section 2.5.1.1)
_SHOWN = 100  # characters of the names of members in a message
_NEXT = re.compile(r"<([^<>]*)>\s*;[^<]*\brel\s*=\s*\"?(?:[\w ]+ )?next\b", re.IGNORECASE)
_NO_LIST = "JSON without a list of objects that have an address and a title"
_GOES_ON = ("next", "nexturl", "nextpage", "nextpageurl", "nextlink", "nexthref")  # where an interface goes on
_AROUND = ("links", "paging", "pagination", "meta", "page", "pageinfo")  # objects that hold it


def read_json(page: Page, rules: ListingRules) -> ListingDraft | None:
    """The entries of a JSON document as items; None for a page that is no JSON.

    Raises RuleMatchesNothing when ``items`` selects nothing.
    """
    document = json_of(page)
    if document is None:
        return None
    if rules.items:
        how, objects = How("rules", 1.0), _selected(document, rules.items, page)
    else:
        objects = max(_lists(document, DEEPEST), key=_worth, default=())
        how = How("json", 0.9) if objects else How("json", 0.0, _no_list(document))
    records = [
        Record(draft_of(entry, text_of(named(entry, "url")) or ""), _select_for(entry), partial(_holds, objects[0]))
        for entry in objects
    ]
    items = ruled_items(records, rules, page)
    if rules.items and not items:
        raise RuleMatchesNothing(
            f"items: {rules.items} selects {len(records)} objects in the JSON of {page.url} without an address; say "
            f"where it is with fields.url; {_holds(objects[0])}{_better(document, objects)}",
            rule="items",
            address=page.url,
        )
    return ListingDraft(page.url, how, items=items, nexts=(*_nexts(page), *_nexts_in(document)))


def _holds(entry: Mapping[str, Json], _selector: Selector | None = None) -> str:
    return f"the first holds {', '.join(entry)}"


def _better(document: Json, objects: Sequence[Mapping[str, Json]]) -> str:
    """The longest list of objects, for a person whose path leads to fewer."""
    path, longest = _longest(document)
    return f"; nearest: {_described(path, longest)}" if len(longest) > len(objects) else ""


def _no_list(document: Json) -> str:
    """Why JSON gives no entries, with what it says of itself, and what to do."""
    said = document.get("message") or document.get("error") if isinstance(document, dict) else None
    says = f", which says “{said[:_SHOWN]}”" if isinstance(said, str) else ""
    return f"{_NO_LIST}{says}; say where it is: items: {_nearest(document) or 'json:$.path.to.list'}"


def _nexts(page: Page) -> tuple[Candidate[str], ...]:
    """Where the interface goes on, by its Link header (RFC 8288), as WordPress and many others have it."""
    found = _NEXT.search(page.headers.get("link", ""))
    return (Candidate(found[1], "header link rel=next"),) if found else ()


def _nexts_in(document: Json) -> Iterator[Candidate[str]]:
    """Where the interface goes on, by a member at its top or in an object for that: ``links.next`` of JSON:API."""
    if not isinstance(document, dict):
        return
    around = [value for key, value in document.items() if key.lower().strip("_") in _AROUND]
    for place in (document, *around):
        for key, value in place.items() if isinstance(place, dict) else ():
            address = text_of(value) if key.lower().replace("_", "").replace("-", "") in _GOES_ON else None
            if address and address.startswith(("http", "/", "?")):
                yield Candidate(address, f"json {key}")


def _selected(document: Json, items: Selector, page: Page) -> Sequence[Mapping[str, Json]]:
    found = _find(document, items)
    is_list = len(found) == 1 and isinstance(found[0], list)
    found = list(each(found[0])) if is_list else found
    objects = [entry for entry in found if isinstance(entry, dict)]
    if found == [] and is_list:
        message = f"items: {items} selects a list in the JSON of {page.url} that is empty; it may have entries later"
        raise RuleMatchesNothing(message, rule="items", address=page.url)
    if not objects:
        top = ", ".join(document) if isinstance(document, dict) else "a list"
        raise RuleMatchesNothing(
            f"items: {items} selects no objects in the JSON of {page.url}, which holds at its top: {top}; "
            f"nearest: {_nearest(document) or 'no list of objects at all'}",
            rule="items",
            address=page.url,
        )
    return objects


def _nearest(document: Json) -> str | None:
    """The path of the longest list of objects and what they hold, in words; None if there is no list."""
    path, objects = _longest(document)
    return _described(path, objects) if objects else None


def _longest(document: Json) -> tuple[str, list[dict[str, Json]]]:
    return max(_object_lists(document, "$", DEEPEST), key=lambda pair: len(pair[1]), default=("", []))


def _described(path: str, objects: Sequence[Mapping[str, Json]]) -> str:
    count = f"{len(objects)} object{'s' * (len(objects) != 1)}"
    return f"json:{path} ({count} with {', '.join(objects[0])[:_SHOWN]})"


def _object_lists(value: Json, path: str, depth: int) -> Iterator[tuple[str, list[dict[str, Json]]]]:
    if depth == 0:
        return
    if isinstance(value, list):
        yield path, [entry for entry in value if isinstance(entry, dict)]
        steps = [(f"{path}[{index}]", inner) for index, inner in enumerate(value[:FEWEST])]
    else:
        members = value.items() if isinstance(value, dict) else ()
        steps = [(f"{path}.{name}" if _NAME.fullmatch(name) else f"{path}[{name!r}]", inner) for name, inner in members]
    for inner_path, inner in steps:
        yield from _object_lists(inner, inner_path, depth - 1)


def _find(value: Json, selector: Selector) -> list[Json]:
    """What a selector finds: a JSONPath (RFC 9535), or the name of a key where it is written without a prefix."""
    import jsonpath

    expression = selector.expression or selector.attribute or ""
    try:
        path = _compiled(expression if selector.is_json else f"$.{expression}")
        return cast("list[Json]", path.findall(cast("dict[str, Json]", value)))
    except (jsonpath.JSONPathError, RecursionError):
        return []


@lru_cache(256)
def _compiled(path: str) -> JSONPath | CompoundJSONPath:
    import jsonpath

    return jsonpath.compile(path)


def _lists(value: Json, depth: int) -> Iterator[Sequence[Mapping[str, Json]]]:
    """Every list, or object by keys of its own, whose objects have an address and a title."""
    if depth == 0 or not isinstance(value, dict | list):
        return
    members = list(value.values()) if isinstance(value, dict) else value
    objects = [entry for member in members if isinstance(member, dict) and (entry := _entry_in(member))]
    if len(objects) >= FEWEST:
        yield objects
    for inner in members:
        yield from _lists(inner, depth - 1)


def _entry_in(value: dict[str, Json]) -> Mapping[str, Json] | None:
    """The entry that an object is, or that it wraps, as the edges of GraphQL's connections wrap nodes."""
    if _is_entry(value):
        return value
    inner = [member for member in value.values() if isinstance(member, dict)]
    return inner[0] if len(inner) == 1 and _is_entry(inner[0]) else None


def _is_entry(entry: Mapping[str, Json]) -> bool:
    return text_of(named(entry, "url")) is not None and text_of(named(entry, "title")) is not None


def _worth(objects: Sequence[Mapping[str, Json]]) -> int:
    """How much a list says of entries: menus and tags have addresses and titles too, but hardly anything else."""
    return sum(1 + 3 * sum(named(entry, name) is not None for name in TELLING) for entry in objects)


def _select_for(entry: Mapping[str, Json]) -> Callable[[Field], Select]:
    def select_for(field: Field) -> Select:
        said = text_of if field in (Field.URL, Field.IMAGE) else name_of

        def select(selector: Selector) -> Values:
            parts = (part for value in _find(dict(entry), selector) for part in each(value))
            texts = (_written(part) or said(part) or text_of(part) for part in parts)
            return [text for text in texts if text]

        return select

    return select_for


def _written(value: Json) -> str | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else None
