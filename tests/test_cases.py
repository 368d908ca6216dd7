"""Golden cases: each folder cases/<site>/<case>/ holds a saved page, what should be read from it, and when.

page.html is the page as served, whatever it holds: its headers tell of XML and JSON. meta.json says of what ``kind``
it is (``article`` or ``listing``), its ``url``, the frozen time ``now``, the response's ``headers``, whether the
``content`` is read too, the ``source``'s options as in the settings file, texts that must be ``absent`` from the
result, and texts that the ``note`` of a listing must hold. expected.json has every field of the result that holds
something; one more or one less is a failure. ``python -m tests.save_case`` saves a new case.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from feedmaker.extract.listing import extract_listing
from feedmaker.model import Alternative, Entry, How, Image, ListedItem, Listing, Person, Source
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.reading import entry_of, listing_of
from feedmaker.settings import load_settings

CASES = Path(__file__).parent / "cases"
FOLDERS = sorted(file.parent for file in CASES.glob("*/*/meta.json"))
META = {"about", "kind", "url", "now", "headers", "content", "source", "absent", "note"}


class Kind(Enum):
    """What a saved page is read as."""

    ARTICLE = "article"
    LISTING = "listing"


def read_case(page: bytes, meta: Mapping[str, Any]) -> dict[str, Any]:
    """Read a saved page as its meta.json says, and give the result in the form of expected.json."""
    source = _source(meta["url"], meta.get("source", {}))
    context = Context.of(datetime.fromisoformat(meta["now"]), source.timezone)
    saved = page_of(page, meta["url"], meta.get("headers", {}))
    match Kind(meta["kind"]):
        case Kind.ARTICLE:
            return as_json(entry_of(saved, context, content=meta.get("content", False)))
        case Kind.LISTING:
            return as_json(listing_of(saved, source.rules, context))


def note_of(page: bytes, meta: Mapping[str, Any]) -> str:
    """What the reading of a saved listing says of itself in words."""
    source = _source(meta["url"], meta.get("source", {}))
    return extract_listing(page_of(page, meta["url"], meta.get("headers", {})), source.rules).how.note


def as_json(value: Entry | Listing | ListedItem | Image | Person | Alternative) -> dict[str, Any]:
    """The fields that hold something. ``provenance`` is left out: where a value was found may change freely."""
    names = [name for name in value.__dataclass_fields__ if name != "provenance"]
    fields = {name: _plain(getattr(value, name)) for name in names}
    return {name: field for name, field in fields.items() if field not in (None, "", [])}


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, How):
        return value.extractor
    if isinstance(value, ListedItem | Image | Person | Alternative):
        return as_json(value)
    return value


def _source(url: str, options: Mapping[str, Any]) -> Source:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "sources.yaml"
        file.write_text(json.dumps({"sources": {"case": {"url": url, **options}}}), "utf-8")  # JSON is YAML
        return load_settings(file).sources[0]


def name_of(folder: Path) -> str:
    return str(folder.relative_to(CASES))


def meta_of(folder: Path) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((folder / "meta.json").read_text("utf-8"))
    return meta


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_a_saved_page_is_read_as_expected(folder: Path) -> None:
    meta = meta_of(folder)
    result = read_case((folder / "page.html").read_bytes(), meta)
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    got_and_wanted = {
        name: (result.get(name), expected.get(name))
        for name in sorted({*result, *expected})
        if result.get(name) != expected.get(name)
    }
    assert got_and_wanted == {}


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if "note" in meta_of(folder)], ids=name_of)
def test_a_listing_says_of_itself_what_a_person_needs_to_know(folder: Path) -> None:
    meta = meta_of(folder)
    note = note_of((folder / "page.html").read_bytes(), meta)
    assert [text for text in meta["note"] if text not in note] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_an_expectation_holds_nothing_that_must_be_absent(folder: Path) -> None:
    meta = meta_of(folder)
    page, expected = (folder / "page.html").read_bytes(), (folder / "expected.json").read_text("utf-8")
    encoding = page_of(page, meta["url"], meta.get("headers", {})).encoding
    for text in meta.get("absent", []):
        assert text not in expected
        assert text in page.decode(encoding), f"{text!r} is not on the page, so its absence shows nothing"


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_a_case_is_complete(folder: Path) -> None:
    meta = meta_of(folder)
    assert meta.keys() <= META
    assert meta["about"]
    assert {file.name for file in folder.iterdir()} == {"page.html", "meta.json", "expected.json"}


def test_a_saved_case_holds_what_is_read_now(tmp_path: Path) -> None:
    case = CASES / "fenwick-courier/open-graph"
    meta = json.loads((case / "meta.json").read_text("utf-8"))
    command = [sys.executable, "-m", "tests.save_case", str(case / "page.html"), "site/case", "--url", meta["url"]]
    options = ["--now", "2025-02-08T09:00", "--cases", str(tmp_path), "--about", "A test."]
    subprocess.run([*command, *options], cwd=CASES.parents[1], check=True, capture_output=True, timeout=60)
    saved = tmp_path / "site/case"
    meta = json.loads((saved / "meta.json").read_text("utf-8"))
    assert meta.keys() <= META
    assert meta["now"] == "2025-02-08T09:00:00+00:00"
    page = (saved / "page.html").read_bytes()
    assert page == (case / "page.html").read_bytes()
    assert json.loads((saved / "expected.json").read_text("utf-8")) == read_case(page, meta)
    again = subprocess.run([*command, *options], cwd=CASES.parents[1], check=False, capture_output=True, timeout=60)
    assert again.returncode == 2
