"""Imports go down: a room imports only rooms with a smaller number, and rooms with equal numbers not one another."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "feedmaker"
ROOMS = {
    "errors": 0,
    "tree": 0,
    "version": 0,
    "model": 1,
    "settings": 2,
    "normalize": 3,
    "fetch": 4,
    "extract": 4,
    "store": 4,
    "write": 4,
    "reading": 5,
    "health": 5,
    "refresh": 6,
    "schedule": 7,
    "cluster": 7,
    "importers": 7,
    "web": 8,
    "demo": 8,
    "cli": 9,
    "__init__": 9,
    "__main__": 10,
}
FILES = sorted(ROOT.rglob("*.py"))


def room(parts: tuple[str, ...]) -> str:
    return parts[0].removesuffix(".py")


def imports(file: Path) -> Iterator[tuple[int, str]]:
    """Line and room of each import of the project's own modules in a file."""
    package = ("feedmaker", *file.relative_to(ROOT).parts[:-1])
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            base = ".".join(package[: len(package) - node.level + 1]) + "." if node.level else ""
            module = base + (node.module or "")
            names = [f"{module.rstrip('.')}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "feedmaker" and len(parts) > 1:
                yield node.lineno, parts[1] if parts[1] in ROOMS else "__init__"


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_room_imports_only_lower_rooms(file: Path) -> None:
    here = room(file.relative_to(ROOT).parts)
    assert here in ROOMS, f"{file} stands in a room that has no number"
    wrong = [
        f"{file}:{line} imports {there}"
        for line, there in imports(file)
        if there != here and ROOMS[there] >= ROOMS[here] and here not in {"__init__", "__main__"}
    ]
    assert wrong == []
