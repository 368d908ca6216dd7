"""No transport can be added that goes around the guards: only two modules of all Feedmaker open connections."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import feedmaker.fetch

ROOT = Path(feedmaker.fetch.__file__).parent.parent
NETWORK = {"requests", "urllib3", "http.client", "urllib.request", "socket", "ftplib", "httpx", "aiohttp", "playwright"}
GUARDED = {"connection.py", "adapter.py", "transport.py", "resolving.py", "faults.py", "body.py", "addresses.py"}
GUARDED |= {"chromium.py", "rendering.py"}  # the browser has no network of its own
SERVERS = {"demo", "web"}  # they listen; they open no connection of their own
LOCAL = {Path("cli/service_manager.py")}  # datagrams to a socket file of this machine


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def test_nothing_outside_of_fetch_can_open_a_connection() -> None:
    strangers = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in ROOT.rglob("*.py")
        if file.relative_to(ROOT).parts[0] not in {"fetch", *SERVERS} and file.relative_to(ROOT) not in LOCAL
        for name in imported(file)
        if name in NETWORK or name.split(".")[0] in NETWORK
    }
    assert strangers == set()


def test_within_fetch_only_the_guarded_modules_know_the_network() -> None:
    strangers = {
        f"{file.name} imports {name}"
        for file in (ROOT / "fetch").glob("*.py")
        if file.name not in GUARDED
        for name in imported(file)
        if name in NETWORK or name.split(".")[0] in NETWORK - {"requests"}
    }
    assert strangers == set()


def test_sockets_are_opened_in_one_place_alone() -> None:
    places = {file.name for file in ROOT.rglob("*.py") if "create_connection(" in file.read_text("utf-8")}
    assert places == {"connection.py"}
