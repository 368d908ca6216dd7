"""The end-to-end benchmark runs where no corpus is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_benchmark_measures_the_demo_without_a_corpus(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.end_to_end", "--corpus", str(tmp_path / "none"), "--json"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert figures["pages"] == 10
    assert 0 < figures["parse"] < figures["read"] < figures["followed"]
