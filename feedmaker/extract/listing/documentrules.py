"""A person's rules for the entries of a document that is not a page: a pattern of addresses, and single fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from feedmaker import tree
from feedmaker.errors import RuleMatchesNothing
from feedmaker.extract.listing.fieldrules import Select, search, select_in, with_values
from feedmaker.model import Draft, Field, ListingRules, Page
from feedmaker.normalize import urls

_SECONDS = 0.5  # for a pattern on one address: a good one takes microseconds
_SHOWN = 300  # characters of addresses in a message

SelectFor = Callable[[Field], Select]


@dataclass(frozen=True, slots=True)
class Record:
    """An entry of a document as a draft, and how a selector is read in it; ``holds`` names what it has."""

    draft: Draft
    select_for: SelectFor
    holds: str = ""


def ruled_items(records: Sequence[Record], rules: ListingRules, page: Page) -> tuple[Draft, ...]:
    """The entries that rules leave, with the fields that rules speak of.

    Raises RuleMatchesNothing for a pattern that no address has and a field that no entry gives, ListingError for a
    pattern that takes too long.
    """
    seen: set[Field] = set()
    drafts = []
    for record in records:
        draft, found = with_values(record.draft, rules.fields, record.select_for)
        seen |= found
        if draft.url:
            drafts.append(draft)
    for field, rule in rules.fields.items():
        if records and field not in seen and rule.selectors:
            selectors = " or ".join(map(str, rule.selectors))
            raise RuleMatchesNothing(
                f"fields.{field}: {selectors} gives nothing in any of the {len(records)} entries of {page.url}"
                + (f"; the first holds {records[0].holds}" if records[0].holds else ""),
                rule=f"fields.{field}",
                address=page.url,
            )
    return matching_drafts(drafts, rules.link_pattern, page)


def matching_drafts(drafts: Sequence[Draft], pattern: str | None, page: Page) -> tuple[Draft, ...]:
    """The entries whose absolute addresses the pattern is found in."""
    if not pattern or not drafts:
        return tuple(drafts)
    found = tuple(
        draft
        for draft in drafts
        if search(pattern, urls.absolute(draft.url, page.url) or draft.url, rule="link_pattern")
    )
    if not found:
        others = ", ".join(draft.url for draft in drafts)[:_SHOWN]
        raise RuleMatchesNothing(
            f"link_pattern: {pattern} is found in none of the {len(drafts)} addresses of {page.url}; "
            f"there are: {others}",
            rule="link_pattern",
            address=page.url,
        )
    return found


def html_select(draft: Draft) -> SelectFor:
    """How CSS and XPath are read in the HTML that an entry of a feed holds: its content, then its summary."""

    def select_for(field: Field) -> Select:
        return select_in(_html_of(draft), field)

    return select_for


def _html_of(draft: Draft) -> HtmlElement:
    content = "".join(f"<div>{candidate.value}</div>" for candidate in (*draft.contents, *draft.summaries))
    return tree.parse(content.encode("utf-8", "replace"), "utf-8")


def nothing_select(_field: Field) -> Select:
    """A document without anything that a selector could find, such as a sitemap."""
    return lambda _selector: []
