"""A person's rules for the fields of an item: selectors in their order, constants, patterns and templates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

import regex
from lxml.html import HtmlElement

from feedmaker.errors import ListingError
from feedmaker.extract.listing.pictures import address_in, address_of, has_background
from feedmaker.extract.listing.texts import text_of
from feedmaker.model import Candidate, Draft, Field, FieldRule, RawImage, RawPerson, Selector
from feedmaker.normalize.srcset import widest

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_SECONDS = 0.5  # for a pattern on one value: a good one takes microseconds

Values = list[str]
Select = Callable[[Selector], Values]


def apply_rule(field: Field, rule: FieldRule, select: Select, known: Mapping[str, str]) -> Values:
    """The values that a rule gives for one item; none if nothing is selected or the pattern is not found.

    ``known`` are the values of other fields by name, for a template. Raises ListingError for a pattern that takes too
    long.
    """
    if rule.constant is not None:
        values = [rule.constant]
    else:
        values = next((found for selector in rule.selectors if (found := select(selector))), [])
    if rule.pattern:
        values = [part for value in values if (part := _matched(field, rule.pattern, value))]
    if rule.template:
        # A template alone may speak of the field's own value; where selectors find nothing there is none.
        own = "" if rule.selectors else known.get(field, "")
        values = [filled for value in values or [own] if (filled := _filled(rule.template, {**known, field: value}))]
    return values


@lru_cache(1024)
def compile_pattern(pattern: str) -> regex.Pattern[str]:
    """A person's regular expression; the ``regex`` library can be stopped, which ``re`` cannot."""
    return regex.compile(pattern)


def search(pattern: str, text: str, *, rule: str) -> regex.Match[str] | None:
    """Where a person's expression is found in a text; raises ListingError, naming the rule, when it takes too long."""
    try:
        return compile_pattern(pattern).search(text, timeout=_SECONDS)
    except TimeoutError as error:
        raise ListingError(
            f"{rule}: {pattern!r} took longer than {_SECONDS} s on {text[:60]!r}; "
            "write it without nested repetitions such as (a+)+"
        ) from error


def _matched(field: Field, pattern: str, value: str) -> str | None:
    found = search(pattern, value, rule=f"fields.{field}.regex")
    if not found:
        return None
    group: str | None = found[1] if found.re.groups else found[0]
    return group


def _filled(template: str, values: Mapping[str, str]) -> str | None:
    """The template with its placeholders filled in; None if one of them has no value."""
    missing = False

    def value_of(placeholder: re.Match[str]) -> str:
        nonlocal missing
        value = values.get(placeholder[1], "")
        missing = missing or not value
        return value

    filled = _PLACEHOLDER.sub(value_of, template)
    return None if missing else filled


def select_in(item: HtmlElement, field: Field) -> Select:
    """What reads a selector's values in an item: an attribute, what is usual for the field, or the text."""

    def select(selector: Selector) -> Values:
        from feedmaker.settings.selectors import compile_selector  # pydantic comes with it

        result: object = compile_selector(selector)(item)
        found: list[object] = result if isinstance(result, list) else [result]
        values = (_value(each, selector.attribute, field) for each in found)
        return [value.strip() for value in values if value and value.strip()]

    return select


def _value(found: object, attribute: str | None, field: Field) -> str | None:
    if isinstance(found, float) and found.is_integer():
        return str(int(found))  # as XPath's string() writes it (XPath 1.0, section 4.2)
    if not isinstance(found, HtmlElement):
        return str(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else None
    if attribute:
        value = str(found.get(attribute, ""))
        return _picture_in(found, attribute, value) if field is Field.IMAGE else value
    return next(filter(None, _usual(found, field)), None) or text_of(found)


def _picture_in(element: HtmlElement, attribute: str, value: str) -> str | None:
    """The address of a picture in an attribute: of a set the widest, in a style that of the background."""
    if "srcset" in attribute:
        best = widest(value)
        return best.url if best else None
    return address_in(element) if attribute == "style" else value


def _usual(element: HtmlElement, field: Field) -> Iterator[str | None]:
    """What an element holds for a field besides its text."""
    if field is Field.URL:
        links = (*element.iter("a"), *element.iterancestors("a"))
        yield from (link.get("href") for link in links)
    elif field is Field.IMAGE:
        yield from (address_of(picture) for picture in element.iter("img"))
        yield from (address_in(each) for each in element.iter("*") if has_background(each))
    elif field is Field.PUBLISHED:
        yield element.get("datetime")


def in_order(rules: Mapping[Field, FieldRule]) -> dict[Field, FieldRule]:
    """Rules in the order in which they can be applied: each template behind the rules for the fields that it names.

    Templates that name each other stay as they are given.
    """
    needs = {field: [name for name in rules if name in placeholders(rule.template)] for field, rule in rules.items()}
    try:
        order = TopologicalSorter({field: {*names} - {field} for field, names in needs.items()}).static_order()
        return {field: rules[field] for field in order}
    except CycleError:
        return dict(rules)


def placeholders(template: str | None) -> list[str]:
    """The names that a template has in braces."""
    return _PLACEHOLDER.findall(template or "")


def with_values(
    draft: Draft, rules: Mapping[Field, FieldRule], select_for: Callable[[Field], Select]
) -> tuple[Draft, set[Field]]:
    """The draft with the fields that rules speak of as they say, and which of them found something in the item.

    ``select_for`` tells how selectors are read for a field; the rules are ``in_order``.
    """
    known = known_of(draft)
    found: set[Field] = set()
    for field, rule in rules.items():
        values = apply_rule(field, rule, select_for(field), known)
        if values:
            found.add(field)
        draft = _with(draft, field, values)
        known = known_of(draft) if values else {name: each for name, each in known.items() if name != field}
    return draft, found


def known_of(draft: Draft) -> dict[str, str]:
    """What a template can name of an item: the first text of each field that it has."""
    runs = {Field.TITLE: draft.titles, Field.SUMMARY: draft.summaries, Field.PUBLISHED: draft.published}
    known = {str(field): str(run[0].value) for field, run in runs.items() if run}
    if draft.images:
        known[Field.IMAGE] = draft.images[0].value.url
    if draft.authors:
        known[Field.AUTHORS] = ", ".join(person.name for person in draft.authors[0].value)
    if draft.tags:
        known[Field.TAGS] = ", ".join(draft.tags[0].value)
    return {**known, Field.URL: draft.url}


def _with(draft: Draft, field: Field, values: Values) -> Draft:
    where = f"rule fields.{field}"
    each = tuple(Candidate(value, where) for value in values)
    match field:
        case Field.URL:
            return replace(draft, url=values[0] if values else "")
        case Field.TITLE:
            return replace(draft, titles=each)
        case Field.SUMMARY:
            return replace(draft, summaries=each)
        case Field.PUBLISHED:
            return replace(draft, published=tuple(Candidate(value, where) for value in values))
        case Field.IMAGE:
            return replace(draft, images=tuple(Candidate(RawImage(value), where) for value in values))
        case Field.AUTHORS:
            people = tuple(RawPerson(value) for value in values)
            return replace(draft, authors=(Candidate(people, where),) if people else ())
        case Field.TAGS:
            return replace(draft, tags=(Candidate(tuple(values), where),) if values else ())
