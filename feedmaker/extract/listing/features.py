"""What can be measured of a group of links; every feature lies between 0 and about 1."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import cast

import lxml.etree
from lxml.html import HtmlElement

from feedmaker.extract.listing.groups import Group
from feedmaker.extract.listing.links import Base, Link, Links
from feedmaker.extract.listing.places import HEADINGS, Place, Sign
from feedmaker.extract.listing.texts import text_of, word_count

_SAMPLE = 8  # links of a group that are looked at: enough to know the others
_RECORDS = 3
_LONGEST = 1500  # links of a list; no longer one was there to fit the weights on
_MOST_LINKS = 20
_TEXTS = 50  # pieces of text of a record that are looked at
_START = 600  # characters of a record in which a date may stand
# The pieces of text in an element and all within: as ``itertext`` gives them, but gathered in C in a third of the time.
_pieces_of = cast("Callable[[HtmlElement], list[str]]", lxml.etree.XPath(".//text()", smart_strings=False))
# Each way starts with a digit, and what stands before that is looked at last: the search leaps from digit to digit.
_DATE = re.compile(r"\d(?:[./:-]\d|月|(?<=\d\d\d\d)年|(?:(?<=\b19\d\d)|(?<=\b20\d\d))\b)")
_AGO = re.compile(r"\bago\b")
_SHAPE = str.maketrans(
    {**{chr(c): "a" for c in (*range(65, 91), *range(97, 123))}, **{chr(c): "9" for c in range(48, 58)}}
)
_SECTION = re.compile(
    r"/(?:tags?|categor(?:y|ies)|authors?|users?|members?|profile|topics?|search|label|page|login|them(?:a|en)"
    r"|kategorie|archives?)(?:/|\?|$)|[?&](?:cat|tag|author|page|paged|sort)="
)

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class View:
    """What a group is measured against: the page's origin, domain and section, how many links it has, and which."""

    origin: str
    domain: str
    section: str
    count: int
    links: Mapping[HtmlElement, Link]

    @classmethod
    def of(cls, base: Base, links: Links) -> View:
        """The view of a page."""
        section = base.url.partition("?")[0].rpartition("/")[0] + "/"
        return cls(base.root, _domain(base.origin), section, links.count, {link.element: link for link in links.found})


def features_of(group: Group, view: View) -> Features:
    """Every feature that needs no look into the records."""
    links = group.links
    step = -(-len(links) // _SAMPLE)
    sample = links[::step]
    if len(sample) > 1 and sample[0].text and sample[0].text == sample[1].text == sample[-1].text:
        sample = _named(sample, group.records[::step])
    return {
        **_position(group, view),
        **_texts(sample),
        **_twins(group),
        **_addresses(sample, view),
        **_places(group),
    }


def _named(sample: tuple[Link, ...], records: tuple[Place, ...]) -> tuple[Link, ...]:
    """Some links, each with the heading of its record for a text that all of them have: "Read more"."""
    headings = [next(record.element.iter(*HEADINGS), None) for record in records]
    texts = [text_of(each) if each is not None and next(each.iter("a"), None) is None else "" for each in headings]
    if not all(texts) or len(set(texts)) < len(texts):
        return sample
    return tuple(
        [
            link._replace(text=text, words=word_count(text), is_heading=True)
            for link, text in zip(sample, texts, strict=True)
        ]
    )


def _position(group: Group, view: View) -> Features:
    count = len(group.links)
    first, last = group.links[0].order, group.links[-1].order
    return {
        "size": math.log(min(count, _LONGEST)) / 5,
        "single": count == 1,
        "few": count <= 3,
        "start": first / view.count,
        "end": last / view.count,
        "at the top": first < 5,
    }


def _texts(sample: tuple[Link, ...]) -> Features:
    one_or_two = four = six = words = 0.0
    for link in sample:
        count = link.words
        words += min(count, 14)
        one_or_two += 0 < count <= 2
        four += count >= 4
        six += count >= 6
    size = len(sample)
    texts = [link.text for link in sample if link.text]
    return {
        "words": words / size / 14,
        "no text": 1 - len(texts) / size,
        "1 or 2 words": one_or_two / size,
        "4 words": four / size,
        "6 words": six / size,
        "distinct texts": len(set(texts)) / len(texts) if texts else 0,
        "date in text": sum(map(_holds_date, texts)) / size,
        "heading": sum([link.is_heading for link in sample]) / size,
    }


def _holds_date(text: str) -> bool:
    return _DATE.search(text) is not None or ("ago" in text and _AGO.search(text) is not None)


def _twins(group: Group) -> Features:
    twins = group.twins[:_SAMPLE]
    count = len(twins)
    return {
        "links to same": sum([min(len(same), 4) for same in twins]) / count / 4,
        "comments link": sum([len(same) > 1 and any(t.is_comments for t in same) for same in twins]) / count,
    }


def _addresses(sample: tuple[Link, ...], view: View) -> Features:
    slug = digits = number = in_query = section = root = document = own_site = below = 0
    for link in sample:
        url = link.url
        address, _, query = url.partition("?")
        path = address[8:].partition("/")[2].translate(_SHAPE)
        slug += path.count("-") + path.count("_") + path.count(",") + path.count("+") + path.count("%99") >= 3
        if "999" in path:
            digits += "9999" in path
            number += "999" in path.rstrip("/").rpartition("/")[2]
        if query:
            in_query += "=99" in query.translate(_SHAPE)
        else:
            root += not path
        section += _SECTION.search(url, 8) is not None
        document += link.document != ""
        own_site += url.startswith(view.origin) or _domain(_origin(url)) == view.domain
        below += url.startswith(view.section)
    size = len(sample)
    return {
        "4-word slug": slug / size,
        "4 digits": digits / size,
        "number last": number / size,
        "number in query": in_query / size,
        "section": section / size,
        "root": root / size,
        "document": document / size,
        "own site": own_site / size,
        "below page": below / size,
    }


@lru_cache(4096)
def _domain(origin: str) -> str:
    """Roughly the domain that an origin's owner registered; the exact one (publicsuffix.org) is not needed here."""
    labels = origin.partition("//")[2].partition(":")[0].rpartition("@")[2].lower().split(".")
    is_short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3  # co.uk, com.br
    return ".".join(labels[-3 if is_short else -2 :])


def _origin(url: str) -> str:
    end = url.find("/", 8)
    return url[:end] if end > 0 else url


def _places(group: Group) -> Features:
    place = group.links[0].place
    near = place.nearby(3)
    records = dict.fromkeys(group.records)
    parents = Counter([record.parent for record in records])
    tag = group.records[0].element.tag
    return {
        "furniture near": near & Sign.FURNITURE > 0,
        "furniture far": place.around & Sign.FURNITURE > 0,
        "title near": near & Sign.TITLE > 0,
        "article": near & Sign.ARTICLE > 0,
        "nesting": place.depth / 30,
        "siblings": max(parents.values()) / len(records),
        "record is p": tag == "p",
        "record is li": tag == "li",
        "record is a": tag == "a",
    }


def record_features_of(group: Group, view: View) -> Features:
    """The features that need a look into the records."""
    records = tuple(dict.fromkeys(group.records))
    sample = records[:: -(-len(records) // _RECORDS)]
    columns = zip(*[_record(record, view) for record in sample], strict=True)
    return {name: sum(column) / len(sample) for name, column in zip(RECORD_FEATURES, columns, strict=True)}


RECORD_FEATURES = ("record links", "only link", "record date", "link share")


def _record(record: Place, view: View) -> tuple[float, ...]:
    element = record.element
    links = list(islice(element.iter("a"), _MOST_LINKS))
    # Gathering all pieces is faster, but not in a record that may be the whole page.
    pieces = _pieces_of(element)[:_TEXTS] if len(links) < _MOST_LINKS else islice(element.itertext(), _TEXTS)
    text = " ".join(pieces)
    linked = sum([len(view.links[link].text) for link in links if link in view.links])
    return (
        len(links) / _MOST_LINKS,
        len(links) == 1,
        _holds_date(text[:_START]) or next(element.iter("time"), None) is not None,
        min(1, linked / (len(" ".join(text.split())) or 1)),
    )
