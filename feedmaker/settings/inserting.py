"""A source put into the text of a settings file, with every other byte left as it is."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from feedmaker.settings.document import Loader

Source = Mapping[str, object]


def with_source(text: str, name: str, values: Source) -> str:
    """The text with one more source at the end of its sources, in the form in which these are written.

    ``text`` is valid YAML, a mapping or nothing; ``values`` are the source's settings, its ``url`` among them.
    """
    lines = _Lines(text)
    root = yaml.compose(text, Loader)
    if not isinstance(root, yaml.MappingNode):
        return lines.with_block(len(lines.all), "", {"sources": {name: _short(values)}})
    key, sources = next(((key, value) for key, value in root.value if key.value == "sources"), (None, None))
    if key is None or sources is None:
        return _with_sources(lines, root, name, values)
    if isinstance(sources, yaml.MappingNode) and sources.value and not sources.flow_style:
        indent = " " * sources.value[0][0].start_mark.column
        return lines.with_block(_last_line(sources) + 1, indent, {name: _short(values)})
    if root.flow_style or (isinstance(sources, yaml.MappingNode) and _holds_something(text, sources)):
        return _in_braces(text, sources, name, values)
    return _in_place(text, key, sources, name, values)


def _with_sources(lines: _Lines, root: yaml.MappingNode, name: str, values: Source) -> str:
    """The text of a file that has other settings alone."""
    if not root.flow_style:
        return lines.with_block(_last_line(root) + 1, "", {"sources": {name: _short(values)}})
    return _before_the_brace(lines.text, root, {"sources": {name: _short(values)}})


def _in_braces(text: str, sources: yaml.Node, name: str, values: Source) -> str:
    """The text of a file whose sources stand in braces, or are nothing in a file that does."""
    if isinstance(sources, yaml.MappingNode):
        return _before_the_brace(text, sources, {name: _short(values)})
    start, end = sources.start_mark.index, sources.end_mark.index
    return f"{text[:start].rstrip()} {_dumped({name: _short(values)}, flow=True)}{text[end:]}"


def _before_the_brace(text: str, node: yaml.MappingNode, added: Source) -> str:
    """The text with something added behind the last value in the braces of a mapping."""
    inner = _dumped(added, flow=True)[1:-1]
    if not node.value:
        at = node.start_mark.index + 1
        return text[:at] + inner + text[at:]
    at = node.value[-1][1].end_mark.index
    return f"{text[:at]}, {inner}{text[at:]}"


def _in_place(text: str, key: yaml.Node, sources: yaml.Node, name: str, values: Source) -> str:
    """The text of a file whose sources are written as nothing: as ``{}``, ``~``, or not at all."""
    start, end = sources.start_mark.index, sources.end_mark.index
    rest = text[end:] if end > start else text[start:]
    lines = _Lines(text[:start].rstrip(" ") + rest)
    indent = " " * (key.start_mark.column + 2)
    return lines.with_block(key.end_mark.line + 1, indent, {name: _short(values)})


def _holds_something(text: str, node: yaml.MappingNode) -> bool:
    """Whether anything, be it a comment, stands in the braces of a mapping."""
    return bool(text[node.start_mark.index + 1 : node.end_mark.index - 1].strip())


def _last_line(node: yaml.Node) -> int:
    """The line (from 0) on which a node's last word stands; a block's own end mark lies behind the comments below."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    # A text in the form of a block ends where the next line begins, unless the file ends without one.
    is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") and node.end_mark.column == 0
    return int(node.end_mark.line) - int(is_block)


class _Lines:
    """A text by its lines, which all end as its first one does."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.all = text.splitlines(keepends=True)
        self.end = "\r\n" if self.all and self.all[0].endswith("\r\n") else "\n"

    def with_block(self, at: int, indent: str, added: Source) -> str:
        """The text with a mapping put in front of the line of that number."""
        before, after = self.all[:at], self.all[at:]
        if before and not before[-1].endswith(("\n", "\r")):
            before[-1] += self.end
        block = [f"{indent}{line}{self.end}" for line in _dumped(added).split("\n")]
        return "".join((*before, *block, *after))


def _short(values: Source) -> object:
    return values["url"] if list(values) == ["url"] else dict(values)


def _dumped(value: object, *, flow: bool = False) -> str:
    editor, out = YAML(), StringIO()
    editor.default_flow_style = flow
    editor.width = 2**20  # never fold a line
    editor.dump(_quoted(value), out)
    return out.getvalue().rstrip("\n")


def _quoted(value: object) -> object:
    """The value with texts that hold any kind of line break in double quotes, which alone keep them as they are."""
    if isinstance(value, Mapping):
        return {key: _quoted(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_quoted(each) for each in value]
    if isinstance(value, str) and value.splitlines() != [value]:
        return DoubleQuotedScalarString(value)
    return value
