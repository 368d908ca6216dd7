"""Entries where a person's rules say that they are: by the selector of items, or by a pattern of addresses."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from lxml.html import HtmlElement

from feedmaker.errors import RuleMatchesNothing
from feedmaker.extract.listing.cards import Card, Record, cards_of
from feedmaker.extract.listing.fieldrules import in_order, search, select_in, with_values
from feedmaker.extract.listing.groups import title_quality
from feedmaker.extract.listing.links import Base, Link, Links
from feedmaker.extract.listing.nearest import nearest_to
from feedmaker.extract.listing.places import Places
from feedmaker.extract.listing.rulefaults import Item, nothing_in
from feedmaker.extract.listing.trouble import trouble_of
from feedmaker.model import Field, How, ListingRules, Page, Selector

_TITLE = 4  # words that make a title of a link
_SEVERAL = 4  # links with titles in one card: its own, and as many related ones as cards have


def _select_items(page: Page, items: Selector) -> list[HtmlElement]:
    """The elements that are items, in the page's order; raises RuleMatchesNothing if there are none."""
    from feedmaker.settings.selectors import compile_selector  # pydantic comes with it

    found = compile_selector(items)(page.tree)
    elements = [each for each in found if isinstance(each, HtmlElement)] if isinstance(found, list) else []
    if not elements:
        what = "texts, not elements" if isinstance(found, list) and found else "nothing"
        advice = "select the whole cards" if isinstance(found, list) and found else nearest_to(items, page.tree)
        raise RuleMatchesNothing(
            f"items: {items} selects {what} on {page.url}; {advice}{_trouble(page)}",
            rule="items",
            address=page.url,
        )
    return elements


def _trouble(page: Page) -> str:
    trouble = trouble_of(page)
    return f"; {trouble}" if trouble else ""


def cards_in(page: Page, links: Links, base: Base, rules: ListingRules, repeated: frozenset[str]) -> list[Card]:
    """A card for each element that ``rules.items`` selects; an element without a link is left out.

    The main link of an element is the one with the best title. Raises RuleMatchesNothing if no element is selected or
    none holds a link.
    """
    assert rules.items
    elements = _select_items(page, rules.items)
    by_element = {link.element: link for link in links.found}
    records = []
    for element in elements:
        own = [by_element[each] for each in element.iter("a") if each in by_element]
        own = own or [by_element[each] for each in element.iterancestors("a") if each in by_element]
        link = max(own, key=lambda each: title_quality(each, repeated), default=None)
        if link is None and Field.URL in rules.fields:
            link = _placeholder(element, base)
        if link:
            twins = tuple(each for each in own if each.url == link.url)
            records.append(Record(link, twins or (link,), element, [element]))
    if not records:
        raise RuleMatchesNothing(
            f"items: {rules.items} selects {len(elements)} elements on {page.url}, none of which holds a link to an "
            "entry; select the whole cards, or say where their address is with fields.url",
            rule="items",
            address=page.url,
        )
    return [replace(card, order=order) for order, card in enumerate(cards_of([records], repeated))]


def how_ruled(cards: list[Card], links: Links, items: Selector) -> How:
    """How sure the entries of a rule are: not at all if it selects the whole list in place of its cards."""
    around = cards[0].element if len(cards) == 1 else None
    inside = set(around.iter("a")) if around is not None else set()
    titled = {link.url for link in links.found if link.element in inside and link.words >= _TITLE}
    if len(titled) < _SEVERAL:
        return How("rules", 1.0)
    note = f"items: {items} selects one element that holds {len(titled)} links with titles; select each card in it"
    return How("rules", 0.3, note)


def _placeholder(element: HtmlElement, base: Base) -> Link:
    """A link for an element that has none: a rule tells its address."""
    return Link(element, element, Places().of(element), base.url, "", 0, 0, False, False, False, False, "", True)


def matching(links: Links, pattern: str, page: Page) -> Links:
    """The page's links, of which only those may lead to entries whose addresses the pattern is found in.

    Raises RuleMatchesNothing if there are none.
    """
    found = [link for link in links.found if search(pattern, link.url, rule="link_pattern")]
    if not found:
        others = ", ".join(dict.fromkeys(link.url for link in links.found if link.words >= 4)) or "none with a title"
        raise RuleMatchesNothing(
            f"link_pattern: {pattern} is found in none of the {len(links.found)} links of {page.url}; "
            f"there are: {others[:300]}{_trouble(page)}",
            rule="link_pattern",
            address=page.url,
        )
    return replace(links, found=found)


def with_rules(cards: list[Card], base: Base, rules: ListingRules, page: Page) -> list[Card]:
    """The cards with the fields that rules speak of; raises RuleMatchesNothing for one that no card has."""
    shown = [(card, card.element) for card in cards if card.element is not None]
    if not rules.fields or not shown:
        return cards
    fields, seen = in_order(rules.fields), set[Field]()
    ruled = []
    for card, element in shown:
        draft, found = with_values(card.draft, fields, partial(select_in, element))
        seen |= found
        if Field.URL in found:
            draft = replace(draft, url=base.resolve(draft.url) or "")
        ruled.append(Card(card.order, draft, element))
    for field, rule in rules.fields.items():
        if field not in seen:
            first = shown[0][1]
            items = [
                Item(card.draft, select_in(element, field)) for card, (_, element) in zip(ruled, shown, strict=True)
            ]
            nearest = partial(nearest_to, root=first, where="in the first item")
            raise nothing_in(field, rule, items, page.url, nearest, what="items")
    return [card for card in ruled if card.draft.url]
