"""What the records of a list have in common: where each of them shows its date, summary, authors and tags.

Some records are read in full, and what they show tells where to look in all of them. What stands in the same place of
every record is believed before what happens to look like a date or a name in one of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, islice
from typing import NamedTuple

from lxml.html import HtmlElement

from feedmaker.extract.listing.datetexts import date_text
from feedmaker.extract.listing.days import Days
from feedmaker.extract.listing.pictures import BACKGROUND_NAMES, PICTURE_TAGS, address_in, has_background
from feedmaker.extract.listing.places import HEADINGS, Sign, about
from feedmaker.extract.listing.texts import own_text, text_of, word_count

# Attributes that scripts make visible dates of.
STAMPS = (
    "title",
    "content",
    "data-unixtime",
    "data-timestamp",
    "data-utime",
    "data-datetime",
    "data-published",
    "data-date",
    "data-time",
)

_STAMPS = frozenset(STAMPS[2:])
_AUTHOR, _DATE, _SUMMARY, _TAG = map(int, (Sign.AUTHOR, Sign.DATE, Sign.SUMMARY, Sign.TAG))
_NAMED = _AUTHOR | _TAG
_NAMING = frozenset(("rel", "itemprop"))  # attributes that say what an element names
_DATED = frozenset(("abbr", "meta"))  # elements that may say a date in attributes that mean something else elsewhere
_TELLING_NAMES = _NAMING | _STAMPS | BACKGROUND_NAMES

Slot = tuple[str, str]  # tag and first class
Roots = Sequence[HtmlElement]

_SAMPLE = 4  # records that are read in full
_MOST = 60  # elements of a record that are looked at: more are whole articles
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BLOCKS = frozenset(("p", "dd", "div", "span", "section", "blockquote", "td"))
_PREPOSITION = re.compile(r"\bprep\b")  # WordPress' themes: meta-prep-author is "Posted by", not who
_NO_SUMMARY = _AUTHOR | _DATE  # teaser__byline
_SUMMARY_WORDS = 5
_TELLING = 12  # characters of a title that nothing but itself has in its text
_MOSTLY = 0.4


class _SlotOf(dict[Slot, "Slot | None"]):
    """The slot of an element by its tag and whole class, None for one that stands in none of ``slots``.

    Each class is looked at once.
    """

    def __init__(self, slots: Container[Slot]) -> None:
        super().__init__()
        self._slots = slots

    def __missing__(self, key: Slot) -> Slot | None:
        slot = key[0], about(key[1])[0]
        self[key] = found = slot if slot in self._slots else None
        return found


@dataclass(frozen=True)
class Template:
    """The slots of each field, the best first, addresses of pictures that are signs rather than pictures, and the days
    above the records, None where they have none."""

    stamps: tuple[Slot, ...]  # with one of the attributes STAMPS
    dates: tuple[Slot, ...]
    summaries: tuple[Slot, ...]
    authors: tuple[Slot, ...]
    tags: tuple[Slot, ...]
    backgrounds: tuple[str, ...]
    signs: frozenset[str]
    days: Days | None

    @cached_property
    def slots(self) -> frozenset[Slot]:
        """All slots."""
        return frozenset((*self.stamps, *self.dates, *self.summaries, *self.authors, *self.tags))

    @cached_property
    def slot_of(self) -> _SlotOf:
        """Which slot an element stands in."""
        return _SlotOf(self.slots)

    @cached_property
    def sought(self) -> frozenset[str]:
        """The tags of what stands in slots."""
        return frozenset([tag for tag, _ in self.slots])


class Shown(NamedTuple):
    """The first element of one record, those in the slots of its template, its ``<time>`` elements and its pictures."""

    first: HtmlElement
    slots: Mapping[Slot, Sequence[HtmlElement]]
    times: Sequence[HtmlElement]
    pictures: Sequence[HtmlElement]

    def inside(self, slots: tuple[Slot, ...]) -> Iterator[tuple[Slot, HtmlElement]]:
        """The elements that stand in some of the slots, slot by slot."""
        for slot in slots:
            for element in self.slots.get(slot, ()):
                yield slot, element


def shown_in(roots: Roots, template: Template) -> Shown:
    """What a record shows of its template, in one walk; pictures behind other content come last."""
    slots: dict[Slot, list[HtmlElement]] = defaultdict(list)
    times, pictures, behind = [], [], []
    sought, slot_of, backgrounds = template.sought, template.slot_of, template.backgrounds
    for root in roots:
        for element in root.iter():
            tag = element.tag
            if tag == "time":
                times.append(element)
            elif tag in PICTURE_TAGS:
                pictures.append(element)
            if tag in sought and (slot := slot_of[tag, element.get("class", "")]) is not None:
                slots[slot].append(element)
            if tag in backgrounds and has_background(element):
                behind.append(element)
    return Shown(roots[0], slots, times, pictures + behind)


@dataclass(slots=True)
class _Seen:
    """What the sampled records show, counted by slot; ``dated`` are the slots that show a date in this record."""

    elements: Counter[Slot] = field(default_factory=Counter)
    stamps: Counter[Slot] = field(default_factory=Counter)
    dates: Counter[Slot] = field(default_factory=Counter)
    dated: dict[Slot, None] = field(default_factory=dict)
    years: Counter[Slot] = field(default_factory=Counter)
    records: Counter[Slot] = field(default_factory=Counter)
    named_dates: set[Slot] = field(default_factory=set)
    summaries: Counter[Slot] = field(default_factory=Counter)
    authors: Counter[Slot] = field(default_factory=Counter)
    tags: Counter[Slot] = field(default_factory=Counter)
    pictures: Counter[str] = field(default_factory=Counter)
    backgrounds: Counter[str] = field(default_factory=Counter)

    def date_slots(self, records: int) -> list[Slot]:
        """Where most records show a date: slots that are named so first, whole dates first, those with little else."""

        def rank(slot: Slot) -> tuple[bool, float, float]:
            dates = self.dates[slot]
            return slot not in self.named_dates, -self.years[slot] / dates, -dates / self.elements[slot]

        return sorted((slot for slot, count in self.records.items() if count >= _MOSTLY * records), key=rank)


def template_of(records: Sequence[Roots], titles: Sequence[str], texts: set[str]) -> Template:
    """Learn where records show what, from their elements and their titles.

    ``texts`` are the texts of their links: titles, whatever they look like.
    """
    step = -(-len(records) // _SAMPLE)
    sample = records[::step]
    seen, dated = _Seen(), 0
    for roots, title in zip(sample, titles[::step], strict=True):
        pictures: set[str] = set()
        seen.dated.clear()
        for element in elements_of(roots):
            _look_at(element, title, texts, seen)
            if element.tag in PICTURE_TAGS and (address := address_in(element)):
                pictures.add(address)
        seen.pictures.update(pictures)
        seen.records.update(seen.dated.keys())
        dated += bool(seen.dated)
    return Template(
        stamps=_slots(seen.stamps),
        dates=tuple(seen.date_slots(len(sample))[:3]),
        summaries=_slots(seen.summaries),
        authors=_slots(seen.authors),
        tags=_slots(seen.tags),
        backgrounds=tuple(seen.backgrounds),
        days=None if seen.stamps or dated == len(sample) else _days_above(records),
        signs=frozenset(url for url, count in seen.pictures.items() if count > max(2, len(sample) // 4)),
    )


def _days_above(records: Sequence[Roots]) -> Days | None:
    """The days above the records; None where the first and the last are below the same one, or below none."""
    days = Days(len(records))
    first = days.of(records[0][0])
    last = days.of(records[-1][0]) if first else None
    return days if last and last != first else None


def _slots(counted: Counter[Slot]) -> tuple[Slot, ...]:
    return tuple(slot for slot, count in counted.most_common(2) if count)


def elements_of(roots: Roots) -> Iterator[HtmlElement]:
    """The elements of a record in the page's order; of a whole article, only the first."""
    return islice(chain.from_iterable([root.iter("*") for root in roots]), _MOST)


def _look_at(element: HtmlElement, title: str, texts: set[str], seen: _Seen) -> None:
    tag = element.tag
    names = element.keys()
    name, signs = about(element.get("class", "")) if names else ("", 0)
    slot = tag, name
    seen.elements[slot] += 1
    if date := date_text(element, signs, texts):
        seen.dates[slot] += 1
        seen.years[slot] += _YEAR.search(date) is not None
        seen.dated[slot] = None
        if signs & _DATE:
            seen.named_dates.add(slot)
    may_sum_up = tag in ("p", "dd") or (signs & _SUMMARY and tag in _BLOCKS)
    may_sum_up = may_sum_up and not signs & _NO_SUMMARY
    if may_sum_up and summary_text(element, title, texts):
        seen.summaries[slot] += 1 + bool(signs & _SUMMARY)
    if names and (signs & _NAMED or tag in _DATED or not _TELLING_NAMES.isdisjoint(names)):
        _look_at_attributes(element, slot, names, signs, seen)


def _look_at_attributes(element: HtmlElement, slot: Slot, names: list[str], signs: int, seen: _Seen) -> None:
    if signs & _NAMED or not _NAMING.isdisjoint(names):
        if sure := names_author(element):
            seen.authors[slot] += sure
        if names_tag(element):
            seen.tags[slot] += 1
    if not _STAMPS.isdisjoint(names) or (slot[0] in _DATED and _says_when(element)):
        seen.stamps[slot] += 1
    if not BACKGROUND_NAMES.isdisjoint(names) and has_background(element):
        seen.backgrounds[slot[0]] += 1


def _says_when(element: HtmlElement) -> bool:
    return (element.get("itemprop") or "").startswith("date") or "title" in element.attrib


def names_author(element: HtmlElement) -> int:
    """How surely an element names who wrote the entry: 2 by its relation, 1 by its class, 0 not at all."""
    if "author" in (element.get("rel") or "").split() or element.get("itemprop") == "author":
        return 2
    name = element.get("class", "")
    return 1 if about(name)[1] & _AUTHOR and not _PREPOSITION.search(name) else 0


def names_tag(element: HtmlElement) -> bool:
    """Whether an element says that it names what the entry is about; one with others in it holds several."""
    if (element.get("rel") or "").endswith("tag"):
        return True
    name = element.get("class", "")
    return not len(element) and bool(about(name)[1] & _TAG) and not _PREPOSITION.search(name)


def summary_text(element: HtmlElement, title: str, texts: Container[str]) -> str | None:
    """The text of an element that is long enough for a summary; of one that holds the title, what stands beside it."""
    if element.tag in HEADINGS:
        return None
    text = text_of(element)
    if title and (text.startswith(title) or (len(title) >= _TELLING and title in text)):
        text = own_text(element)
    if word_count(text) < _SUMMARY_WORDS or text in texts or text in title:
        return None
    return text
