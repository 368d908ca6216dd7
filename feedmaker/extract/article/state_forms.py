"""The forms in which scripts hold a page's state: JSON as it is or assigned, in strings, and as frameworks write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from feedmaker.extract.article.json_text import Json
from feedmaker.extract.article.state_story import TITLES

_DECODER = json.JSONDecoder(strict=False)
_ASSIGNED = re.compile(r"=\s?(?:JSON\.parse\(\s?(?=[\"'])|(?=[{\[]\s{0,9}[\"{\[]))")
_ASSIGNMENTS = 20  # of one script
_FLIGHT = re.compile(r"__next_f\.push\(\[1,\s?(?=\")")
_ROW = re.compile(r"^[0-9a-f]{1,8}:(?=[\[{])")
_FUNCTION = re.compile(r"__NUXT__\s?=\s?\(function\(([\w$,\s]{0,5000})\)\s?\{(?:(?!return)[^{}]){0,200}return\s?(?=\{)")
_LITERAL = re.compile(
    r'("[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z))|(?:(?<=[{,])\s?(\d+|[A-Za-z_$][\w$]*)\s?(?=:))'
    r"|(void 0|!0|!1)|(?<![\w$.])([A-Za-z_$][\w$]*)"
)
_WORDS = {"true": "true", "false": "false", "!0": "true", "!1": "false"}
_LONGEST = 400_000  # characters of a program that is read
_SINGLE_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'")
_WRAPPERS = ("Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "Island")
_REVIVED = 2_000  # values of an object in a flat list that are put together
_DEEP = 6  # levels of it
_OBJECTS = 40  # of a flat list


def states(texts: Iterable[str], tells: Iterable[str]) -> Iterator[Json]:
    """The JSON values that the texts of a page's scripts hold; what cannot be read is passed over.

    Of the parts in which Next.js sends a page, those are read that hold one of ``tells``.
    """
    flight = ""
    for text in texts:
        if text.lstrip().startswith(("{", "[")):
            yield from map(_revived, _decoded(text.lstrip(), 0))
        elif "__next_f" in text:
            parts = (part for match in _FLIGHT.finditer(text) for part in _decoded(text, match.end()))
            flight += "".join(part for part in parts if isinstance(part, str))
        elif found := _FUNCTION.search(text):
            yield from _called(text[:_LONGEST], found)
        else:
            for match in islice(_ASSIGNED.finditer(text), _ASSIGNMENTS):
                yield from _parsed(text, match.end())
    for row in flight.split("\n"):  # a row may begin in one script and end in another
        if (start := _ROW.match(row)) and any(tell in row for tell in tells):
            yield from _decoded(row, start.end())


def _decoded(text: str, at: int) -> Iterator[Json]:
    try:
        yield _DECODER.raw_decode(text, at)[0]
    except (ValueError, RecursionError):
        return


def _parsed(text: str, at: int) -> Iterator[Json]:
    """The value at a place; one in a string, which a script gives to JSON.parse, is read once more."""
    if found := _SINGLE_QUOTED.match(text, at):
        text, at = '"' + found[1].replace("\\'", "'").replace('"', '\\"') + '"', 0
    for value in _decoded(text, at):
        yield from _decoded(value, 0) if isinstance(value, str) else (value,)


def _called(text: str, found: re.Match[str]) -> Iterator[Json]:
    """What Nuxt 2 writes: a function that returns an object of its parameters, called with their values."""
    call = text.rfind("}(")
    for values in _decoded(_as_json(f"[{text[call + 2 :].rpartition('))')[0]}]", {}), 0):
        names = found[1].replace(" ", "").split(",")
        known = dict(zip(names, map(json.dumps, values if isinstance(values, list) else ()), strict=False))
        yield from _decoded(_as_json(text[found.end() : call], known), 0)


def _as_json(literal: str, known: dict[str, str]) -> str:
    """A JavaScript literal as JSON: names of properties quoted, names of values replaced by what is known of them."""

    def written(match: re.Match[str]) -> str:
        string, key, word, name = match.groups()
        return string or (f'"{key}"' if key else known.get(name) or _WORDS.get(word or name) or "null")

    return _LITERAL.sub(written, literal)


def _revived(value: Json) -> Json:
    """What Nuxt 3 writes: a flat list whose objects and lists hold the places of their values (the devalue format).

    Of such a list, the objects that have a title come back, each with what it holds.
    """
    if not (isinstance(value, list) and value and _is_wrapper(value[0])):
        return value
    titled = (
        item for item in value if isinstance(item, dict) and any(isinstance(item.get(key), int) for key in TITLES)
    )
    return [_at(value, item, iter(range(_REVIVED))) for item in islice(titled, _OBJECTS)]


def _at(flat: list[Json], found: Json, left: Iterator[int], depth: int = 0) -> Json:
    """A value of a flat list with the values whose places it holds, as long as there are any ``left``."""

    def inner(place: Json) -> Json:
        if not isinstance(place, int) or not 0 <= place < len(flat) or depth >= _DEEP or next(left, None) is None:
            return None
        return _at(flat, flat[place], left, depth + 1)

    if isinstance(found, dict):
        return {key: inner(place) for key, place in found.items()}
    if isinstance(found, list):
        if found and isinstance(found[0], str):
            return inner(found[-1]) if _is_wrapper(found) else found[-1]  # ["Date", "2025-02-06T18:52:00Z"]
        return [inner(place) for place in found]
    return found


def _is_wrapper(value: Json) -> bool:
    return isinstance(value, list) and len(value) == 2 and value[0] in _WRAPPERS
