"""Chosen links -> drafts: each field out of the link's record."""

from __future__ import annotations

from collections.abc import Iterator

from feedmaker.extract.listing.groups import Group
from feedmaker.extract.listing.links import text_of, word_count
from feedmaker.extract.listing.pictures import pictures_of, repeated_pictures
from feedmaker.extract.listing.places import Sign
from feedmaker.extract.listing.records import Record, read_record, roots_of
from feedmaker.extract.listing.times import date_slots, dates_of
from feedmaker.extract.listing.titles import titles_of
from feedmaker.model import Candidate, Draft, RawPerson

_SHORT = 80


def cards_of(group: Group, repeated: frozenset[str]) -> Iterator[tuple[int, Draft]]:
    """A draft for each link of the group, with the link's place in the page's order."""
    records = [
        read_record(link, twins, roots)
        for link, twins, roots in zip(group.links, group.twins, roots_of(group.records), strict=True)
    ]
    slots = date_slots(records)
    pictures = repeated_pictures(records)
    for record in records:
        titles = titles_of(record, repeated)
        draft = Draft(
            record.link.url,
            titles=titles,
            summaries=_summaries(record, titles),
            published=dates_of(record, slots),
            images=pictures_of(record, pictures),
            authors=_authors(record),
            tags=_tags(record),
        )
        yield record.link.order, draft


def _summaries(record: Record, titles: tuple[Candidate[str], ...]) -> tuple[Candidate[str], ...]:
    title = titles[0].value if titles else ""
    for element in record.paragraphs:
        text = text_of(element)
        if word_count(text) >= 5 and text != title and not text.startswith(title):
            return (Candidate(text, element.tag),)
    return ()


def _authors(record: Record) -> tuple[Candidate[tuple[RawPerson, ...]], ...]:
    people: dict[str, RawPerson] = {}
    for link in record.links:
        if "author" in (link.get("rel") or "") or link.get("itemprop") == "author":
            people.setdefault(text_of(link), RawPerson(text_of(link), link.get("href")))
    if not people:
        for signs, element in record.signed:
            text = text_of(element)
            if signs & Sign.AUTHOR and 0 < len(text) < _SHORT:
                people.setdefault(text, RawPerson(text))
                break
    people.pop("", None)
    return (Candidate(tuple(people.values()), "record"),) if people else ()


def _tags(record: Record) -> tuple[Candidate[tuple[str, ...]], ...]:
    tags = [text_of(link) for link in record.links if "tag" in (link.get("rel") or "").split()]
    if not tags:
        tags = [text_of(element) for signs, element in record.signed if signs & Sign.TAG and not len(element)]
    tags = [tag for tag in dict.fromkeys(tags) if 0 < len(tag) < _SHORT]
    return (Candidate(tuple(tags), "record"),) if tags else ()
