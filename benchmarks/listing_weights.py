"""Fit the weights of ``feedmaker/extract/listing/score.py`` anew: ``python -m benchmarks.listing_weights [CORPUS]``.

Prints the two tables as they stand in that module. Each group of links of each page is a row: its features, and which
share of its links the truth names. A page counts as much as any other of its site's pages, and large groups count for
less than their size. The fit is a logistic regression with a ridge (an L2 penalty), by Newton's method.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from benchmarks.listings import CORPUS
from feedmaker.extract.listing.features import View, features_of, record_features_of
from feedmaker.extract.listing.groups import groups_of, repeated_texts
from feedmaker.extract.listing.links import Base, links_of
from feedmaker.extract.listing.score import WEIGHTS, Reading
from feedmaker.normalize.encoding import page_of

SIZE_POWER = 0.7  # of a group's share of its page's links
RIDGES = {Reading.STORIES: 33.0, Reading.REGISTER: 100.0}  # there are fewer kinds of registers than of sites
ROUNDS = 8

Vector = list[float]


@dataclass(frozen=True, slots=True)
class Row:
    """A group's features, whether it is entries, and how much it counts."""

    features: Vector
    is_entries: bool
    weight: float


def main(corpus: Path) -> None:
    """Print a table of weights for each reading."""
    pages = [json.loads(line) for line in (corpus / "truth.jsonl").read_text("utf-8").splitlines()]
    for reading in Reading:
        names = [name for name in WEIGHTS[reading] if name != "bias"]
        chosen = [page for page in pages if (page["kind"] == "court") == (reading is Reading.REGISTER)]
        sites = Counter(page["site"] for page in chosen)
        rows = [row for page in chosen for row in rows_of(page, corpus, names, sites[page["site"]])]
        weights = fit(rows, RIDGES[reading])
        print(f"{reading.name} = {{")
        for name, weight in (("bias", weights[0]), *sorted(zip(names, weights[1:], strict=True), key=lambda p: -p[1])):
            print(f'    "{name}": {weight:.2f},')
        print("}")


def rows_of(truth: dict[str, Any], corpus: Path, names: Sequence[str], pages_of_site: int) -> Iterator[Row]:
    """The groups of a page, each as a row of what is entries in it and one of what is not."""
    page = page_of(gzip.decompress((corpus / "pages" / f"{truth['id']}.html.gz").read_bytes()), str(truth["url"]))
    base = Base(page)
    links = links_of(page, base)
    view = View.of(base, links)
    wanted, also = keys_of(item["url"] for item in truth["items"]), keys_of(truth["also"])
    groups = groups_of(links.found, repeated_texts(links.found))
    keys = [keys_of(link.url for link in group.links) - also for group in groups]
    total = max(1, sum(map(len, keys)))
    for group, addresses in zip(groups, keys, strict=True):
        features = {**features_of(group, view), **record_features_of(group, view)}
        entries = len(addresses & wanted)
        for is_entries, count in ((True, entries), (False, len(addresses) - entries)):
            if count:
                weight = 10 * (count / total) ** SIZE_POWER / math.sqrt(pages_of_site)
                yield Row([features[name] for name in names], is_entries, weight)


def keys_of(urls: Iterable[str]) -> set[tuple[str, str, str]]:
    """Addresses as far as they tell pages apart: without scheme, www., fragment and a last slash."""
    parts = map(urlsplit, urls)
    return {(p.netloc.lower().removeprefix("www."), unquote(p.path).rstrip("/"), p.query) for p in parts}


def fit(rows: list[Row], ridge: float) -> Vector:
    """The bias and the weights of a logistic regression, in the features' own units.

    The ridge is laid on features of mean 0 and deviation 1, so that it treats rare and common ones alike.
    """
    columns = list(zip(*(row.features for row in rows), strict=True))
    means = [sum(column) / len(rows) for column in columns]
    scales = [
        math.sqrt(sum((x - mean) ** 2 for x in column) / len(rows)) or 1.0
        for column, mean in zip(columns, means, strict=True)
    ]
    scaled = [[1.0, *((x - m) / s for x, m, s in zip(row.features, means, scales, strict=True))] for row in rows]
    weights = [0.0] * (len(columns) + 1)
    for _ in range(ROUNDS):
        step = solve(*_newton(rows, scaled, weights, ridge))
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
    own = [weight / scale for weight, scale in zip(weights[1:], scales, strict=True)]
    return [weights[0] - sum(weight * mean for weight, mean in zip(own, means, strict=True)), *own]


def _newton(rows: list[Row], scaled: list[Vector], weights: Vector, ridge: float) -> tuple[list[Vector], Vector]:
    """The Hessian and the gradient of the penalised likelihood; the bias carries no penalty."""
    size = len(weights)
    hessian = [[ridge * (i == j and i > 0) for j in range(size)] for i in range(size)]
    gradient = [-ridge * weight * (i > 0) for i, weight in enumerate(weights)]
    for row, features in zip(rows, scaled, strict=True):
        chance = 1 / (1 + math.exp(-sum(w * x for w, x in zip(weights, features, strict=True))))
        error, spread = row.weight * (row.is_entries - chance), row.weight * chance * (1 - chance)
        for i, x in enumerate(features):
            gradient[i] += error * x
            line, factor = hessian[i], spread * x
            for j in range(i, size):
                line[j] += factor * features[j]
    for i in range(size):
        for j in range(i):
            hessian[i][j] = hessian[j][i]
    return hessian, gradient


def solve(matrix: list[Vector], vector: Vector) -> Vector:
    """The solution of a symmetric, positive system by Gaussian elimination."""
    lines = [[*line, value] for line, value in zip(matrix, vector, strict=True)]
    size = len(lines)
    for i in range(size):
        for j in range(i + 1, size):
            factor = lines[j][i] / lines[i][i]
            for k in range(i, size + 1):
                lines[j][k] -= factor * lines[i][k]
    solution = [0.0] * size
    for i in reversed(range(size)):
        known = sum(lines[i][j] * solution[j] for j in range(i + 1, size))
        solution[i] = (lines[i][size] - known) / lines[i][i]
    return solution


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
