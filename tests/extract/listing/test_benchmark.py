"""The benchmark that changes how pages are written runs, and its changes change what they say."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import lxml.html
import pytest

from benchmarks.listing_robustness import CHANGES
from tests.extract.listing.pages import URL, address, card, html

ROOT = Path(__file__).parents[3]
CARD = "<article id='one' class='story c9'><h2><a href='/one'>A title</a></h2> <p>In words.</p></article>"
CHANGED = {
    "no classes, no ids": "<article><h2><a href='/one'>A title</a></h2> <p>In words.</p></article>",
    "no headings": CARD.replace("h2>", "div>"),
    "no time, article, nav": CARD.replace("article", "div"),
    "minified": CARD.replace("> <", "><"),
    "wrapped": CARD.replace("c9'>", "c9'><div><div>").replace("</article>", "</div></div></article>"),
    "each link in a div": CARD.replace("<a ", "<div><a ").replace("</a>", "</a></div>"),
}


@pytest.mark.parametrize("name", sorted(CHANGED))
def test_a_change_changes_what_it_says_and_nothing_else(name: str) -> None:
    element = lxml.html.fragment_fromstring(CARD)
    CHANGES[name](element)
    assert lxml.html.tostring(element, encoding="unicode").replace('"', "'") == CHANGED[name]


def test_hashes_take_the_place_of_classes_and_are_the_same_for_the_same() -> None:
    tree = lxml.html.fragment_fromstring(f"<div>{CARD}{CARD}</div>")
    CHANGES["hashed classes"](tree)
    one, other = (each.get("class", "") for each in tree.iter("article"))
    assert re.fullmatch(r"css-[0-9a-f]{6}", one)
    assert one == other


def test_the_figures_of_a_page_that_is_easy_to_read_stay_as_they_are(tmp_path: Path) -> None:
    cards = "".join(card(n, f"<time datetime='2025-02-0{n + 1}'>{n + 1} February 2025</time>") for n in range(6))
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "one.html.gz").write_bytes(gzip.compress(html(cards).encode()))
    items = [{"url": address(n)} for n in range(6)]
    truth = {"id": "one", "url": URL, "site": "one", "kind": "news", "items": items, "also": []}
    (tmp_path / "truth.jsonl").write_text(json.dumps(truth) + "\n", "utf-8")
    command = [sys.executable, "-m", "benchmarks.listing_robustness", str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    rows = [line[:24].strip() for line in run.stdout.splitlines()[1:]]
    assert rows == ["original", *CHANGES]
    for line in run.stdout.splitlines()[1:]:
        assert line[24:].split() == ["1.000", "1.000", "nan", "1.000", "1.000", "nan"], "no registers, no pictures"
