"""Links that stand alike on the page, and the record that each of them stands for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import itemgetter

from feedmaker.extract.listing.links import Link
from feedmaker.extract.listing.places import Place, Sign
from feedmaker.extract.listing.runs import parted
from feedmaker.extract.listing.texts import word_count
from feedmaker.normalize.dates import looks_like_date

_ELSEWHERE = int(Sign.FURNITURE | Sign.CLOSED)
_FEWEST_RECORDS = 3  # that tell how many links of a kind each holds
_TITLE_WORDS = 3
_FEW = 3  # links to one entry: a picture, "read more"
_RARELY = 0.25  # of the links of a list of stories lead to documents
_OFTEN = 0.3  # of the links of a kind say what each record offers
_PAIRS = 20  # of such links that are compared


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
    by_url: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        by_url[link.url].append(link)
    titles = {
        url: same[0] if len(same) == 1 else max(same, key=lambda link: title_quality(link, repeated))
        for url, same in by_url.items()
    }
    unsaid = [by_url[url] for url, link in titles.items() if not link.text or link.text in repeated]
    titles.update((link.url, link) for link in _called(unsaid))
    by_kind: dict[object, list[Link]] = defaultdict(list)
    for link, kind in zip(links, _kinds(links, repeated), strict=True):
        title = titles[link.url]
        if title.order == link.order and not link.is_number and not link.is_comments:
            by_kind[kind].append(title)
    return [
        Group(tuple(run), records_of(run), tuple([tuple(by_url[link.url]) for link in run]))
        for group in by_kind.values()
        for run in parted(group, repeated)
    ]


def _called(addresses: Iterable[list[Link]]) -> Iterator[Link]:
    """Of the few links to each address the one without a text, by what its ``title`` or the ``alt`` of its picture
    calls it; where several stand alike, each called something else, and beside all stands the same: "Read more"."""
    alike: dict[int, list[tuple[Link, set[str]]]] = defaultdict(list)
    for links in addresses:
        silent = next((link for link in links if not link.text), None)
        if silent is not None and 1 < len(links) <= _FEW:
            pictures = (each.get("alt") for each in silent.element.iter("img"))
            name = " ".join((silent.element.get("title") or next(pictures, None) or "").split())
            called = silent._replace(text=name, words=word_count(name))
            alike[silent.place.kind].append((called, {link.text for link in links if link.text}))
    for pairs in alike.values():
        names = {link.text for link, _ in pairs}
        if _FEWEST_RECORDS <= len(pairs) == len(names) and set.intersection(*(said for _, said in pairs)):
            yield from (link for link, _ in pairs if link.words >= _TITLE_WORDS)


def repeated_texts(links: list[Link]) -> frozenset[str]:
    """Texts that lead to several pages, such as "read more"; a title may lead to two, as by http and by https."""
    leads_to: dict[str, set[str]] = defaultdict(set)
    for link in links:
        leads_to[link.text].add(link.url)
    several = {text: len(urls) for text, urls in leads_to.items() if len(urls) > 1}
    titles = {link.text for link in links if link.text in several and (link.words > 3 or link.is_heading)}
    return frozenset([text for text, count in several.items() if count > 2 or text not in titles])


def title_quality(link: Link, repeated: frozenset[str]) -> float:
    """How likely a link's text is the title of what it leads to."""
    points = min(link.words, 4.0)
    points += 4 * link.is_heading - 6 * (link.text in repeated) - 3 * bool(link.place.around & _ELSEWHERE)
    points -= 5 * (link.is_comments or link.is_number) + 3 * (link.words > 40) + 2 * (not link.text)
    return points - 4 * (link.words <= 8 and looks_like_date(link.text))


def _kinds(links: list[Link], repeated: frozenset[str]) -> list[object]:
    """A key for each link: the kind of its place and document, and its rank where each record holds a few of a kind."""
    mixed = _mixed_kinds(links)
    kinds: list[object] = [(link.place.kind, "" if link.place.kind in mixed else link.document) for link in links]
    members: dict[object, list[int]] = defaultdict(list)
    for index, kind in enumerate(kinds):
        members[kind].append(index)
    for kind, indexes in members.items():
        if len(indexes) > _FEWEST_RECORDS:
            alike = [links[index] for index in indexes]
            for index, rank in zip(indexes, _ranks(alike) or _functions(alike, repeated), strict=False):
                kinds[index] = (kind, rank)
    return kinds


def _mixed_kinds(links: Sequence[Link]) -> set[int]:
    """The kinds of places where few of many links lead to documents: stories, of which some are one."""
    documents = Counter([link.place.kind for link in links if link.document])
    if not documents:
        return set()
    all_ = Counter([link.place.kind for link in links if link.place.kind in documents])
    return {kind for kind, count in documents.items() if count <= _RARELY * all_[kind]}


def _functions(links: Sequence[Link], repeated: frozenset[str]) -> list[str]:
    """What each link is for where each record holds a title and, in elements that stand alike, a thing that all records
    offer, such as "Summary"; nothing where there is no such thing.
    """
    counts = Counter([link.text for link in links if link.text and link.text in repeated])
    text, count = max(counts.items(), key=itemgetter(1), default=("", 0))
    if count < _FEWEST_RECORDS or not _OFTEN * len(links) <= count <= (1 - _OFTEN) * len(links) + 1:
        return []
    at = [index for index, link in enumerate(links) if link.text == text]
    if not all(_are_parted(links, *pair) for pair in islice(pairwise(at), _PAIRS)):
        return []
    return [text if link.text == text else "" for link in links]


def _are_parted(links: Sequence[Link], one: int, other: int) -> bool:
    """Whether a link between two others is nearer to one of them than they are to one another, as in its record."""
    places = links[one].place, links[other].place
    between = [links[one + 1].place, links[other - 1].place] if other > one + 1 else []
    return any(_shared_depth(*pair) > _shared_depth(*places) for pair in zip(places, between, strict=False))


def _ranks(links: list[Link]) -> list[int]:
    """The rank of each link among those in its record; none where records do not hold a few of them each."""
    parents: dict[Place | None, dict[str, int]] = defaultdict(dict)
    for link in links:
        ranks = parents[link.place.parent]
        ranks.setdefault(link.url, len(ranks))
    total = sum(map(len, parents.values()))
    if len(parents) < _FEWEST_RECORDS or not 1.15 * len(parents) < total <= 4 * len(parents):
        return []
    return [min(parents[link.place.parent][link.url], 3) for link in links]


def records_of(links: Sequence[Link]) -> tuple[Place, ...]:
    """For each link the widest element that holds none of the others, but none much higher than is usual among them.

    The first and last of a block could claim all that stands around the block; a single link gets three levels.
    """
    places = [link.place for link in links]
    if len(places) == 1:
        return (_above(places[0], min(places[0].depth - 2, 3)),)
    shared = [_shared_depth(a, b) for a, b in pairwise(places)]
    depths = map(max, [0, *shared], [*shared, 0])
    heights = [place.depth - depth - 1 for place, depth in zip(places, depths, strict=True)]
    usual = sorted(heights)[(len(heights) - 1) // 2]
    return tuple([_above(place, min(height, usual)) for place, height in zip(places, heights, strict=True)])


def _above(place: Place, levels: int) -> Place:
    while levels > 0 and place.parent:
        place = place.parent
        levels -= 1
    return place


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
