"""Are the entries still found where a page is written otherwise? ``python -m benchmarks.listing_robustness [CORPUS]``.

The tree of each page is changed in ways that people hardly see. Printed are, as means over sites, how well the entries
are found, and the share of those that keep the title, day and picture that they have on the page as it stands. A rule
that leans on one way of writing pages shows here as a figure that falls.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any

from lxml.html import HtmlElement

from benchmarks.listing_weights import keys_of
from benchmarks.listings import CORPUS
from feedmaker.model import ListedItem, ListingRules
from feedmaker.normalize.context import Context
from feedmaker.normalize.encoding import page_of
from feedmaker.reading.pages import listing_of

FIGURES = ("items F1, sites", "good, sites", "items F1, registers", "same title", "same day", "same picture")
PLAIN = {"time": "span", **dict.fromkeys(("article", "section", "nav", "header", "footer", "aside", "main"), "div")}
SPACE = re.compile(r"\s+")
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what lxml reads but does not set
Change = Callable[[HtmlElement], None]
Truth = dict[str, Any]
Items = dict[tuple[str, str, str], ListedItem]


def elements(tree: HtmlElement, *tags: str) -> list[HtmlElement]:
    """All elements of a tree, or those of some tags."""
    return list(tree.iter(*(tags or "*")))


def without_names(tree: HtmlElement) -> None:
    """No class, no id."""
    for each in elements(tree):
        each.attrib.pop("class", None)
        each.attrib.pop("id", None)


def with_hashed_names(tree: HtmlElement) -> None:
    """A hash for each word of a class, as tools for styles write them, which number nothing; no id."""
    for each in elements(tree):
        words = [word for word in each.get("class", "").split() if not re.search(r"\d", word)]
        each.set("class", " ".join("css-" + hashlib.md5(word.encode()).hexdigest()[:6] for word in words))
        each.attrib.pop("id", None)


def renamed(tags: dict[str, str], tree: HtmlElement) -> None:
    """Other tags for some, without what only these can say: a role, a moment."""
    for each in elements(tree, *tags):
        each.tag = tags[each.tag]
        each.attrib.pop("datetime", None)
        each.attrib.pop("role", None)


def minified(tree: HtmlElement) -> None:
    """No white space between elements, and one space instead of several."""
    for each in elements(tree):
        if each.tag not in ("pre", "script", "style", "textarea"):
            texts = (SPACE.sub(" ", UNWRITABLE.sub("", text or "")) for text in (each.text, each.tail))
            each.text, each.tail = (None if text == " " else text for text in texts)


def wrapped(tree: HtmlElement) -> None:
    """Two more elements within each card, list item and named part."""
    for each in elements(tree, "article", "section", "li", "div"):
        if each.tag != "div" or each.get("class"):
            outer, inner = each.makeelement("div"), each.makeelement("div")
            outer.append(inner)
            inner.text, each.text = UNWRITABLE.sub("", each.text or ""), None
            inner.extend(list(each))
            each.append(outer)


def with_links_wrapped(tree: HtmlElement) -> None:
    """An element of its own around each link."""
    for link in elements(tree, "a"):
        wrapper = link.makeelement("div")
        wrapper.tail, link.tail = UNWRITABLE.sub("", link.tail or ""), None
        link.addprevious(wrapper)
        wrapper.append(link)


CHANGES: dict[str, Change] = {
    "no classes, no ids": without_names,
    "hashed classes": with_hashed_names,
    "no headings": partial(renamed, {f"h{level}": "div" for level in range(1, 7)}),
    "no time, article, nav": partial(renamed, PLAIN),
    "minified": minified,
    "wrapped": wrapped,
    "each link in a div": with_links_wrapped,
}


def main(corpus: Path) -> None:
    """Print the table."""
    pages = [json.loads(line) for line in (corpus / "truth.jsonl").read_text("utf-8").splitlines()]
    originals = {page["id"]: items_of(page, corpus) for page in pages}
    print(" " * 24 + "".join(f"{name:>21}" for name in FIGURES))
    for name, change in {"original": None, **CHANGES}.items():
        sites: dict[str, dict[str, list[float]]] = {figure: defaultdict(list) for figure in FIGURES}
        for page in pages:
            for figure, value in figures_of(page, items_of(page, corpus, change), originals[page["id"]]).items():
                sites[figure][page["site"]].append(value)
        cells = (f"{fmean(map(fmean, by.values())) if by else math.nan:21.3f}" for by in sites.values())
        print(f"{name:<24}" + "".join(cells), flush=True)


def items_of(page: Truth, corpus: Path, change: Change | None = None) -> Items:
    """The entries of a changed page by their addresses."""
    read = page_of(gzip.decompress((corpus / "pages" / f"{page['id']}.html.gz").read_bytes()), page["url"])
    if change:
        change(read.tree)
    items = listing_of(read, ListingRules(), Context.of(None)).items
    return {key: item for item in reversed(items) for key in keys_of([item.url])}


def figures_of(page: Truth, found: Items, original: Items) -> dict[str, float]:
    """The figures of one page."""
    wanted, also = keys_of(item["url"] for item in page["items"]), keys_of(page["also"])
    f1 = 2 * len(found.keys() & wanted) / (len(found.keys() - also) + len(wanted))
    if page["kind"] == "court":
        return {"items F1, registers": f1}
    pairs = [(found[key], original[key]) for key in found.keys() & original.keys() & wanted]
    same = {
        "same title": [one.title == other.title for one, other in pairs],
        "same day": [str(one.published)[:10] == str(other.published)[:10] for one, other in pairs if other.published],
        "same picture": [one.image == other.image for one, other in pairs if other.image],
    }
    shares = {name: fmean(values) for name, values in same.items() if values}
    return {"items F1, sites": f1, "good, sites": f1 >= 0.9, **shares}


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
