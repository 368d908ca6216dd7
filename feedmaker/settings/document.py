"""A YAML document as plain values that know the lines they stand on, with every fault of its form.

Built from PyYAML's events rather than its nodes or objects: only events know the line of an alias, and a loop over them
cannot run out of stack.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from feedmaker.errors import SettingsFault
from feedmaker.settings.file import UNUSABLE
from feedmaker.settings.invalid import SECRET
from feedmaker.settings.scalars import resolve

DEEPEST = 16  # levels; the settings need 6
TAB = re.compile(r" *\t")
TEXT_TAGS = {None, "!", "tag:yaml.org,2002:str"}
Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

KeyPath = tuple[str | int, ...]


class Block(dict[str, object]):
    """A mapping; ``lines`` has the line of each key."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: dict[str, int] = {}


class Run(list[object]):
    """A list; ``lines`` has the line of each item."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[int] = []


class Refused:
    """Stands for what has been reported already, so that nothing reports it again."""


REFUSED = Refused()


@dataclass(frozen=True, slots=True)
class Document:
    """The root value (REFUSED if the document cannot be read as a whole), and what is wrong with its form."""

    path: Path
    root: object
    faults: tuple[SettingsFault, ...]

    def locate(self, keys: KeyPath) -> tuple[KeyPath, int]:
        """The part of a key path that stands in the document, and its line.

        Keys that are not written, as the ``url`` of a source in its short form, are left out.
        """
        node, line = self.root, 1
        found: list[str | int] = []
        for key in keys:
            below = _below(node, key)
            if below:
                node, line = below
                found.append(key)
        return tuple(found), line

    def fault(self, keys: KeyPath, message: str, hint: str | None = None) -> SettingsFault:
        """A fault of the value at a key path."""
        found, line = self.locate(keys)
        return SettingsFault(self.path, line, dotted(found), message, hint)


def _below(node: object, key: str | int) -> tuple[object, int] | None:
    """The value under one key of a collection, and its line."""
    match node, key:
        case Block(), str() if key in node:
            return node[key], node.lines[key]
        case Run(), int() if key < len(node):
            return node[key], node.lines[key]
    return None


def dotted(keys: KeyPath) -> str:
    """``("sources", "americas", "every")`` as ``sources.americas.every``."""
    return ".".join(str(key) for key in keys)


def compose(text: str, path: Path) -> Document:
    """Read a document, and find what is wrong in its syntax, aliases, anchors, tags, keys, depth and number."""
    composer = _Composer(path)
    try:
        for event in yaml.parse(text, Loader=Loader):
            composer.take(event)
    except yaml.MarkedYAMLError as error:
        composer.refuse_syntax(error, text)
    except _Unreadable:
        composer.root = REFUSED
    return Document(path, composer.root, tuple(composer.faults))


class _Unreadable(Exception):
    """The rest of the document is not worth reading; the fault has been reported."""


@dataclass(slots=True)
class _Open:
    """A collection that has begun; ``key`` of a mapping waits for its value, and is None where a key comes next."""

    value: Block | Run
    line: int
    key: str | Refused | None = None
    key_line: int = 0

    @property
    def wants_key(self) -> bool:
        return isinstance(self.value, Block) and self.key is None

    def here(self) -> Iterator[str | int]:
        if isinstance(self.value, Run):
            yield len(self.value)
        elif isinstance(self.key, str):
            yield self.key


@dataclass(slots=True)
class _Composer:
    """Puts events together; the stack holds the collections that have begun."""

    path: Path
    root: object = None
    documents: int = 0
    faults: list[SettingsFault] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 1
        match event:
            case yaml.DocumentStartEvent():
                self.begin_document(line)
            case yaml.AliasEvent():
                self.fault(line, f"The alias *{self.named(event.anchor)} is not allowed.", "Write the value itself.")
                self.put(REFUSED, line)
            case yaml.ScalarEvent():
                self.check_properties(event, line)
                value = self.scalar(event, line)
                self.put(value, line, None if value is REFUSED else event.value)
            case yaml.CollectionStartEvent():
                self.check_properties(event, line)
                self.begin_collection(Block() if isinstance(event, yaml.MappingStartEvent) else Run(), line)
            case yaml.CollectionEndEvent():
                closed = self.stack.pop()
                self.put(closed.value, closed.line)

    def scalar(self, event: yaml.ScalarEvent, line: int) -> object:
        unusable = UNUSABLE.search(event.value)
        if unusable:
            self.fault(line, f"The character U+{ord(unusable[0]):04X} is not allowed.", "Remove it.")
            return REFUSED
        return resolve(event.value) if event.implicit[0] else event.value

    def begin_document(self, line: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self.fault(line, "A second YAML document begins here.", 'Remove the line "---".')
            raise _Unreadable

    def begin_collection(self, value: Block | Run, line: int) -> None:
        if self.stack and self.stack[-1].wants_key:
            self.fault(line, "A key is a mapping or a list here, expected plain text.", "Write `key: value`.")
        if len(self.stack) == DEEPEST:
            self.fault(line, f"Nested more than {DEEPEST} levels deep.", "No setting needs more than 6.")
            raise _Unreadable
        self.stack.append(_Open(value, line))

    def put(self, value: object, line: int, text: str | None = None) -> None:
        """Add a finished value to the innermost collection; ``text`` is a scalar as it is written."""
        if not self.stack:
            self.root = value
            return
        parent = self.stack[-1]
        if isinstance(parent.value, Run):
            parent.value.append(value)
            parent.value.lines.append(line)
        elif parent.key is None:
            parent.key = REFUSED if text is None else self.key(parent.value, text, line)
            parent.key_line = line
        else:
            if isinstance(parent.key, str):
                parent.value[parent.key] = value
                parent.value.lines[parent.key] = parent.key_line
            parent.key = None

    def key(self, block: Block, name: str, line: int) -> str | Refused:
        if name not in block:
            return name
        first = block.lines[name]
        self.fault(line, f"Given twice, first on line {first}.", "Keep one of them.", name)
        return REFUSED

    def check_properties(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            self.fault(
                line, f"The anchor &{self.named(event.anchor)} is not allowed.", "Write values where they belong."
            )
        tag = getattr(event, "tag", None)
        if tag not in TEXT_TAGS:
            self.fault(line, f"The tag {self.named(tag)} is not allowed.", "Remove it; quotes make a value text.")

    def named(self, name: object) -> object:
        """A name as messages show it: where a password belongs, it is one that wants quotes."""
        return "…" if SECRET.intersection(self.here()) else name

    def here(self) -> tuple[str | int, ...]:
        """The key path of what comes next."""
        return tuple(key for collection in self.stack for key in collection.here())

    def fault(self, line: int, message: str, hint: str, *below: str) -> None:
        keys = (*self.here(), *below)
        self.faults.append(SettingsFault(self.path, line, dotted(keys), message, hint))

    def refuse_syntax(self, error: yaml.MarkedYAMLError, text: str) -> None:
        mark, lines = error.problem_mark or error.context_mark, text.splitlines()
        line = min(mark.line + 1, len(lines)) if mark else 1  # the end of the file has no line of its own
        hint = "Indent with spaces, not tabs." if TAB.match(lines[line - 1]) else _syntax_hint(error)
        self.faults.append(SettingsFault(self.path, line, "", f"Not valid YAML: {error.problem}.", hint))
        self.root = REFUSED


def _syntax_hint(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem or "':'" in problem:
        return "Check the indentation, and quote values that contain a colon and a space."
    if error.context and error.context_mark and "cannot start any token" not in problem:
        return f"It happened {error.context} from line {error.context_mark.line + 1}."
    return "Quote values that begin with one of @ ` % & * ! | > [ { or contain a hash after a space."
