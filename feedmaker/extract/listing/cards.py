"""Entries' records -> drafts: each field where the list's template says that it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml.html import HtmlElement

from feedmaker.extract.listing.groups import Group
from feedmaker.extract.listing.links import Link
from feedmaker.extract.listing.pictures import PICTURE_TAGS, pictures_of
from feedmaker.extract.listing.places import Place
from feedmaker.extract.listing.records import holders_of, narrowed, roots_of
from feedmaker.extract.listing.template import (
    Roots,
    Shown,
    Slot,
    Template,
    names_author,
    names_tag,
    shown_in,
    summary_text,
    template_of,
)
from feedmaker.extract.listing.texts import text_of
from feedmaker.extract.listing.times import dates_of
from feedmaker.extract.listing.titles import title_place, titles_of
from feedmaker.extract.listing.titletemplate import TitleTemplate, title_templates_of
from feedmaker.model import Candidate, Draft, RawImage, RawPerson
from feedmaker.normalize.dates import looks_like_date

_SAMPLE = 50  # records whose titles are compared: enough to know what the others show beside theirs
_BARS = re.compile(r"[|•·]")
_DIGIT = re.compile(r"\d")
_MORE = 40  # characters of "read more" in any language
_ENDS = (".", "…", "!", "?", "]", ")", "”", "»", "“", "。")  # of a sentence
_SHORT = 80  # characters of a name or a tag


@dataclass(frozen=True, slots=True)
class Card:
    """What one entry's record offers.

    ``order`` is its place on the page; ``element`` is where rules look for fields, None for one that is not shown.
    """

    order: int
    draft: Draft
    element: HtmlElement | None


class Record(NamedTuple):
    """An entry's link, the links to the same address, and the elements that make its record."""

    link: Link
    twins: Sequence[Link]
    element: HtmlElement
    roots: Roots


def group_cards(groups: Sequence[Group], repeated: frozenset[str]) -> list[Card]:
    """A card for each link of the groups."""
    holders = holders_of(record for group in groups for record in group.records)
    places = [narrowed(group.records, group.links, holders) for group in groups]
    occupied = _occupied(place for each in places for place in each)
    lists = []
    for group, own in zip(groups, places, strict=True):
        rows = zip(group.links, group.twins, own, roots_of(own, occupied), strict=True)
        lists.append([Record(link, twins, place.element, roots) for link, twins, place, roots in rows])
    return cards_of(lists, repeated)


def _occupied(records: Iterable[Place]) -> set[HtmlElement]:
    """Every element that holds an entry."""
    places: set[Place] = set()
    for place in records:
        above: Place | None = place
        while above and above not in places:
            places.add(above)
            above = above.parent
    return {place.element for place in places}


def cards_of(lists: Sequence[Sequence[Record]], repeated: frozenset[str]) -> list[Card]:
    """Cards of the records of one page, list by list, of which each stand alike."""
    templates = title_templates_of([_titles(records, repeated) for records in lists])
    return [
        card
        for records, titles in zip(lists, templates, strict=True)
        if records
        for card in _cards(records, repeated, titles)
    ]


def _titles(records: Sequence[Record], repeated: frozenset[str]) -> list[HtmlElement]:
    """The elements that show the titles of some records."""
    sample = records[:: -(-len(records) // _SAMPLE) or 1]
    places = (title_place(each.link, each.roots, repeated) for each in sample)
    return [place for place in places if place is not None]


def _cards(records: Sequence[Record], repeated: frozenset[str], title_template: TitleTemplate) -> list[Card]:
    texts = {record.link.text for record in records}
    runs = [titles_of(each.link, each.twins, each.roots, repeated, title_template) for each in records]
    template = template_of([each.roots for each in records], [run[0].value if run else "" for run in runs], texts)
    more = tuple(text for text in repeated if 0 < len(text) <= _MORE)
    drafts = (_draft(*pair, template, texts, more) for pair in zip(records, runs, strict=True))
    return [Card(each.link.order, draft, each.element) for each, draft in zip(records, drafts, strict=True)]


def _draft(
    record: Record, titles: tuple[Candidate[str], ...], template: Template, texts: set[str], more: tuple[str, ...]
) -> Draft:
    shown = shown_in(record.roots, template)
    title = titles[0].value if titles else ""
    return Draft(
        record.link.url,
        titles=titles,
        summaries=_summaries(shown, template, title, texts, more) if template.summaries else (),
        published=dates_of(record.link, shown, template, texts),
        images=_images(record, shown, template),
        authors=_authors(shown, template) if template.authors else (),
        tags=_tags(shown, template) if template.tags else (),
    )


def _images(record: Record, shown: Shown, template: Template) -> tuple[Candidate[RawImage], ...]:
    """The record's pictures, or else those of links to the same entry elsewhere on the page."""
    links = (twin.element for twin in record.twins)
    if shown.pictures and (found := pictures_of(shown.pictures, template.signs, links)):
        return found
    elsewhere = [picture for twin in record.twins if twin.has_picture for picture in twin.element.iter(*PICTURE_TAGS)]
    return pictures_of(elsewhere, template.signs, links) if elsewhere else ()


def _summaries(
    shown: Shown, template: Template, title: str, texts: set[str], more: tuple[str, ...]
) -> tuple[Candidate[str], ...]:
    """The first text that sums up the record, without a "read more" (``more``) behind its last sentence."""
    for slot, element in shown.inside(template.summaries):
        if text := summary_text(element, title, texts):
            if text.endswith(more):
                head = text[: -max(len(each) for each in more if text.endswith(each))].rstrip()
                text = head if head.endswith(_ENDS) else text
            return (Candidate(text, ".".join(filter(None, slot))),)
    return ()


def _authors(shown: Shown, template: Template) -> tuple[Candidate[tuple[RawPerson, ...]], ...]:
    people: dict[str, RawPerson] = {}
    first: Slot | None = None
    for slot, element in shown.inside(template.authors):
        if slot == (first or slot) and names_author(element):
            for text in _bylines(element):
                first = slot
                people.setdefault(text, RawPerson(text, element.get("href")))
    return (Candidate(tuple(people.values()), "record"),) if people else ()


def _bylines(element: HtmlElement) -> list[str]:
    """The names in an element, without the dates that stand among them."""
    text = text_of(element, _is_time)
    parts = (part.strip() for part in _BARS.split(text))
    return [part for part in parts if 0 < len(part) < _SHORT and not (_DIGIT.search(part) and looks_like_date(part))]


def _is_time(element: HtmlElement) -> bool:
    return element.tag == "time" or (not len(element) and looks_like_date(text_of(element)))


def _tags(shown: Shown, template: Template) -> tuple[Candidate[tuple[str, ...]], ...]:
    tags = dict.fromkeys(text_of(each) for _, each in shown.inside(template.tags[:1]) if names_tag(each))
    words = tuple(tag for tag in tags if 0 < len(tag) < _SHORT)
    return (Candidate(words, "record"),) if words else ()
