"""A site with one section for faults to befall, and the table of what was tried and survived at the end of a run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import served
from tests.faults.running import Clock, Feeds, Place, Run
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


@dataclass
class Town:
    """A run, by the test's clock, that has made the feed of ``town`` with its two stories before a fault befalls it."""

    site: Site
    place: Place
    clock: Clock
    before: Feeds | None = None

    @contextmanager
    def run(self, **options: Any) -> Iterator[Run]:
        """The run, with the options of ``Run`` besides its settings and its clock."""
        with Run(self.place.config, environment=self.clock.environment, **options) as run:
            run.refreshed("town", entries=2)
            self.before = self.place.feeds()
            yield run

    def news(self, run: Run, *slugs: str) -> int:
        """Let the site list these stories, or one more, and their source be due; how much was said before."""
        self.site.lists(*(slugs or ("c", "a", "b")))
        mark = run.mark
        self.clock.forward(minutes=2)
        return mark

    def kept(self) -> int:
        """How many entries the feed has; in all feeds must be all that was there before the fault."""
        return self._count(self.place.feeds())

    def kept_at_rest(self) -> int:
        """The same after the run has ended in order."""
        return self._count(self.place.at_rest())

    def _count(self, feeds: Feeds) -> int:
        assert self.before, "nothing was run"
        return len(feeds.keep(self.before).entries["town"])


@pytest.fixture
def town(site: Site, place: Place, clock: Clock) -> Town:
    """The town, whose run a test begins."""
    return Town(site, place, clock)
