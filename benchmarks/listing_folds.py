"""How well pages of sites are read that no weight was fitted on: ``python -m benchmarks.listing_folds [CORPUS]``.

The sites of the corpus are dealt into four parts. The weights of ``feedmaker/extract/listing/score.py`` are fitted on
three of them and the fourth is read with these, for each part in turn. Printed are the means over sites, beside what
the weights as they stand give on the pages that they were fitted on.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import fmean
from typing import Any

import feedmaker
from benchmarks.listing_weights import RIDGES, Row, fit, keys_of, rows_of
from benchmarks.listings import CORPUS
from feedmaker.extract.listing import score
from feedmaker.extract.listing.score import Reading

FOLDS = 4
FIGURES: dict[str, Callable[[float], float]] = {
    "items F1": lambda f1: f1,
    "pages with F1 of 0.9 or more": lambda f1: f1 >= 0.9,
}
Truth = dict[str, Any]
Scores = dict[tuple[Reading, str], list[float]]  # the F1 of each page of a site


def main(corpus: Path) -> None:
    """Print the table."""
    pages = [json.loads(line) for line in (corpus / "truth.jsonl").read_text("utf-8").splitlines()]
    seen = _scores(pages, corpus)
    rows = {page["id"]: _rows(page, pages, corpus) for page in pages}
    unseen: Scores = defaultdict(list)
    for number in range(FOLDS):
        held_out = [page for page in pages if _fold(page) == number]
        _fit([page for page in pages if _fold(page) != number], rows)
        for site, values in _scores(held_out, corpus).items():
            unseen[site] += values
    print(f"{'':<40}{'as it stands':>16}{'never seen':>16}")
    for reading in Reading:
        for name, figure in FIGURES.items():
            cells = (_mean(scores, reading, figure) for scores in (seen, unseen))
            print(f"{f'{reading.value}: {name}':<40}" + "".join(f"{cell:>16.3f}" for cell in cells))


def _mean(scores: Scores, reading: Reading, figure: Callable[[float], float]) -> float:
    """The mean of a figure over the pages of a site, and then over sites."""
    return fmean(fmean(map(figure, values)) for (kind, _), values in scores.items() if kind is reading)


def _reading(page: Truth) -> Reading:
    return Reading.REGISTER if page["kind"] == "court" else Reading.STORIES


def _fold(page: Truth) -> int:
    return zlib.crc32(f"fold {page['site']}".encode()) % FOLDS


def _rows(page: Truth, pages: list[Truth], corpus: Path) -> list[Row]:
    sites = Counter(each["site"] for each in pages if _reading(each) is _reading(page))
    names = [name for name in score.WEIGHTS[_reading(page)] if name != "bias"]
    return list(rows_of(page, corpus, names, sites[page["site"]]))


def _fit(pages: list[Truth], rows: dict[str, list[Row]]) -> None:
    """Fit the weights on some pages, and read with these from now on."""
    for reading, weights in score.WEIGHTS.items():
        chosen = [row for page in pages if _reading(page) is reading for row in rows[page["id"]]]
        names = ["bias", *(name for name in weights if name != "bias")]
        weights.update(zip(names, fit(chosen, RIDGES[reading]), strict=True))
    score.MODELS = tuple(map(score.Model.of, Reading))  # made of the weights when the module is read


def _scores(pages: list[Truth], corpus: Path) -> Scores:
    scores: Scores = defaultdict(list)
    for page in pages:
        html = gzip.decompress((corpus / "pages" / f"{page['id']}.html.gz").read_bytes())
        found = keys_of(item.url for item in feedmaker.read_listing(html, page["url"]).items)
        wanted, also = keys_of(item["url"] for item in page["items"]), keys_of(page["also"])
        scores[_reading(page), page["site"]].append(2 * len(found & wanted) / (len(found - also) + len(wanted)))
    return scores


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
