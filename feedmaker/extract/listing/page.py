"""An HTML page as a listing: by a person's rules as far as they go, by the page's structure for the rest."""

from __future__ import annotations

from feedmaker.extract.listing.about import About
from feedmaker.extract.listing.cards import Card, group_cards
from feedmaker.extract.listing.features import View
from feedmaker.extract.listing.groups import groups_of, repeated_texts
from feedmaker.extract.listing.links import Base, Links, links_of
from feedmaker.extract.listing.nextpage import nexts_of
from feedmaker.extract.listing.ruled import cards_in, how_ruled, matching, with_rules
from feedmaker.extract.listing.structure import find_cards
from feedmaker.model import How, ListingDraft, ListingRules, Page


def read_page(page: Page, rules: ListingRules) -> ListingDraft:
    """The entries of an HTML page in its order; none, with a note that says why, where nothing is sure enough.

    Raises RuleMatchesNothing for a rule that selects nothing.
    """
    base = Base(page)
    links = links_of(page, base, everywhere=bool(rules.items or rules.link_pattern))
    if rules.link_pattern:
        links = matching(links, rules.link_pattern, page)
    repeated = repeated_texts(links.found)
    cards, how = _cards(page, rules, base, links, repeated)
    cards = with_rules(sorted(cards, key=lambda card: card.order), base, rules, page)
    about = About(page)
    return ListingDraft(
        page.url,
        how,
        items=tuple(card.draft for card in cards),
        titles=about.titles,
        summaries=about.summaries,
        languages=about.languages,
        nexts=nexts_of(page, base, links, {card.draft.url for card in cards}, repeated),
    )


def _cards(
    page: Page, rules: ListingRules, base: Base, links: Links, repeated: frozenset[str]
) -> tuple[list[Card], How]:
    if rules.items:
        cards = cards_in(page, links, base, rules, repeated)
        return cards, how_ruled(cards, links, rules.items)
    if rules.link_pattern:
        return group_cards(groups_of(links.found, repeated), repeated), How("rules", 1.0)
    return find_cards(page, View.of(base, links), links.found, repeated)
