"""Entries found by the page's structure alone: links that stand alike, scored by what is measured of them."""

from __future__ import annotations

from feedmaker.extract.listing.cards import cards_of
from feedmaker.extract.listing.choose import choose
from feedmaker.extract.listing.features import View
from feedmaker.extract.listing.groups import groups_of, repeated_texts
from feedmaker.extract.listing.links import Base, links_of
from feedmaker.extract.listing.score import scored
from feedmaker.model import Draft, Page


def repeated_entries(page: Page) -> tuple[Draft, ...]:
    """The entries of the page, in its order."""
    base = Base(page)
    links, count = links_of(page, base)
    repeated = repeated_texts(links)
    choice = choose(scored(groups_of(links, repeated), View(base.url, count)))
    cards = [card for each in choice.groups for card in cards_of(each.group, repeated)]
    return tuple(draft for _, draft in sorted(cards, key=lambda card: card[0]))
