"""The date of an entry as its record shows it; what stands in the same place of every record is believed first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from feedmaker.extract.listing.places import Sign
from feedmaker.extract.listing.records import Record
from feedmaker.model import Candidate, RawDate
from feedmaker.normalize.dates import looks_like_date
from feedmaker.normalize.urls import date_in_path

Slot = tuple[str, str, bool]

_ATTRIBUTES = (
    "data-unixtime",
    "data-timestamp",
    "data-time",
    "data-datetime",
    "data-date",
    "data-published",
    "data-utime",
)
_SHORT = 80
_OFFERED = 3  # texts of a record that are tried


def date_slots(records: Iterable[Record]) -> list[Slot]:
    """Where the records show dates: slots most of whose texts look like one, the most used first."""
    dates: Counter[Slot] = Counter()
    texts: Counter[Slot] = Counter()
    named: set[Slot] = set()
    for record in records:
        for slot, text, signs in record.pieces:
            texts[slot] += 1
            if len(text) < _SHORT and text != record.link.text and looks_like_date(text):
                dates[slot] += 1
                if signs & Sign.DATE:
                    named.add(slot)
    slots = [slot for slot, count in dates.items() if count >= 0.6 * texts[slot]]
    return sorted(slots, key=lambda slot: (slot not in named, -dates[slot]))


def dates_of(record: Record, slots: list[Slot]) -> tuple[Candidate[RawDate], ...]:
    """The record's dates: machine-readable ones, then visible ones, the address's last."""
    found: dict[str, str] = {}
    for text, where in (*_machine(record), *_visible(record, slots)):
        if text:
            found.setdefault(text, where)
    in_path = date_in_path(record.link.url)
    if in_path:
        found.setdefault(in_path, "address")
    return tuple(Candidate(text, where) for text, where in found.items())


def _machine(record: Record) -> Iterator[tuple[str, str]]:
    for time in sorted(record.times, key=_is_update):
        yield (time.get("datetime") or "").strip(), "time datetime"
        yield " ".join("".join(time.itertext()).split()), "time"


def _is_update(time: HtmlElement) -> bool:
    said = f"{time.get('class', '')} {time.get('itemprop', '')}".lower()
    return "updat" in said or "modif" in said


def _visible(record: Record, slots: list[Slot]) -> Iterator[tuple[str, str]]:
    texts: dict[Slot, str] = {}
    for slot, text, _ in record.pieces:
        if len(text) < _SHORT and text != record.link.text and looks_like_date(text):
            texts.setdefault(slot, text)
    ranked = [slot for slot in slots if slot in texts]
    for slot in (*ranked, *(slot for slot in texts if slot not in slots))[:_OFFERED]:
        yield texts[slot], f"text in {slot[0]}{'.' if slot[1] else ''}{slot[1]}"
