"""A build that is killed at any moment under load leaves whole files, and the next one makes everything agree."""

from __future__ import annotations

import json
import multiprocessing
import random
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from itertools import count
from pathlib import Path

import pytest
from lxml import etree

from feedmaker.model import FetchPolicy, Field, FieldRule, Follow, ListingRules, Result, Selector, Source
from feedmaker.refresh import refresh
from feedmaker.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")

SOURCES = ("harbour", "town")
OVERVIEW = {"feeds.opml", "index.html", "feed.css", "favicon.svg"}
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def busy_site() -> Iterator[int]:
    """The port of a site whose sections have one story more whenever they are asked for."""
    numbers = count(1)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            last = next(numbers)
            stories = range(last, max(0, last - 20), -1)
            cards = "".join(f'<p class="card"><a href="{self.path}{n}">The story number {n}</a></p>' for n in stories)
            body = f"<html><title>News</title><body>{cards}</body></html>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture
def settings(busy_site: int, tmp_path: Path) -> Settings:
    """Settings with two sections of that site, the entries made of the listing alone."""
    rules = ListingRules(items=Selector(".card"), fields={Field.TITLE: FieldRule(selectors=(Selector("a"),))})
    policy = FetchPolicy(allow_private=(ip_network("127.0.0.0/8"),), allow_ports=frozenset({busy_site}))
    sources = tuple(
        Source(
            name,
            f"http://127.0.0.1:{busy_site}/{name}/",
            rules=rules,
            follow=Follow.NONE,
            robots=False,
            delay=timedelta(0),
            keep=40,
        )
        for name in SOURCES
    )
    return Settings(tmp_path / "sources.yaml", tmp_path / "feeds", tmp_path / "feedmaker.db", None, policy, sources)


def build_on_and_on(settings: Settings) -> None:
    while True:
        refresh(settings)


def newest(folder: Path, source: str) -> list[int]:
    """The number of the newest story in each file of a feed, each of which must be whole."""
    rss, atom = (etree.parse(folder / f"{source}.{each}") for each in ("rss", "atom"))
    titles = [rss.findtext("channel/item/title"), atom.findtext(f"{ATOM}entry/{ATOM}title")]
    titles.append(json.loads((folder / f"{source}.json").read_bytes())["items"][0]["title"])
    return [int(str(title).rpartition(" ")[2]) for title in titles]


def kill_and_look(settings: Settings, rounds: int) -> None:
    """Kill a busy build at random moments; look at the files each time, then let the next build finish."""
    moments = random.Random(11)
    folder = settings.output
    refresh(settings)
    for number in range(rounds):
        before = newest(folder, "town")[0]
        child = multiprocessing.get_context("fork").Process(target=build_on_and_on, args=(settings,))
        child.start()
        while newest(folder, "town")[0] == before:  # until it is at work
            time.sleep(0.002)
        time.sleep(moments.uniform(0, 0.08))
        child.kill()
        child.join()
        for source in SOURCES:
            found = newest(folder, source)
            assert found == sorted(found, reverse=True), f"round {number}: {source} was replaced out of order"
        assert (folder / "index.html").read_bytes().endswith(b"</html>\n")
        etree.parse(folder / "feeds.opml")
        outcomes = refresh(settings)
        assert [outcome.result for outcome in outcomes] == [Result.CHANGED] * 2, f"round {number}"
        for source in SOURCES:
            assert len(set(newest(folder, source))) == 1, f"round {number}: formats of {source} differ"
        files = {f"{source}.{each}" for source in SOURCES for each in ("rss", "atom", "json")}
        assert {path.name for path in folder.iterdir()} == files | OVERVIEW


def test_a_kill_at_any_moment_of_a_build_leaves_whole_feeds(settings: Settings) -> None:
    kill_and_look(settings, rounds=10)


@pytest.mark.slow
def test_two_hundred_kills_of_builds_leave_whole_feeds(settings: Settings) -> None:
    kill_and_look(settings, rounds=200)
