"""What is published is on the disk before it takes the place of what was there, and stays there without power."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from feedmaker.write import Output


def test_files_are_on_the_disk_before_any_is_put_in_place_and_the_folder_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = Output(tmp_path)
    calls: list[str] = []

    def noted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def note(subject: Any, *rest: Any) -> Any:
            path = Path(f"/proc/self/fd/{subject}").readlink() if isinstance(subject, int) else Path(subject)
            calls.append(f"{name} {'folder' if path.is_dir() else path.name.split('-')[-1].removesuffix('.feedmaker')}")
            return call(subject, *rest)

        return note

    for name in ("fsync", "replace"):
        monkeypatch.setattr(os, name, noted(name, getattr(os, name)))
    output.publish({"a.rss": b"<rss/>", "a.json": b"{}"})
    assert calls == ["fsync a.rss", "fsync a.json", "replace a.rss", "replace a.json", "fsync folder"]
