"""How well listing pages are read, on real pages: ``python -m benchmarks.listings [CORPUS]``.

CORPUS holds ``pages/`` and ``truth.jsonl``, and the script that scores them stands beside it (``../../bench``). The
figures are means over sites: of the whole corpus, and of two halves that share no site, so that a rule that helps only
the pages it was made for shows. The last row is the CPU time of a page, as a multiple of what lxml takes to parse it.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "listings"
FIGURES = {
    "items F1, sites": "site_f1",
    "pages with F1 of 0.9 or more, sites": "site_good",
    "titles right among found": "site_titles",
    "days right among found that show one": "site_dates",
    "pictures right among found that show one": "site_images",
    "next page found": "site_next",
    "items F1, registers": "court_f1",
}
NOT_OFFERED = {"newspaper4k": {"site_dates", "site_images", "site_next"}}  # it finds addresses and titles alone
Scores = dict[str, float]


def main(corpus: Path) -> None:
    """Print the table for this project, and for newspaper4k where it is installed."""
    script = corpus.parent.parent / "bench" / "score_listings.py"
    if not script.exists():
        sys.exit(f"{script} is missing; expected a corpus with its scoring script two folders up in bench/")
    with tempfile.TemporaryDirectory() as folder:
        halves = [half_of(corpus, number, Path(folder)) for number in (0, 1)]
        columns = {
            "feedmaker": score(script, corpus),
            "one half": score(script, halves[0]),
            "other half": score(script, halves[1]),
        }
        if importlib.util.find_spec("newspaper"):
            columns["newspaper4k"] = score(script, corpus, "newspaper")
        floor = score(script, corpus, "parse")["ms"]
    print_table(columns, floor)


def half_of(corpus: Path, number: int, folder: Path) -> Path:
    """The pages of every second site, as a corpus of its own."""
    half = folder / f"half-{number}"
    half.mkdir()
    (half / "pages").symlink_to((corpus / "pages").resolve())
    rows = (corpus / "truth.jsonl").read_text("utf-8").splitlines()
    chosen = [row for row in rows if zlib.crc32(json.loads(row)["site"].encode()) % 2 == number]
    (half / "truth.jsonl").write_text("\n".join(chosen) + "\n", "utf-8")
    return half


def score(script: Path, corpus: Path, tool: str = "feedmaker") -> Scores:
    """The figures of one tool, measured in a process of its own."""
    command = [sys.executable, str(script), str(corpus), "--tool", tool, "--json"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT)})
    scores: Scores = json.loads(run.stdout.splitlines()[-1])
    return scores


def print_table(columns: dict[str, Scores], floor: float) -> None:
    """One row a figure, one column a tool or a half."""
    width = max(map(len, FIGURES)) + 2
    print(" " * width + "".join(f"{name:>13}" for name in columns))
    for name, key in FIGURES.items():
        cells = (
            f"{scores[key]:13.3f}" if key in scores and key not in NOT_OFFERED.get(tool, ()) else f"{'-':>13}"
            for tool, scores in columns.items()
        )
        print(f"{name:<{width}}" + "".join(cells))
    times = (f"{scores['ms']:8.1f} ms" + f" ({scores['ms'] / floor:.1f} x)" for scores in columns.values())
    print(f"{'CPU a page; the parse alone takes':<{width}}{floor:.1f} ms:" + "".join(f"{cell:>18}" for cell in times))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS)
