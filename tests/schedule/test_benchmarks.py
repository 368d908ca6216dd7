"""The benchmarks of the schedule and the state run, at a size that takes seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any


def measured(module: str, *options: str) -> Any:
    command = [sys.executable, "-m", f"benchmarks.{module}", *options, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)


def test_what_it_takes_to_keep_sources_fresh_is_measured() -> None:
    figures = measured("scale", "--sources", "30", "--hosts", "5", "--seconds", "3", "--speed", "600")
    assert figures["kept"]["refreshes"] > 0, "half an hour makes some of them due"
    assert figures["kept"]["failed"] == 0
    assert figures["fetched"]["fetches"] == figures["kept"]["refreshes"]
    assert figures["status"] > 0
    assert 0 < figures["kept"]["lateness"][0] <= figures["kept"]["lateness"][1]


def test_a_year_of_the_state_is_measured_and_it_stays_as_large_as_it_was_once_it_was_full() -> None:
    samples = measured("growth", "--sources", "60", "--days", "150", "--step", "5")
    assert [sample["day"] for sample in samples] == [30, 60, 90, 120, 150]
    full = next(sample for sample in samples if sample["day"] == 90)
    assert samples[-1]["entries"] <= full["entries"] * 1.05
    assert samples[-1]["pages"] <= full["pages"] * 1.1
    assert samples[-1]["state"] <= full["state"] * 1.1


def test_with_as_many_requests_an_adaptive_source_sees_its_news_sooner() -> None:
    for figures in measured("adaptive", "--weeks", "8"):
        if figures["entries"] >= 4:  # of fewer, chance decides in four weeks
            assert figures["wait"] < 0.95 * figures["wait_even"]
