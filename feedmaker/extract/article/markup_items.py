"""Items that stand in a page's own markup, microdata and RDFa Lite, as nodes of one shape with JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from feedmaker.extract.article.json_text import Json
from feedmaker.extract.article.nodes import Node
from feedmaker.extract.article.survey import text_of

_MANY = 2_000  # marked elements of a page that are read; real pages have some hundred at most
_LONG = 2_000  # characters of a property's text; the story's text itself is not read here
_UNREAD = frozenset(("articleBody", "text", "reviewBody", "comment", "hasPart", "isPartOf"))
_ADDRESS = {"a": "href", "link": "href", "area": "href", "img": "src", "audio": "src", "video": "src", "embed": "src"}
_ADDRESS |= {"iframe": "src", "source": "src", "track": "src", "object": "data"}


@dataclass(frozen=True, slots=True)
class Syntax:
    """The attributes of a syntax: what opens an item, names its type, its identity and a property."""

    scope: str
    type: str
    identity: str
    property: str


def items(elements: Iterable[HtmlElement], syntax: Syntax) -> list[Json]:
    """The items of marked elements (in document order); properties outside of any item belong to the page."""
    page: Node = {"@type": "WebPage"}
    found: list[Json] = [page]
    owners: dict[HtmlElement, Node] = {}
    for element, _ in zip(elements, range(_MANY), strict=False):
        owner = next((owners[e] for e in element.iterancestors() if e in owners), None)
        properties = list(_properties(element, syntax))
        value: Json = None
        if element.get(syntax.scope) is not None:
            value = owners[element] = _item(element, syntax)
            if not properties or owner is None:
                found.append(value)
        elif (properties and element.tag != "meta") or element.get("content"):
            value = _value(element)
        for name in properties:
            _append(page if owner is None else owner, name, value)
    return found


def _item(element: HtmlElement, syntax: Syntax) -> Node:
    node: Node = {"@type": [*(element.get(syntax.type) or "").split()]}
    if identity := element.get(syntax.identity):
        node["@id"] = identity
    return node


def _properties(element: HtmlElement, syntax: Syntax) -> Iterator[str]:
    """The names of an element's properties; a prefix stands for schema.org unless it is another vocabulary's."""
    for name in (element.get(syntax.property) or "").split():
        prefix, _, local = name.rpartition(":")
        if prefix in ("", "schema", "http", "https"):
            yield local.rsplit("/", 1)[-1]


def _append(node: Node, name: str, value: Json) -> None:
    values = node.setdefault(name, [])
    if isinstance(values, list) and value is not None and name not in _UNREAD:
        values.append(value)


def _value(element: HtmlElement) -> Json:
    """A property's value (HTML Standard, 5.2.4); ``content`` is heeded on every element, as publishers use it."""
    for attribute in ("content", "datetime", _ADDRESS.get(element.tag, "value")):
        value: str | None = element.get(attribute)
        if value:
            return value
    return text_of(element)[:_LONG]
