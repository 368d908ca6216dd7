"""What a person is told whose rule for a field gives nothing in any item: which part of it, and what is nearest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from feedmaker.errors import RuleMatchesNothing
from feedmaker.extract.listing.fieldrules import Select, apply_rule, known_of, placeholders
from feedmaker.model import Draft, Field, FieldRule, Selector

_SHOWN = 100  # characters of a value in a message


class Item(NamedTuple):
    """An item as rules leave it, and how selectors are read in it."""

    draft: Draft
    select: Select


def nothing_in(
    field: Field, rule: FieldRule, items: Sequence[Item], url: str, nearest: Callable[[Selector], str], *, what: str
) -> RuleMatchesNothing:
    """The fault of a rule that gives nothing in any of the items, which are called ``what``."""
    where = f"any of the {len(items)} {what} of {url}"
    selectors = " or ".join(map(str, rule.selectors))
    selected = _first_value(field, FieldRule(rule.selectors), items)
    if rule.selectors and not selected:
        message = f"fields.{field}: {selectors} gives nothing in {where}; {nearest(rule.selectors[0])}"
    elif selected and not _first_value(field, replace(rule, template=None), items):
        message = (
            f"fields.{field}.regex: {rule.pattern} is found in nothing that {selectors} gives in {where}; there is, "
            f"for one, “{selected[:_SHOWN]}”"
        )
    else:
        lacking = _lacking(field, rule, items)
        message = f"fields.{field}.template: {rule.template} cannot be filled in {where}; {lacking}"
    return RuleMatchesNothing(message, rule=f"fields.{field}", address=url)


def _first_value(field: Field, rule: FieldRule, items: Sequence[Item]) -> str | None:
    values = chain.from_iterable(apply_rule(field, rule, item.select, {}) for item in items)
    return next(iter(values), None)


def _lacking(field: Field, rule: FieldRule, items: Sequence[Item]) -> str:
    """Which of the fields that a template names no item has."""
    names = [name for name in placeholders(rule.template) if name != field or not rule.selectors]
    had = set().union(*(known_of(item.draft) for item in items))
    lacking = [name for name in names if name not in had]
    return f"none of them has {' or '.join(lacking)}" if lacking else f"none of them has all of {', '.join(names)}"
