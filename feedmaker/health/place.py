"""Where on a page its list stands, in words that find it again: is it gone, or there and empty?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import lxml.html

from feedmaker.model import Page
from feedmaker.normalize import urls

MOST = 0.8  # of the entries that are linked on the page stand in the list's element
_IDENTIFIER = re.compile(r"-?[A-Za-z_][\w-]*")  # needs no escape in a selector
_CHANGING = re.compile(r"\d|[A-Z].*[a-z]-|__")  # numbers and hashes in names come and go with each release
_NO_PLACE = {"html", "body"}


def place_of(page: Page, addresses: Iterable[str]) -> str | None:
    """A CSS selector of the smallest element that holds most of the links to these addresses; None if there is none.

    None as well where nothing but the whole page does, or where the element has no name that would find it again.
    """
    wanted = frozenset(addresses)
    holding: Counter[lxml.html.HtmlElement] = Counter()
    linked: set[str] = set()
    for link, url in _links(page, frozenset(map(_end, wanted))):
        if url in wanted and url not in linked:
            linked.add(url)
            holding.update(link.iterancestors())
    enough = MOST * len(linked)
    if len(linked) < 2:
        return None
    smallest = next((each for each in _inner_first(holding) if holding[each] >= enough), None)
    if smallest is None or smallest.tag in _NO_PLACE:
        return None
    selector = _selector(smallest)
    return selector if selector and page.tree.cssselect(selector)[:1] == [smallest] else None


def links_at(page: Page, place: str) -> int | None:
    """How many links stand at a place; None if the place is not there."""
    found = page.tree.cssselect(place)
    return len(found[0].xpath(".//a[@href]")) if found else None


def _links(page: Page, ends: frozenset[str]) -> Iterator[tuple[lxml.html.HtmlElement, str]]:
    """The links whose addresses end in one of these ways, with their addresses, which take a while to be made."""
    for link in page.tree.iter("a"):
        written = link.get("href") or ""
        if _end(written) in ends and (url := urls.absolute(written, page.url)):
            yield link, urls.clean(url)


def _end(address: str) -> str:
    """The last part of an address's path."""
    return address.partition("#")[0].partition("?")[0].rstrip("/ ").rpartition("/")[2]


def _inner_first(holding: Iterable[lxml.html.HtmlElement]) -> list[lxml.html.HtmlElement]:
    return sorted(holding, key=lambda element: sum(1 for _ in element.iterancestors()), reverse=True)


def _selector(element: lxml.html.HtmlElement) -> str | None:
    """The element by its id or classes, below the nearest ancestors that have some if it has none of its own."""
    path: list[str] = []
    for each in (element, *element.iterancestors()):
        if not _IDENTIFIER.fullmatch(each.tag):
            break  # a broken tag, of which the parser made an element with quotes or brackets in its name
        own = _name(each)
        path.insert(0, own)
        if own != each.tag:
            return " > ".join(path)
        if each.tag in _NO_PLACE:
            break
    return None


def _name(element: lxml.html.HtmlElement) -> str:
    id_ = element.get("id") or ""
    if _is_lasting(id_):
        return f"{element.tag}#{id_}"
    return ".".join([element.tag, *(name for name in (element.get("class") or "").split() if _is_lasting(name))][:3])


def _is_lasting(name: str) -> bool:
    return bool(_IDENTIFIER.fullmatch(name)) and not _CHANGING.search(name)
