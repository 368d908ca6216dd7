"""Pages and people's own functions that hang, break their process, or are beyond measure."""

from __future__ import annotations

import os
import select
import subprocess

import pytest

from tests.faults.conftest import Town
from tests.faults.running import PATIENCE, Clock, Place, Run, needs_clock
from tests.town import Answer, Site, article

OWN = """\
import os, re, sys, time
from feedmaker import ListedItem

def entries(page):
    if "ill" in page.text:
        {body}
    for link in page.tree.iter("a"):
        yield ListedItem(url=link.get("href"), title=link.text)
"""
SLOW = {"raises", "exits"}  # tests/reading tries them as well, without a process for each
BODIES = {
    "raises": ("raise KeyError('gone')", "KeyError: 'gone'"),
    "loops": ("re.match(r'(a+)+$', 'a' * 64 + 'b')", "was not read within 2 s"),
    "prints": ("print('noise\\n' * 100_000, flush=True)", '"entries": 3'),
    "exits": ("sys.exit(3)", "SystemExit: 3"),
    "exits at once": ("os._exit(3)", "exit code 3"),
}


@needs_clock
@pytest.mark.parametrize(
    "how",
    [
        pytest.param(
            how, marks=[pytest.mark.fault(f"an extractor plug-in that {how}"), *([pytest.mark.slow] * (how in SLOW))]
        )
        for how in BODIES
    ],
)
def test_a_plug_in_costs_its_own_source_alone(how: str, site: Site, place: Place, clock: Clock) -> None:
    body, words = BODIES[how]
    (place.folder / "own_town.py").write_text(OWN.format(body=body))
    place.sources["plugged"] = {"url": f"{site.url}/news/", "site": "own_town:entries"}
    place.top["deadline"] = "2s"
    place.write()
    with Run(place.config, environment=clock.environment) as run:
        run.refreshed("plugged", entries=2)
        run.refreshed("town", entries=2)
        before = place.feeds()
        site.lists("ill", "a", "b")
        mark = run.mark
        clock.forward(minutes=2)
        run.refreshed("plugged", words, after=mark)
        run.refreshed("town", entries=3, after=mark)
        place.feeds().keep(before)
        site.lists("c", "a", "b")
        mark = run.mark
        clock.forward(minutes=10)
        run.refreshed("plugged", "changed", after=mark)
        run.stop()
    assert len(run.said('"refresh"', '"plugged"', words)) == 1
    assert any(url.endswith("/c") for url in place.at_rest().keep(before).entries["plugged"].values())


def readers(run: Run) -> list[int]:
    """The processes that read pages: the grandchildren of the run, whose parent is the fork server."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid"], capture_output=True, text=True, check=True).stdout
    parents = {int(pid): int(ppid) for pid, ppid in (line.split() for line in listed.splitlines()[1:])}
    return [pid for pid, parent in parents.items() if parents.get(parent) == run.process.pid]


# The program with one thing changed: the parser never comes back from an article with a certain word. The processes
# that read pages import this module as well.
HANGING = """
import re
from feedmaker.cli import main
from feedmaker.reading import pages

extract = pages.extract_article
def extract_article(page, **options):
    if b"story ill" in page.content:
        re.match(r'(a+)+$', 'a' * 64 + 'b')
    return extract(page, **options)
pages.extract_article = extract_article

if __name__ == "__main__":
    main()
"""


@needs_clock
@pytest.mark.fault("a parser that hangs on one page")
def test_an_article_whose_reading_hangs_is_given_up_and_its_process_replaced(place: Place, town: Town) -> None:
    program = place.folder / "hanging.py"
    program.write_text(HANGING)
    place.top["deadline"] = "2s"
    place.write()
    with town.run(program=[str(program)]) as run:
        pids = readers(run)
        mark = town.news(run, "ill", "a", "b")
        run.refreshed("town", entries=3, after=mark)
        run.wait_for("/news/ill was not read within 2 s", after=mark)
        assert not set(pids) <= set(readers(run))
        mark = town.news(run, "c", "ill", "a", "b")
        run.refreshed("town", entries=4, after=mark)
        run.stop(traces=1)  # of Python's own process that starts others: it may be at one when the run ends
    assert town.kept_at_rest() == 4


@pytest.mark.fault("SIGKILL while a page hangs")
def test_the_processes_that_read_pages_end_with_a_run_that_is_killed(site: Site, place: Place) -> None:
    """Also one that a page holds up: an alarm ends it, some seconds after its deadline."""
    (place.folder / "own_town.py").write_text(OWN.format(body=BODIES["loops"][0]))
    place.sources["plugged"] = {"url": f"{site.url}/news/", "site": "own_town:entries"}
    place.top["deadline"] = "1s"
    site.lists("ill")
    place.write()
    with Run(place.config) as run:
        run.refreshed("plugged", "was not read within 1 s")
        watches = [os.pidfd_open(pid) for pid in readers(run)]
        assert watches
        run.kill()
        for watch in watches:
            ended, _, _ = select.select([watch], [], [], PATIENCE)
            assert ended, "a process that reads pages has outlived its run"
            os.close(watch)


@needs_clock
@pytest.mark.fault("a source that renames all its URLs overnight")
def test_stories_under_new_addresses_join_those_that_are_kept(site: Site, place: Place, clock: Clock) -> None:
    slugs = [f"story-{number}" for number in range(12)]
    site.lists(*slugs)
    with Run(place.config, environment=clock.environment) as run:
        run.refreshed("town", entries=12)
        before = place.feeds()
        renamed = [f"2026/{slug}" for slug in slugs]
        site.lists(*renamed)
        for slug, new in zip(slugs, renamed, strict=True):
            site.answers[f"/news/{new}"] = Answer(article(slug))
            site.answers[f"/news/{slug}"] = Answer("", status=301, headers={"Location": f"{site.url}/news/{new}"})
        mark = run.mark
        clock.forward(hours=8)
        run.refreshed("town", entries=24, after=mark)
        run.stop()
    assert len(place.feeds().keep(before).entries["town"]) == 24


@needs_clock
@pytest.mark.fault("100,000 entries in one page")
@pytest.mark.parametrize("number", [10_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_a_page_of_very_many_entries_keeps_the_newest_and_costs_no_other_source(
    number: int, site: Site, place: Place, town: Town
) -> None:
    port = site.url.rpartition(":")[2]
    place.sources["huge"] = {"url": f"http://127.0.1.1:{port}/huge/", "follow": "none", "keep": 50}  # another host
    place.top["deadline"] = "5m"
    place.top["max_bytes"] = 50_000_000
    place.write()
    cards = "".join(
        f'<div class="card"><h2><a href="/n/{n}">The story of number {n}</a></h2></div>' for n in range(number)
    )
    site.answers["/huge/"] = Answer(f"<html><title>Huge</title><body>{cards}</body></html>")
    with town.run() as run:
        run.refreshed("huge", "changed", seconds=300)
        mark = town.news(run)
        run.refreshed("town", entries=3, after=mark)
        run.stop()
    assert len(place.feeds().entries["huge"]) >= 50
