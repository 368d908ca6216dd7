"""The elements that make the record of an entry: one, or where records are flat some that follow one another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from feedmaker.extract.listing.links import Link
from feedmaker.extract.listing.places import Place, about

_CARDS = frozenset(("li", "article", "section", "td", "a"))  # elements that hold all of a record
_SEPARATORS = frozenset(("br", "hr", "script", "style", "noscript"))
_MOST_SIBLINGS = 6  # between two records
_USUALLY = 0.6  # of the records must have siblings of their own for records to be flat
_SAMPLE = 8  # records that tell whether they are flat


def roots_of(places: Sequence[Place], occupied: Collection[HtmlElement]) -> Iterator[list[HtmlElement]]:
    """For each record its element, and where records are flat its siblings up to the next record.

    ``occupied`` are all elements that hold an entry. A sibling before the first record that looks like the last one
    between two records shows that such siblings open a record rather than close it: a date above its headline.
    """
    elements = list(dict.fromkeys(place.element for place in places))
    if not _are_flat(elements[:_SAMPLE], occupied):
        yield from ([place.element] for place in places)
        return
    gaps = [_gap(element, occupied) for element in elements]
    opening = _opening(elements[0], [gap for gap, is_closed in gaps if is_closed and gap], occupied)
    before = _before(elements[0], opening)
    looks = [_look(element) for element in before]
    roots: dict[HtmlElement, list[HtmlElement]] = {}
    for element, (gap, is_closed) in zip(elements, gaps, strict=True):
        keep = len(gap) - _opened(gap, looks) if is_closed else len(gap)
        roots[element] = [*before, element, *gap[:keep]]
        before = gap[keep:] if is_closed else []
    yield from (roots[place.element] for place in places)


def holders_of(records: Iterable[Place]) -> set[Place]:
    """The places that hold a whole record and more."""
    holders: set[Place] = set()
    for record in records:
        above = record.parent
        while above and above not in holders:
            holders.add(above)
            above = above.parent
    return holders


def narrowed(records: Sequence[Place], links: Sequence[Link], holders: Collection[Place]) -> Sequence[Place]:
    """The records, but of a single one that holds others only the part that is its link's own.

    For want of others like it, the record of a lead story may be all of the page.
    """
    if len(records) > 1 or records[0] not in holders:
        return records
    (record,) = records
    for place in _path(record, links[0].place):
        if record not in holders or place is links[0].place:
            break
        record = place
    return (record,)


def _path(record: Place, link: Place) -> list[Place]:
    """The places from a record, itself left out, down to its link."""
    path: list[Place] = []
    place: Place | None = link
    while place is not None and place is not record:
        path.append(place)
        place = place.parent
    return path[::-1]


def _are_flat(elements: Sequence[HtmlElement], occupied: Collection[HtmlElement]) -> bool:
    """Whether most records have siblings of their own before the next one."""
    if elements[0].tag in _CARDS:
        return False
    closed = [gap for gap, is_closed in (_gap(element, occupied) for element in elements) if is_closed]
    return bool(closed) and sum(map(bool, closed)) > _USUALLY * len(closed)


def _gap(element: HtmlElement, occupied: Collection[HtmlElement]) -> tuple[list[HtmlElement], bool]:
    """The siblings behind an element up to the next that holds an entry, and whether there is one."""
    found: list[HtmlElement] = []
    for sibling in _content(element.itersiblings()):
        if sibling in occupied:
            return found, True
        if len(found) == _MOST_SIBLINGS:
            break
        found.append(sibling)
    return found[:2], False


def _content(siblings: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """Siblings that may show something: no comments, rules or scripts."""
    return (each for each in siblings if isinstance(each.tag, str) and each.tag not in _SEPARATORS)


def _opening(first: HtmlElement, gaps: list[list[HtmlElement]], occupied: Collection[HtmlElement]) -> int:
    """How many of the last siblings between two records belong to the second: as many as stand before the first."""
    usual = [_look(element) for element in max(gaps, key=len, default=[])]
    count = 0
    for sibling in _content(first.itersiblings(preceding=True)):
        if count == len(usual) or _look(sibling) != usual[-1 - count] or sibling in occupied:
            break
        count += 1
    return count


def _opened(gap: Sequence[HtmlElement], looks: Sequence[tuple[str, str]]) -> int:
    """How many of the siblings behind a record open the next one: a day may stand above the first of several alone."""
    most = min(len(gap), len(looks))
    fits = (n for n in range(most, 0, -1) if [_look(element) for element in gap[-n:]] == list(looks[-n:]))
    return next(fits, 0)


def _before(first: HtmlElement, count: int) -> list[HtmlElement]:
    return list(islice(_content(first.itersiblings(preceding=True)), count))[::-1]


def _look(element: HtmlElement) -> tuple[str, str]:
    return element.tag, about(element.get("class", ""))[0]
