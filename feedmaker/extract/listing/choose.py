"""Which groups of links are the page's entries: the likely ones, without those that only accompany another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.html import HtmlElement

from feedmaker.extract.listing.groups import Group
from feedmaker.extract.listing.places import Place
from feedmaker.extract.listing.score import THRESHOLD, Reading, Scored
from feedmaker.extract.listing.texts import text_before

_RELATIVE = 0.45  # of the chance of the group that is most of a list
_SURE = 0.85
_SURE_APART = 0.75  # of links that stand in no text
_SURENESS = 0.5
_SOME = 0.75  # of the records that have a link of another group
_WITHIN = 0.8  # of a group's records are also the other's: a title stands in each record, in one place or another
_MANY = 1.3  # links to a record: more than that are a list within, not something that belongs to each record
_HALF = 0.5
_CLOSE = 1.1  # masses that differ by less than this factor are as good as equal


@dataclass(frozen=True, slots=True)
class Choice:
    """The groups that hold the entries, the best first, and what the page was read as to find them."""

    groups: tuple[Scored, ...]
    reading: Reading


def choose(scored: dict[Reading, list[Scored]]) -> Choice:
    """Read the page as what gives it the weightier list, and keep that list's groups."""
    asides = _asides(each.group for groups in scored.values() for each in groups if each.chance >= THRESHOLD)
    left = {reading: [each for each in groups if each.group not in asides] for reading, groups in scored.items()}
    reading = max(Reading, key=lambda each: _weight(left[each]))
    return Choice(tuple(_kept(left[reading])), reading)


def _asides(likely: Iterable[Group]) -> list[Group]:
    """Groups that stand in some of the records of another, which stands in many more: links in the records' texts."""
    records = {id(group): (group, frozenset(group.records)) for group in likely}
    return [
        group
        for group, own in records.values()
        if any(len(own) < _SOME * len(all_) and len(own & all_) >= _WITHIN * len(own) for _, all_ in records.values())
    ]


def _weight(groups: list[Scored]) -> float:
    """The weight of the best group. How sure it is counts for more than how large: a long list that is nearly sure goes
    before two documents that are a little surer, and before a long menu."""
    return max((each.chance**_SURENESS * each.mass for each in groups), default=0.0)


def _kept(groups: list[Scored]) -> list[Scored]:
    likely = sorted((group for group in groups if group.chance >= THRESHOLD), key=lambda each: -each.chance)
    if not likely:
        return sorted(groups, key=lambda each: -each.mass)[:1]
    within = _Within([each.group for each in likely])
    kept: list[int] = []
    for index, each in enumerate(likely):
        beaten = [other for other in kept if within.one_record(index, other) and _is_main(each, likely[other])]
        rivals = [other for other in kept if other not in beaten]
        if not any(within.accompanies(index, other, each.chance) for other in rivals):
            kept = [*rivals, index]
    main = likely[max(kept, key=lambda index: likely[index].mass)]
    chosen = [likely[index] for index in kept if likely[index].chance >= _RELATIVE * main.chance]
    return [each for each in chosen if _lists_documents(each)] if _lists_documents(main) else chosen


def _lists_documents(each: Scored) -> bool:
    """Whether a group leads to documents, but for a few links: what leads to pages is no entry beside it."""
    links = each.group.links
    return sum([link.document != "" for link in links]) > _HALF * len(links)


def _stands_in_text(group: Group) -> bool:
    """Whether most links of a group have words before and behind them."""
    return sum([_is_in_text(link.element) for link in group.links]) > _HALF * len(group.links)


def _is_in_text(link: HtmlElement) -> bool:
    return all(text is not None and any(map(str.isalpha, text)) for text in (text_before(link), link.tail))


def _is_main(one: Scored, other: Scored) -> bool:
    """Whether one of two groups that share their records is what the records are about: the one that more have, or
    of equals the one that stands first in them."""
    if one.mass > _CLOSE * other.mass:
        return True
    return one.mass * _CLOSE > other.mass and one.group.links[0].order < other.group.links[0].order


class _Within:
    """How the links of groups stand in the records of other groups."""

    def __init__(self, groups: list[Group]) -> None:
        self._groups = groups
        self._links: dict[tuple[int, int], int] = {}
        self._records: dict[tuple[int, int], set[int]] = {}
        if len(groups) > 1:
            self._count(groups)

    def _count(self, groups: list[Group]) -> None:
        owners: dict[Place, list[tuple[int, int]]] = {}
        for index, group in enumerate(groups):
            for number, record in enumerate(group.records):
                owners.setdefault(record, []).append((index, number))
        for index, group in enumerate(groups):
            for link in group.links:
                place: Place | None = link.place
                while place is not None:
                    if place in owners:
                        self._stand(index, owners[place])
                    place = place.parent

    def _stand(self, index: int, owners: list[tuple[int, int]]) -> None:
        for owner, number in owners:
            if owner != index:
                self._links[owner, index] = self._links.get((owner, index), 0) + 1
                self._records.setdefault((owner, index), set()).add(number)

    def accompanies(self, index: int, other: int, chance: float) -> bool:
        """Whether a group belongs to the records of a better one, or the better one to its records.

        Authors, comments and files stand once in each record of another group; links in a text stand often, but are
        not sure of themselves. A sure group with several links in each record is a list of its own, such as the
        smaller stories below each lead; less need be sure of links that stand in no text.
        """
        return any(
            self._stands_in(inner, outer) and not (self._is_many(inner, outer) and self._is_sure(index, chance))
            for inner, outer in ((index, other), (other, index))
        )

    def _is_sure(self, index: int, chance: float) -> bool:
        return chance >= _SURE or (chance >= _SURE_APART and not _stands_in_text(self._groups[index]))

    def one_record(self, index: int, other: int) -> bool:
        """Whether two groups have one link each in what is one record."""
        return any(
            self._stands_in(inner, outer) and not self._is_many(inner, outer)
            for inner, outer in ((index, other), (other, index))
        )

    def _stands_in(self, inner: int, outer: int) -> bool:
        links, records = self._links.get((outer, inner), 0), len(self._records.get((outer, inner), ()))
        within, size = len(self._groups[inner].links), len(self._groups[outer].links)
        return size > 1 and links >= 0.5 * within and records >= 0.3 * size

    def _is_many(self, inner: int, outer: int) -> bool:
        return self._links[outer, inner] > _MANY * len(self._records[outer, inner])
