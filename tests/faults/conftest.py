"""A site with one section for faults to befall, and the table of what was tried and survived at the end of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import served
from tests.faults.running import Clock, Place
from tests.town import Site


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "fault(name): the fault that a test tries, as the table at the end calls it")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if marker := item.get_closest_marker("fault"):
            item.user_properties.append(("fault", marker.args[0]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each fault with how many tests of it were tried, and how many of those survived."""
    outcomes: dict[str, list[str]] = defaultdict(list)
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, ()):
            name = dict(getattr(report, "user_properties", ())).get("fault")
            if name and (report.when == "call" or outcome != "passed"):
                outcomes[str(name)].append(outcome)
    if not outcomes:
        return
    terminalreporter.section("faults")
    width = max(map(len, outcomes))
    for name, found in outcomes.items():
        tried = [outcome for outcome in found if outcome != "skipped"]
        note = f"{tried.count('passed')} of {len(tried)} survived" if tried else "not tried on this machine"
        terminalreporter.write_line(f"{name:{width}}  {note}")
    tried = [name for name, found in outcomes.items() if set(found) != {"skipped"}]
    survived = [name for name in tried if not {"failed", "error"} & set(outcomes[name])]
    terminalreporter.write_line(f"{'faults tried / survived':{width}}  {len(tried)} / {len(survived)}")


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    return Clock(tmp_path)


@pytest.fixture
def site() -> Iterator[Site]:
    """The site at every address of this machine, so that there are many hosts."""
    with served("0.0.0.0") as site:
        yield site


@pytest.fixture
def place(site: Site, tmp_path: Path, new_state: Path) -> Place:
    """Settings with one source, ``town``, whose site lists two stories; a state in which there is nothing yet."""
    site.lists("a", "b")
    place = Place(tmp_path, site.url, {"town": {"url": f"{site.url}/news/"}})
    place.write()
    assert place.state == new_state
    return place
