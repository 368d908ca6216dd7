"""Links that stand alike on the page, and the record that each of them stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from feedmaker.extract.listing.links import Link
from feedmaker.extract.listing.places import Place, Sign
from feedmaker.extract.listing.runs import parted
from feedmaker.normalize.dates import looks_like_date

_ELSEWHERE = Sign.FURNITURE | Sign.CLOSED


@dataclass(frozen=True, slots=True)
class Group:
    """Links to different pages that the same path of elements leads to, in the page's order.

    ``records`` are the widest elements that hold just one of the links each; ``twins`` are for each link all links of
    the page to the same address, itself included.
    """

    links: tuple[Link, ...]
    records: tuple[Place, ...]
    twins: tuple[tuple[Link, ...], ...]


def groups_of(links: list[Link], repeated: frozenset[str]) -> list[Group]:
    """Group the links, each address once: where its title stands."""
    by_url: dict[str, list[Link]] = {}
    for link in links:
        by_url.setdefault(link.url, []).append(link)
    titles = _best_titles(by_url, repeated)
    by_kind: dict[object, list[Link]] = {}
    kinds = _kinds(links)
    for link, kind in zip(links, kinds, strict=True):
        if titles[link.url] is link and not link.is_number and not link.is_comments:
            by_kind.setdefault(kind, []).append(link)
    return [
        Group(tuple(run), records_of(run), tuple(tuple(by_url[link.url]) for link in run))
        for group in by_kind.values()
        for run in parted(group, repeated)
    ]


def repeated_texts(links: list[Link]) -> frozenset[str]:
    """Texts that lead to several pages, such as "read more"; a title may lead to two, as by http and by https."""
    leads_to: dict[str, set[str]] = {}
    for link in links:
        leads_to.setdefault(link.text, set()).add(link.url)
    titles = {link.text for link in links if link.words > 3 or link.is_heading}
    return frozenset(text for text, urls in leads_to.items() if len(urls) > (2 if text in titles else 1))


def _best_titles(by_url: dict[str, list[Link]], repeated: frozenset[str]) -> dict[str, Link]:
    return {
        url: same[0] if len(same) == 1 else max(same, key=lambda link: title_quality(link, repeated))
        for url, same in by_url.items()
    }


def title_quality(link: Link, repeated: frozenset[str]) -> float:
    """How likely a link's text is the title of what it leads to."""
    points = min(link.words, 4.0)
    points += 4 * link.is_heading - 6 * (link.text in repeated) - 3 * bool(link.place.around & _ELSEWHERE)
    points -= 5 * (link.is_comments or link.is_number) + 3 * (link.words > 40) + 2 * (not link.text)
    return points - 4 * (link.words <= 8 and looks_like_date(link.text))


def _kinds(links: list[Link]) -> list[object]:
    """A key for each link: the kind of its place and document, and its rank where each record holds a few of a kind."""
    kinds: list[object] = [(link.place.kind, link.document) for link in links]
    members: dict[object, list[int]] = defaultdict(list)
    for index, kind in enumerate(kinds):
        members[kind].append(index)
    for kind, indexes in members.items():
        parents: dict[Place | None, dict[str, int]] = {}
        for index in indexes:
            ranks = parents.setdefault(links[index].place.parent, {})
            ranks.setdefault(links[index].url, len(ranks))
        total = sum(map(len, parents.values()))
        if len(parents) >= 3 and 1.15 * len(parents) < total <= 4 * len(parents):
            for index in indexes:
                kinds[index] = (kind, min(parents[links[index].place.parent][links[index].url], 3))
    return kinds


def records_of(links: Iterable[Link]) -> tuple[Place, ...]:
    """For each link the widest element that holds none of the others, but none much higher than is usual among them.

    The first and last of a block could claim all that stands around the block; a single link gets three levels.
    """
    places = [link.place for link in links]
    if len(places) == 1:
        return (_at_depth(places[0], max(places[0].depth - 3, 2)),)
    shared = [_shared_depth(a, b) for a, b in pairwise(places)]
    depths = map(max, [0, *shared], [*shared, 0])
    heights = [place.depth - depth - 1 for place, depth in zip(places, depths, strict=True)]
    usual = sorted(heights)[(len(heights) - 1) // 2]
    return tuple(
        _at_depth(place, place.depth - max(0, min(height, usual)))
        for place, height in zip(places, heights, strict=True)
    )


def _shared_depth(a: Place, b: Place) -> int:
    """The depth of the deepest element that holds both places."""
    while a.depth > b.depth:
        assert a.parent
        a = a.parent
    while b.depth > a.depth:
        assert b.parent
        b = b.parent
    while a is not b:
        assert a.parent
        assert b.parent
        a, b = a.parent, b.parent
    return a.depth


def _at_depth(place: Place, depth: int) -> Place:
    while place.depth > depth and place.parent:
        place = place.parent
    return place
