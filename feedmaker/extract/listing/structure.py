"""Entries found by the page's structure alone: links that stand alike, scored by what is measured of them."""

from __future__ import annotations

from dataclasses import replace

from feedmaker.extract.listing.cards import Card, group_cards
from feedmaker.extract.listing.choose import Choice, choose
from feedmaker.extract.listing.declared import Declared, declared_entries
from feedmaker.extract.listing.features import View
from feedmaker.extract.listing.groups import groups_of
from feedmaker.extract.listing.links import Link
from feedmaker.extract.listing.score import THRESHOLD, Reading, scored
from feedmaker.extract.listing.trouble import trouble_of
from feedmaker.model import Draft, How, Page

NAME = "structure"
_GUESS = 0.12  # the chance below which nothing is offered
_FEWEST = 5  # links that make a list of which one may not be sure
_UNSURE = "not sure: look at `feedmaker preview` and name the cards with `items:` if these are not the entries"
_DECLARED = 0.8


def find_cards(page: Page, view: View, links: list[Link], repeated: frozenset[str]) -> tuple[list[Card], How]:
    """The page's entries and how sure they are; no entries and a note that says why if there is no list."""
    choice = choose(scored(groups_of(links, repeated), view))
    chance = _chance(choice)
    count = sum(len(each.group.links) for each in choice.groups)
    is_short = chance < THRESHOLD or count < _FEWEST
    if is_short and (declared := declared_entries(page)) and len(declared.items) > count:
        return _declared_cards(declared)
    if count < 2 or chance < _GUESS or (chance < THRESHOLD and count < _FEWEST):
        return [], How(NAME, 0.0, trouble_of(page) or _nothing(links, view))
    cards = group_cards([each.group for each in choice.groups], repeated)
    is_doubtful = is_short and (chance < THRESHOLD or not all(_is_story(card.draft) for card in cards))
    if is_doubtful and (trouble := trouble_of(page)):
        return [], How(NAME, 0.0, trouble)
    if not any(_says_something(card.draft) for card in cards):
        return [], How(NAME, 0.0, trouble_of(page) or _nothing(links, view))
    how = How(NAME, round(chance, 2), _found(count, choice))
    return cards, how if how.is_sure else replace(how, note=f"{how.note}; {_UNSURE}")


def _is_story(draft: Draft) -> bool:
    """Whether an entry shows what links of a consent wall, a robot check or an app's shell never do."""
    return bool(draft.published or draft.images or (draft.titles and draft.titles[0].where != "link"))


def _says_something(draft: Draft) -> bool:
    """Whether an entry shows more than that there is a link."""
    return bool(draft.titles or draft.published or draft.summaries or draft.images)


def _found(count: int, choice: Choice) -> str:
    what = "stories" if choice.reading is Reading.STORIES else "entries of a register"
    groups = len(choice.groups)
    return f"{count} {what} in {groups} group{'s' * (groups != 1)} of links that stand alike"


def _declared_cards(declared: Declared) -> tuple[list[Card], How]:
    cards = [Card(order, draft, None) for order, draft in enumerate(declared.items)]
    note = f"{len(cards)} entries that the page declares in its data but does not show as links"
    return cards, How(declared.way, _DECLARED, note)


def _chance(choice: Choice) -> float:
    """The chance that a link of the choice is an entry."""
    count = sum(len(each.group.links) for each in choice.groups)
    return sum(each.chance * len(each.group.links) for each in choice.groups) / count if count else 0.0


def _nothing(links: list[Link], view: View) -> str:
    titled = sum(link.words >= 4 for link in links)
    return (
        f"no repeated entries among the {view.count} links of the page ({titled} with a text of four words or more); "
        "give the address of a section, or name its cards with `items:`"
    )
