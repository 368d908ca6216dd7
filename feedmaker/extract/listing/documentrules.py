"""A person's rules for the entries of a document that is not a page: a pattern of addresses, and single fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from feedmaker import tree
from feedmaker.errors import RuleMatchesNothing
from feedmaker.extract.listing.fieldrules import Select, in_order, search, select_in, with_values
from feedmaker.extract.listing.nearest import nearest_to
from feedmaker.extract.listing.rulefaults import Item, nothing_in
from feedmaker.model import Draft, Field, ListingRules, Page, Selector
from feedmaker.normalize import urls

_SECONDS = 0.5  # for a pattern on one address: a good one takes microseconds
_SHOWN = 300  # characters of addresses in a message

SelectFor = Callable[[Field], Select]


@dataclass(frozen=True, slots=True)
class Record:
    """An entry of a document as a draft, how a selector is read in it, and what it has that is most like one."""

    draft: Draft
    select_for: SelectFor
    nearest: Callable[[Selector], str]


def ruled_items(records: Sequence[Record], rules: ListingRules, page: Page) -> tuple[Draft, ...]:
    """The entries that rules leave, with the fields that rules speak of.

    Raises RuleMatchesNothing for a pattern that no address has and a field that no entry gives, ListingError for a
    pattern that takes too long.
    """
    fields, seen, drafts = in_order(rules.fields), set[Field](), []
    for record in records:
        draft, found = with_values(record.draft, fields, record.select_for)
        seen |= found
        drafts.append(draft)
    for field, rule in rules.fields.items():
        if records and field not in seen:
            items = [Item(draft, each.select_for(field)) for draft, each in zip(drafts, records, strict=True)]
            raise nothing_in(field, rule, items, page.url, records[0].nearest, what="entries")
    return matching_drafts([draft for draft in drafts if draft.url], rules.link_pattern, page)


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


def html_record(draft: Draft) -> Record:
    """An entry of a feed: CSS and XPath are read in the HTML that it holds, its content, then its summary."""

    def nearest(selector: Selector) -> str:
        near = nearest_to(selector, _html_of(draft), where="in the text of the first entry")
        return f"{near}. Selectors look into an entry's text; what else the feed says is read without a rule"

    return Record(draft, lambda field: select_in(_html_of(draft), field), nearest)


def _html_of(draft: Draft) -> HtmlElement:
    content = "".join(f"<div>{candidate.value}</div>" for candidate in (*draft.contents, *draft.summaries))
    return tree.parse(content.encode("utf-8", "replace"), "utf-8")


def plain_record(draft: Draft) -> Record:
    """An entry without anything that a selector could find, such as that of a sitemap."""
    advice = "a sitemap holds nothing that selectors could find; use a constant or a template"
    return Record(draft, lambda _field: lambda _selector: [], lambda _selector: advice)
