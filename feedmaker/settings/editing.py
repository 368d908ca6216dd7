"""Sources added to a settings file in a way that keeps its comments, order and layout."""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Mapping
from io import StringIO
from pathlib import Path

import yaml
from ruamel.yaml import YAML

from feedmaker.errors import OutputError, SettingsError, SettingsFault
from feedmaker.settings.file import read_text
from feedmaker.settings.load import load_settings

NEW_FILE = "output: ./feeds\nsources: {}\n"


def add_source(
    path: Path, name: str, values: Mapping[str, object], environment: Mapping[str, str] | None = None
) -> None:
    """Add a source at the end of the file's sources; a file that is not there is made.

    ``values`` are the source's settings, ``url`` first; ``environment`` is that of ``load_settings``. The file is
    replaced only by one that is right: raises SettingsError for a file with faults, a name that is taken or values that
    do not fit, and OutputError when the file cannot be written.
    """
    is_new = not path.exists()
    if not is_new and any(source.name == name for source in load_settings(path, environment).sources):
        fault = SettingsFault(
            path, None, f"sources.{name}", "A source of this name exists.", "Choose another (--name)."
        )
        raise SettingsError((fault,))
    text = _with_source(NEW_FILE if is_new else read_text(path), name, values)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, suffix=path.suffix, delete=False
        ) as file:
            file.write(text)
        _replace(Path(file.name), path, environment)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}; check its permissions", path=path) from error


def _with_source(text: str, name: str, values: Mapping[str, object]) -> str:
    """The text with one more source; everything else in it stays to the letter where sources stand in lines."""
    root = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode), "the file was loaded before"
    sources = next((value for key, value in root.value if key.value == "sources"), None)
    if not isinstance(sources, yaml.MappingNode) or sources.flow_style or not sources.value:
        return _rewritten(text, name, values)
    lines = text.splitlines(keepends=True)
    end = _last_line(sources) + 1
    if not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    indent = " " * sources.value[0][0].start_mark.column
    added = "".join(f"{indent}{line}" for line in _dumped({name: _short(values)}).splitlines(keepends=True))
    return "".join((*lines[:end], added, *lines[end:]))


def _last_line(node: yaml.Node) -> int:
    """The line (from 0) on which a node's last word stands; a block's own end mark lies behind the comments below."""
    if not isinstance(node, yaml.CollectionNode) or not node.value or node.flow_style:
        is_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        return node.end_mark.line - int(is_block)
    last = node.value[-1]
    return _last_line(last[1] if isinstance(last, tuple) else last)


def _rewritten(text: str, name: str, values: Mapping[str, object]) -> str:
    """The text with one more source in a mapping that is empty or written in braces."""
    editor = _editor()
    document = editor.load(text)
    sources = document["sources"] or {}
    document["sources"] = {**sources, name: _short(values)}
    out = StringIO()
    editor.dump(document, out)
    return out.getvalue()


def _short(values: Mapping[str, object]) -> object:
    return values["url"] if list(values) == ["url"] else dict(values)


def _dumped(document: object) -> str:
    out = StringIO()
    _editor().dump(document, out)
    return out.getvalue()


def _editor() -> YAML:
    editor = YAML()
    editor.preserve_quotes = True
    editor.width = 4096
    return editor


def _replace(written: Path, path: Path, environment: Mapping[str, str] | None) -> None:
    """Put the new file in the old one's place if it is right; it is gone in any case."""
    try:
        load_settings(written, environment)
        if path.exists():
            written.chmod(stat.S_IMODE(path.stat().st_mode))
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)
