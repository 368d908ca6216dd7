"""An address that answers with JSON: a person's own paths into it, or the list of objects that looks like entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from feedmaker.errors import RuleMatchesNothing
from feedmaker.extract.listing.documents import Json, json_of
from feedmaker.extract.listing.json_values import draft_of, each, named, text_of
from feedmaker.model import (
    Candidate,
    Draft,
    Field,
    FieldRule,
    How,
    ListingDraft,
    ListingRules,
    Page,
    RawImage,
    RawPerson,
    Selector,
)

DEEPEST = 12  # levels of nesting in which a list is looked for
FEWEST = 2  # objects with an address and a title that make a list
NO_LIST = "JSON without a list of objects that have an address and a title; say where it is: items: json:$.path.to.list"


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
        objects = max(_lists(document, DEEPEST), key=len, default=())
        how = How("json", 0.9) if objects else How("json", 0.0, NO_LIST)
    items = (_item(entry, rules.fields) for entry in objects)
    return ListingDraft(page.url, how, items=tuple(item for item in items if item.url))


def _selected(document: Json, items: Selector, page: Page) -> Sequence[Mapping[str, Json]]:
    found = _find(document, items)
    if len(found) == 1 and isinstance(found[0], list):
        found = found[0]
    objects = [entry for entry in found if isinstance(entry, dict)]
    if not objects:
        top = ", ".join(document) if isinstance(document, dict) else "a list"
        raise RuleMatchesNothing(
            f"items: {items} selects no objects in the JSON of {page.url}, which holds at its top: {top}. "
            "Expected a path such as json:$.data.articles",
            rule="items",
            address=page.url,
        )
    return objects


def _find(value: Json, selector: Selector) -> list[Json]:
    """What a selector finds: a JSONPath (RFC 9535), or the name of a key where it is written without a prefix."""
    import jsonpath

    path = selector.expression if selector.is_json else f"$.{selector.expression}"
    try:
        return cast("list[Json]", jsonpath.findall(path, value))
    except jsonpath.JSONPathError:
        return []


def _lists(value: Json, depth: int) -> Iterator[Sequence[Mapping[str, Json]]]:
    """Every list whose objects have an address and a title."""
    if depth == 0 or not isinstance(value, dict | list):
        return
    if isinstance(value, list):
        objects = [entry for entry in value if isinstance(entry, dict) and _is_entry(entry)]
        if len(objects) >= FEWEST:
            yield objects
    for inner in value.values() if isinstance(value, dict) else value:
        yield from _lists(inner, depth - 1)


def _is_entry(entry: Mapping[str, Json]) -> bool:
    return text_of(named(entry, "url")) is not None and text_of(named(entry, "title")) is not None


def _item(entry: Mapping[str, Json], fields: Mapping[Field, FieldRule]) -> Draft:
    """An object as a draft; what a person's rules give stands before what its keys suggest."""
    ruled = {field: tuple(_ruled(entry, rule)) for field, rule in fields.items()}
    url = next((candidate.value for candidate in ruled.get(Field.URL, ())), text_of(named(entry, "url")) or "")
    draft = draft_of(entry, url)
    people = tuple(RawPerson(candidate.value) for candidate in ruled.get(Field.AUTHORS, ()))
    words = tuple(candidate.value for candidate in ruled.get(Field.TAGS, ()))
    pictures = tuple(Candidate(RawImage(each.value), each.where) for each in ruled.get(Field.IMAGE, ()))
    return replace(
        draft,
        titles=ruled.get(Field.TITLE, ()) + draft.titles,
        summaries=ruled.get(Field.SUMMARY, ()) + draft.summaries,
        published=ruled.get(Field.PUBLISHED, ()) + draft.published,
        images=pictures + draft.images,
        authors=((Candidate(people, "rule authors"),) if people else ()) + draft.authors,
        tags=((Candidate(words, "rule tags"),) if words else ()) + draft.tags,
    )


def _ruled(entry: Mapping[str, Json], rule: FieldRule) -> Iterator[Candidate[str]]:
    if rule.constant is not None:
        yield Candidate(rule.constant, "rule constant")
    for selector in rule.selectors:
        for value in _find(dict(entry), selector):
            for part in each(value):
                text = str(part) if isinstance(part, int | float) else text_of(part)
                if text:
                    yield Candidate(text, f"rule {selector}")
