"""What bad input costs, and whether it ever raises: pages that attack, and real pages broken at random.

    python -m benchmarks.bad_input [CORPUS] [--broken N] [--json]

Each attack is made as large as SIZE bytes and read without and with its text; N pages of CORPUS are broken with a fixed
seed and read likewise. Whatever raises ends the run with its trace. CPU is per 300 kB, in milliseconds and as a ratio
to lxml's parse of an ordinary page of that size in the same run. Without CORPUS only the attacks are tried.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import click
import lxml.html
from rich.console import Console
from rich.table import Table

from feedmaker import read_article
from tests.attacks import ARTICLE, URL, attacks, broken

CORPUS = Path(__file__).parents[2] / "shared/corpus/articles"
SIZE = 300_000
WANTED = 200.0  # milliseconds of CPU for each 300 kB
SHOWN = 8  # of the slowest


@dataclass(frozen=True, slots=True)
class Cost:
    """What reading one page cost."""

    page: str
    content: bool
    size: int
    milliseconds: float

    @property
    def rate(self) -> float:
        """Milliseconds for each 300 kB; smaller pages are not counted for less than they are."""
        return self.milliseconds * SIZE / max(self.size, SIZE)


@click.command()
@click.argument("corpus", default=CORPUS, type=click.Path(path_type=Path))
@click.option("--broken", "number", default=500, help="How many broken pages to read.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead of a table.")
def main(corpus: Path, number: int, as_json: bool) -> None:
    """Read bad input."""
    page = ARTICLE.replace("</article>", "<p>Ships may leave again.</p>" * (SIZE // 29) + "</article>").encode()
    floor = min(_milliseconds(lambda: lxml.html.document_fromstring(page)) for _ in range(5))
    costs = [_cost(name, attack, content) for name, attack in attacks(SIZE).items() for content in (False, True)]
    costs += [_cost(name, spoilt, seed % 2 == 1) for seed, (name, spoilt) in enumerate(_broken(corpus, number))]
    if as_json:
        for cost in costs:
            click.echo(json.dumps({**asdict(cost), "rate": cost.rate, "ratio": cost.rate / floor}))
        return
    _print(costs, floor)


def _broken(corpus: Path, number: int) -> Iterator[tuple[str, bytes]]:
    files = sorted((corpus / "pages").glob("*.html.gz"))
    for seed in range(number if files else 0):
        file = files[seed % len(files)]
        yield f"{file.name.removesuffix('.html.gz')}, seed {seed}", broken(gzip.decompress(file.read_bytes()), seed)


def _cost(name: str, page: bytes, content: bool) -> Cost:
    try:
        milliseconds = _milliseconds(lambda: repr(read_article(page, URL, content=content)).encode())
    except Exception as error:
        error.add_note(f"on: {name}{', with its text' if content else ''}")
        raise
    return Cost(name, content, len(page), milliseconds)


def _milliseconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return 1000 * (time.process_time() - start)


def _print(costs: list[Cost], floor: float) -> None:
    table = Table("page", "with text", "bytes", "CPU ms a 300 kB", "of the parse")
    for cost in sorted(costs, key=lambda cost: -cost.rate)[:SHOWN]:
        row = (cost.page, "yes" if cost.content else "no", f"{cost.size:,}", f"{cost.rate:.0f}")
        table.add_row(*row, f"{cost.rate / floor:.1f}")
    slow = sum(cost.rate > WANTED for cost in costs)
    table.add_row(f"{len(costs)} pages", "", "", f"{slow} above {WANTED:.0f}", "")
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
