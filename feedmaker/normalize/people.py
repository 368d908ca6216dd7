"""Raw authors -> people."""

from __future__ import annotations

from feedmaker.model import Person, RawPerson
from feedmaker.normalize.text import plain
from feedmaker.normalize.urls import absolute


def people(raw: tuple[RawPerson, ...], base_url: str) -> tuple[Person, ...]:
    """The people of a group, in its order, each once."""
    found: dict[str, Person] = {}
    for person in raw:
        name = plain(person.name)
        if name and "://" not in name:
            found.setdefault(name.casefold(), Person(name, absolute(person.url, base_url) if person.url else None))
    return tuple(found.values())
