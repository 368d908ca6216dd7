"""The same content gives the same bytes, and ids outlive what changes around them."""

from __future__ import annotations

import hashlib
import json
import locale
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from feedmaker.write import render_feed, render_overview
from feedmaker.write.page import spoken
from tests.write.samples import ENTRY, NOON, feed, nasty_feed

ROOT = Path(__file__).parents[2]
DIGEST = """
import hashlib
from feedmaker.write import render_feed, render_overview
from tests.write.samples import nasty_feed
files = render_feed(nasty_feed()) | render_overview([nasty_feed()], base_url=None)
print(hashlib.sha256(repr(files).encode()).hexdigest())
"""


def test_the_same_feed_gives_the_same_bytes_in_another_process_zone_and_hash_seed() -> None:
    here = hashlib.sha256(repr(render_feed(nasty_feed()) | render_overview([nasty_feed()], base_url=None)).encode())
    environment = os.environ | {"TZ": "Asia/Kolkata", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    there = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert there.stdout.strip() == here.hexdigest()


def test_writing_a_feed_never_touches_the_locale_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> str:
        raise AssertionError("the locale was switched")

    monkeypatch.setattr(locale, "setlocale", refuse)
    assert len(render_feed(feed(ENTRY))) == 3


def test_the_time_of_the_last_change_moves_the_page_but_no_feed() -> None:
    before, after = feed(ENTRY), replace(feed(ENTRY), changed_at=NOON + timedelta(days=1))
    assert render_feed(before) == render_feed(after)
    changed = [
        name
        for name, content in render_overview([after], base_url=None).items()
        if content != render_overview([before], base_url=None)[name]
    ]
    assert changed == ["index.html"]


def test_a_feed_keeps_its_id_when_its_address_title_or_place_of_publication_changes() -> None:
    made = feed(ENTRY)
    same = [
        replace(made, base_url=None),
        replace(made, title="Renamed"),
        replace(made, home_url="http://www.harbour.example/regions/americas"),
    ]
    assert {_atom_id(each) for each in [made, *same]} == {_atom_id(made)}
    found = replace(made, source_url="https://www.harbour.example/api", home_url="https://harbour.org/")
    assert _atom_id(found) == _atom_id(made)
    assert _atom_id(replace(made, name="another")) != _atom_id(made)
    assert _atom_id(replace(made, home_url="https://other.example/americas/")) != _atom_id(made)


def _atom_id(made: object) -> str:
    atom = next(content for name, content in render_feed(made).items() if name.endswith(".atom"))  # type: ignore[arg-type]
    return str(feedparser.parse(atom)["feed"]["id"])


def test_an_entry_stands_in_a_feed_once() -> None:
    twice = feed(replace(ENTRY, title="first"), replace(ENTRY, title="second"))
    titles = [item["title"] for item in json.loads(render_feed(twice)["harbour-americas.json"])["items"]]
    assert titles == ["first"]


def test_people_read_times_in_utc() -> None:
    assert spoken(NOON + timedelta(minutes=5)) == "6 Feb 2025, 12:05"
