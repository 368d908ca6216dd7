"""Which groups of links are the page's entries: the likely ones, without those that only accompany another."""

from __future__ import annotations

from dataclasses import dataclass

from feedmaker.extract.listing.groups import Group
from feedmaker.extract.listing.places import Place
from feedmaker.extract.listing.score import THRESHOLD, Reading, Scored

_RELATIVE = 0.5  # of the chance of the group that is most of a list
_SURE = 0.85
_MANY = 1.3  # links to a record: more than that are a list within, not something that belongs to each record


@dataclass(frozen=True, slots=True)
class Choice:
    """The groups that hold the entries, the best first, and what the page was read as to find them."""

    groups: tuple[Scored, ...]
    reading: Reading


def choose(scored: dict[Reading, list[Scored]]) -> Choice:
    """Read the page as what gives it the weightier list, and keep that list's groups."""
    reading = max(Reading, key=lambda each: max((group.mass for group in scored[each]), default=0.0))
    return Choice(tuple(_kept(scored[reading])), reading)


def _kept(groups: list[Scored]) -> list[Scored]:
    best = max((group.chance for group in groups), default=0.0)
    likely = [group for group in groups if group.chance >= min(THRESHOLD, best)]
    likely.sort(key=lambda each: -each.chance * min(len(each.group.links), 5) ** 0.1)
    within = _Within([each.group for each in likely])
    kept: list[int] = []
    for index, each in enumerate(likely):
        if not any(within.accompanies(index, other, each.chance) for other in kept):
            kept.append(index)
    main = max(kept, key=lambda index: likely[index].mass, default=0)
    return [likely[index] for index in kept if likely[index].chance >= _RELATIVE * likely[main].chance]


class _Within:
    """How the links of groups stand in the records of other groups."""

    def __init__(self, groups: list[Group]) -> None:
        self._sizes = [len(group.links) for group in groups]
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
                while place:
                    for owner, number in owners.get(place, ()):
                        if owner != index:
                            self._links[owner, index] = self._links.get((owner, index), 0) + 1
                            self._records.setdefault((owner, index), set()).add(number)
                    place = place.parent

    def accompanies(self, index: int, other: int, chance: float) -> bool:
        """Whether a group belongs to the records of a better one, or the better one to its records.

        Authors, comments and files stand once in each record of another group; links in a text stand often, but are
        not sure of themselves. A sure group with several links in each record is a list of its own, such as the
        smaller stories below each lead.
        """
        return self._stands_in(index, other, chance) or self._stands_in(other, index, chance)

    def _stands_in(self, inner: int, outer: int, chance: float) -> bool:
        links, records = self._links.get((outer, inner), 0), len(self._records.get((outer, inner), ()))
        if self._sizes[outer] < 2 or links < 0.5 * self._sizes[inner] or records < 0.3 * self._sizes[outer]:
            return False
        return chance < _SURE or links <= _MANY * records
