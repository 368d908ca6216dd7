"""Raw authors -> people: persons if there are any, else the agency or desk that signed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from feedmaker.model import Candidate, Person, RawPerson
from feedmaker.normalize.names import looks_like_a_name, names
from feedmaker.normalize.sites import is_site, squeezed
from feedmaker.normalize.text import plain
from feedmaker.normalize.urls import absolute, same_site

_ORGANISATION_TYPES = re.compile(r"organi[sz]ation|corporation|business|brand|publisher|website", re.IGNORECASE)
_DESK = re.compile(
    r"\b(?:staff|desk|news|newsroom|newsdesk|editorial|editors|team|agency|agencies|press|media|magazine|times|post|tribune|herald"
    r"|gazette|journal|daily|service|services|network|radio|tv|television|online|redaktion|rédaction|redacción|redaccion|redação"
    r"|redazione|redactie|redaksjon\w*|redaktion\w*|toimitus|redakcja|agence|agencia|agencias|agenzia|agentur|nachrichten\w*"
    r"|contributors?|correspondents|reporters|wire|wires|admin|administrator|webmaster|guest|editor|zeitung|verlag"
    r"|reuters|afp|dpa|apa|sda|ansa|efe|tass|xinhua|bloomberg|sid|epd|kna|ntb|tt|ritzau|belga|anp|pti|ani|ians|upi|bernama|antara)\b",
    re.IGNORECASE,
)
_DESK_CJK = re.compile(r"(?:新聞|新闻|編集|编辑|報道|报道|通信|통신|뉴스|기자단|社|部|局|組|デジタル)")
_DOMAIN = re.compile(r"^\S+\.[a-z]{2,6}$", re.IGNORECASE)
_LONGEST = 1_000  # characters of one text that names authors
_WORD = re.compile(r"\w+")


def people_of(raw: Iterable[RawPerson], base_url: str) -> tuple[Person, ...]:
    """The people and desks of one group, in its order, each name once."""
    return tuple(person for person, _ in _each(raw, base_url) if not is_site(person.name, base_url))


def chosen_authors(
    candidates: Iterable[Candidate[tuple[RawPerson, ...]]], base_url: str, site_names: tuple[str, ...] = ()
) -> tuple[tuple[Person, ...], str | None]:
    """The authors of an entry and where they were found.

    The first candidate that names persons gives them, and behind them the agencies that signed with them; only where
    none names a person, the first that names an agency or a desk gives that. The publisher, which the page calls by
    ``site_names``, is the author only of a story that nobody else signed.
    """
    signed: tuple[tuple[Person, ...], str | None] = ((), None)
    own: list[tuple[Person, str]] = []
    for candidate in candidates:
        persons, desks, publishers = _parted(candidate.value, base_url, site_names)
        if persons:
            return persons + desks, candidate.where
        if desks and signed[1] is None:
            signed = (desks, candidate.where)
        own += [(publisher, candidate.where) for publisher in publishers]
    return signed if signed[1] else _agreed(own)


def _parted(
    raws: Iterable[RawPerson], base_url: str, site_names: tuple[str, ...]
) -> tuple[tuple[Person, ...], tuple[Person, ...], tuple[Person, ...]]:
    """The persons, the agencies and desks, and the publisher's own names of one group."""
    parts: tuple[list[Person], list[Person], list[Person]] = ([], [], [])
    for author, is_person in _each(raws, base_url):
        parts[2 if _is_site(author.name, base_url, site_names) else 0 if is_person else 1].append(author)
    return tuple(parts[0]), tuple(parts[1]), tuple(parts[2])


def _agreed(own: Iterable[tuple[Person, str]]) -> tuple[tuple[Person, ...], str | None]:
    """The publisher, if two sorts of places call it the author; one alone may be what a system writes everywhere."""
    first: dict[str, tuple[Person, str]] = {}
    for person, where in own:
        known, place = first.setdefault(_key(person.name), (person, where))
        if place.partition(" ")[0] != where.partition(" ")[0]:
            return (known,), place
    return (), None


def _each(raws: Iterable[RawPerson], base_url: str) -> Iterator[tuple[Person, bool]]:
    """Every name once, with the address of a page about it, and whether it is a person's."""
    seen = set()
    for raw in raws:
        found = names(plain(raw.name[:_LONGEST]) or "")
        for name in found:
            key = _key(name)
            if key and key not in seen:
                seen.add(key)
                url = _page_about(raw.url, base_url) if len(found) == 1 else None
                yield Person(name, url), names_a_person(name, raw.kind)


@lru_cache(4096)
def names_a_person(name: str, kind: str | None) -> bool:
    """Whether a clean name is a person's and not an agency's or a desk's; ``kind`` is the page's word for it."""
    if kind and _ORGANISATION_TYPES.search(kind):
        return False
    if _DESK.search(name) or _DOMAIN.match(name) or (not name.isascii() and _DESK_CJK.search(name)):
        return False
    return kind == "Person" or looks_like_a_name(name)


def _is_site(name: str, base_url: str, site_names: tuple[str, ...]) -> bool:
    """Whether a name is only the publisher's own, which says nothing of who wrote the story."""
    return is_site(name, base_url) or squeezed(name) in {squeezed(site) for site in site_names}


def _page_about(url: str | None, base_url: str) -> str | None:
    """A page of the same site about a person; a profile elsewhere is none that an article vouches for."""
    address = absolute(url, base_url) if url else None
    return address if address and same_site(address, base_url) and urlsplit(address).path.strip("/") else None


def _key(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold()))
