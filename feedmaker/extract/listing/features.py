"""What can be measured of a group of links; every feature lies between 0 and about 1."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from feedmaker.extract.listing.groups import Group
from feedmaker.extract.listing.links import Link, text_of
from feedmaker.extract.listing.places import Place, Sign
from feedmaker.normalize.urls import registrable_domain

_SAMPLE = 16  # links of a group that are looked at: enough to know the others
_RECORDS = 6
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,2}[./:-]\d{1,2}|\d+ (?:min|hour|day|stunde|tag|hora|dia)|ago\b|\d{4}年|\d月", re.IGNORECASE
)
_SHAPE = str.maketrans(
    {**{chr(c): "a" for c in (*range(65, 91), *range(97, 123))}, **{chr(c): "9" for c in range(48, 58)}}
)
_SECTION = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|users?|members?|profile|topics?|search|label|page|login|them(?:a|en)"
    r"|kategorie|archives?)(?:/|\?|$)|[?&](?:cat|tag|author|page|paged|sort)=",
    re.IGNORECASE,
)

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class View:
    """What a group is measured against: the page's address and how many links it has."""

    url: str
    links: int


def features_of(group: Group, view: View) -> Features:
    """Every feature that needs no look into the records."""
    sample = _sampled(group.links)
    return {
        **_position(group, view),
        **_texts(sample),
        **_twins(group),
        **_addresses(sample, view),
        **_places(group),
    }


def _sampled(links: tuple[Link, ...]) -> tuple[Link, ...]:
    return links if len(links) <= _SAMPLE else links[:: -(-len(links) // _SAMPLE)]


def _position(group: Group, view: View) -> Features:
    count = len(group.links)
    first, last = group.links[0].order, group.links[-1].order
    return {
        "size": math.log(count) / 5,
        "single": count == 1,
        "few": count <= 3,
        "start": first / view.links,
        "end": last / view.links,
        "at the top": first < 5,
    }


def _texts(sample: tuple[Link, ...]) -> Features:
    words = [link.words for link in sample]
    texts = [link.text for link in sample if link.text]
    count = len(sample)
    return {
        "words": sum(min(n, 14) for n in words) / count / 14,
        "no text": sum(n == 0 for n in words) / count,
        "1 or 2 words": sum(0 < n <= 2 for n in words) / count,
        "4 words": sum(n >= 4 for n in words) / count,
        "6 words": sum(n >= 6 for n in words) / count,
        "25 words": sum(n > 25 for n in words) / count,
        "distinct texts": len(set(texts)) / len(texts) if texts else 0,
        "date in text": sum(_DATE.search(text) is not None for text in texts) / count,
        "heading": sum(link.is_heading for link in sample) / count,
    }


def _twins(group: Group) -> Features:
    twins = group.twins[:_SAMPLE]
    return {
        "links to same": sum(min(len(same), 4) for same in twins) / len(twins) / 4,
        "comments link": sum(any(t.is_comments for t in same) for same in twins) / len(twins),
    }


def _addresses(sample: tuple[Link, ...], view: View) -> Features:
    rows = [_address(link.url) for link in sample]
    count = len(sample)
    features = {name: sum(column) / count for name, column in zip(_ADDRESS, zip(*rows, strict=True), strict=True)}
    home, prefix = _domain(view.url), view.url.partition("?")[0].rpartition("/")[0] + "/"
    features["document"] = sum(bool(link.document) for link in sample) / count
    features["own site"] = sum(_domain(link.url) == home for link in sample) / count
    features["below page"] = sum(link.url.startswith(prefix) for link in sample) / count
    return features


_ADDRESS = ("4-word slug", "4 digits", "number last", "number in query", "section", "root")


def _address(url: str) -> tuple[bool, ...]:
    address, _, query = url.partition("?")
    path = address[8:].partition("/")[2].translate(_SHAPE)
    separators = path.count("-") + path.count("_") + path.count(",") + path.count("+") + path.count("%99")
    return (
        separators >= 3,
        "9999" in path,
        "999" in path.rstrip("/").rpartition("/")[2],
        "=99" in query.translate(_SHAPE),
        _SECTION.search(url, 8) is not None,
        not path and not query,
    )


def _domain(url: str) -> str:
    end = url.find("/", 8)
    return _registered(url[:end] if end > 0 else url)


@lru_cache(4096)
def _registered(origin: str) -> str:
    return registrable_domain(origin.partition("//")[2].partition(":")[0].rpartition("@")[2].lower())


def _places(group: Group) -> Features:
    place = group.links[0].place
    near = place.nearby(3)
    records = list(dict.fromkeys(group.records))
    parents = Counter(record.parent for record in records)
    tag = records[0].element.tag
    return {
        "furniture near": bool(near & Sign.FURNITURE),
        "furniture far": bool(place.around & Sign.FURNITURE),
        "title near": bool(near & Sign.TITLE),
        "article": bool(near & Sign.ARTICLE),
        "nesting": place.depth / 30,
        "siblings": max(parents.values()) / len(records),
        "record is p": tag == "p",
        "record is li": tag == "li",
        "record is a": tag == "a",
    }


def record_features_of(group: Group) -> Features:
    """The features that need a look into the records."""
    records = tuple(dict.fromkeys(group.records))
    sample = records[:: -(-len(records) // _RECORDS)]
    rows = [_record(record) for record in sample]
    return dict(zip(RECORD_FEATURES, (sum(column) / len(sample) for column in zip(*rows, strict=True)), strict=True))


RECORD_FEATURES = ("record links", "only link", "record date", "link share")


def _record(record: Place) -> tuple[float, ...]:
    element = record.element
    text = text_of(element)
    links = list(element.iter("a"))[:20]
    linked = sum(len(text_of(link)) for link in links)
    return (
        len(links) / 20,
        len(links) == 1,
        next(element.iter("time"), None) is not None or _DATE.search(text[:600]) is not None,
        min(1, linked / (len(text) or 1)),
    )
