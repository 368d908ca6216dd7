"""schema.org nodes, from whichever syntax: finding them in a block, following references, reading plain values."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import TypeAlias

from feedmaker.extract.article.json_text import Json

Node: TypeAlias = "dict[str, Json]"

_HOLDERS = (dict, list)  # a union would be built anew at each of its hundred thousand uses
_DEEP = 12  # levels of lists and names within one another that are followed; real ones have two
_MANY = 3_000  # objects and lists of a page that are walked; real pages have a few hundred
# Where a block keeps nodes about its own page; whatever else is nested belongs to something else.
_ABOUT_THE_PAGE = frozenset(("@graph", "mainEntity", "mainEntityOfPage"))
_VOCABULARY = re.compile(r".*[/#:]")
_NAMES = ("@value", "name", "headline", "alternateName")


class Nodes:
    """The nodes of all blocks of a page, and those that references (``{"@id": ...}``) mean."""

    def __init__(self, blocks: list[Json]) -> None:
        self.top: list[Node] = []
        self._by_id: dict[str, Node] = {}
        waiting = deque((block, True) for block in blocks)
        for _ in range(_MANY):
            if not waiting:
                break
            value, is_top = waiting.popleft()
            if isinstance(value, list):
                waiting.extend((item, is_top) for item in value if isinstance(item, _HOLDERS))
            elif isinstance(value, dict):
                self._remember(value, is_top)
                waiting.extend(
                    (nested, is_top and key in _ABOUT_THE_PAGE)
                    for key, nested in value.items()
                    if isinstance(nested, _HOLDERS)
                )

    def _remember(self, node: Node, is_top: bool) -> None:
        if is_top:
            self.top.append(node)
        name = node.get("@id")
        if isinstance(name, str) and len(node) > len(self._by_id.get(name, ())):
            self._by_id[name] = node

    def listed(self, value: Json, depth: int = 0) -> Iterator[Json]:
        """The items of a value, which may be one item, a list, a ``@list`` or a reference; None has none."""
        if isinstance(value, list) and depth < _DEEP:
            for item in value:
                yield from self.listed(item, depth + 1)
        elif isinstance(value, dict):
            if "@list" in value:
                yield from self.listed(value["@list"], depth + 1)
            else:
                yield self._resolved(value)
        elif value is not None:
            yield value

    def _resolved(self, node: Node) -> Node:
        name = node.get("@id")
        return self._by_id.get(name, node) if isinstance(name, str) and len(node) <= 2 else node

    def texts(self, value: Json, depth: int = 0) -> Iterator[str]:
        """The texts of a value: itself, its items, or the names of what it stands for."""
        for item in self.listed(value):
            if isinstance(item, str):
                if item.strip():
                    yield item
            elif isinstance(item, dict) and depth < _DEEP:
                inner = next((item[key] for key in _NAMES if item.get(key)), None)
                yield from self.texts(inner, depth + 1)

    def text(self, value: Json) -> str | None:
        """The first text of a value."""
        return next(self.texts(value), None)


def types_of(node: Node) -> list[str]:
    """The names of a node's types, without the vocabulary's address or prefix."""
    raw = node.get("@type")
    names = raw if isinstance(raw, list) else [raw]
    return [_VOCABULARY.sub("", name.rstrip("/")) for name in names if isinstance(name, str)]
