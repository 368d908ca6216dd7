"""Article metadata on real pages: this project beside the best open tools, on two halves of disjoint publishers.

    python -m benchmarks.articles [CORPUS] [--text] [--json]

CORPUS holds ``pages/<id>.html.gz`` and ``truth.jsonl``; the ``score_articles.py`` in the folder ``bench`` beside its
parent scores each tool in a process of its own. trafilatura and newspaper4k are scored where they are installed. A rule
is general if it helps both halves, which is why both are always printed. The cost is CPU, the least of three runs, as a
ratio to the parse of the same pages by lxml.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from rich.console import Console
from rich.table import Table

CORPUS = Path(__file__).parents[2] / "shared/corpus/articles"
ROOT = Path(__file__).parents[1]
FIGURES = ("title", "published", "image", "authors", "tags", "body", "ratio", "raised")
WANTED = {"title": 0.97, "published": 0.97, "image": 0.93, "authors": 0.93, "tags": 0.80, "body": 0.955, "ratio": 3.0}
RUNS = 3
PEERS = {"trafilatura": "trafilatura", "newspaper": "newspaper"}  # name in the scoring script, module


@dataclass(frozen=True, slots=True)
class Scored:
    """A tool's figures on some pages."""

    pages: str
    tool: str
    figures: dict[str, Any]


@click.command()
@click.argument("corpus", default=CORPUS, type=click.Path(exists=True, path_type=Path))
@click.option("--text", is_flag=True, help="Score the articles' texts too, which takes longer.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead of a table.")
def main(corpus: Path, text: bool, as_json: bool) -> None:
    """Score article metadata on CORPUS."""
    peers = [tool for tool, module in PEERS.items() if importlib.util.find_spec(module)]
    rows = []
    for pages, folder, holder in _parts(corpus):
        floor = _score(corpus, folder, "parse")["ms"]
        tools = ["feedmaker", *(["feedmaker-full"] if text else []), *(peers if pages == "all" else [])]
        for tool in tools:
            figures = _score(corpus, folder, tool)
            figures["ratio"] = round(figures["ms"] / floor, 2) if floor else None
            rows.append(Scored(pages, tool, figures))
        if holder:
            holder.cleanup()
    _print(rows, as_json=as_json)


def half_of(publisher: str) -> int:
    """Which half a publisher's pages belong to, 0 or 1; the same on every machine."""
    return hashlib.md5(publisher.encode(), usedforsecurity=False).digest()[-1] % 2


def _parts(corpus: Path) -> list[tuple[str, Path, TemporaryDirectory[str] | None]]:
    """The whole corpus and its two halves, each a folder of the same form."""
    lines = (corpus / "truth.jsonl").read_text("utf-8").splitlines()
    parts: list[tuple[str, Path, TemporaryDirectory[str] | None]] = [("all", corpus, None)]
    for half, name in enumerate(("first half", "second half")):
        holder = TemporaryDirectory()
        folder = Path(holder.name)
        own = [line for line in lines if half_of(json.loads(line)["publisher"]) == half]
        (folder / "truth.jsonl").write_text("\n".join(own), "utf-8")
        (folder / "pages").symlink_to((corpus / "pages").resolve())
        parts.append((name, folder, holder))
    return parts


def _score(corpus: Path, folder: Path, tool: str) -> dict[str, Any]:
    """A tool's figures, with the least CPU time of several runs: whatever else the machine does only adds to it."""
    runs = [_scored_once(corpus, folder, tool) for _ in range(RUNS)]
    return {**runs[0], "ms": min(figures["ms"] for figures in runs)}


def _scored_once(corpus: Path, folder: Path, tool: str) -> dict[str, Any]:
    """Run the scoring script that lies beside the corpus; an error of its own ends the benchmark with its words."""
    script = corpus.resolve().parents[1] / "bench/score_articles.py"
    command = [sys.executable, str(script), str(folder), "--tool", tool, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, check=False)
    if done.returncode:
        raise click.ClickException(f"{script} --tool {tool}: {done.stderr.strip()[-500:] or 'no output'}")
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _print(rows: list[Scored], *, as_json: bool) -> None:
    if as_json:
        for row in rows:
            click.echo(json.dumps({"pages": row.pages, "tool": row.tool, **{k: row.figures[k] for k in FIGURES}}))
        return
    table = Table("pages", "tool", *FIGURES)
    for row in rows:
        table.add_row(row.pages, row.tool, *(str(row.figures[name]) for name in FIGURES))
    table.add_row("unseen", "wanted", *(str(WANTED.get(name, 0)) for name in FIGURES))
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
