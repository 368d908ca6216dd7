"""CPU of the real pipeline over a real socket: an article that is followed, and a section that has not changed.

    python -m benchmarks.end_to_end [--corpus PATH] [--sections N] [--json]

A corpus of article pages (``pages/<id>.html.gz`` and ``truth.jsonl``) is served by the ``serve_corpus.py`` in the
folder ``bench`` beside its parent; without one the demo's site is served. The server is a process of its own, so that
only the reader's CPU counts. Figures are CPU milliseconds, and their ratio to lxml's parse of the same pages in the
same run, which says more on a machine whose speed is not known.
"""

from __future__ import annotations

import json
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import click
import lxml.html

from feedmaker.fetch import Fetcher
from feedmaker.model import NotModified, Outcome, Page, Result, Source
from feedmaker.reading import read_article
from feedmaker.refresh import Services, open_services, refresh_source
from feedmaker.settings import Settings, load_settings

CORPUS = Path(__file__).parents[2] / "shared/corpus/articles"
ITEMS = 20  # articles a section
STEP = 3  # sections K and K + 3 of the corpus share no article
UNCHANGED_ROUNDS = 10
START_SECONDS = 20
DEMO = (
    "from feedmaker.demo import DemoSite; import sys; site = DemoSite(int(sys.argv[1])).__enter__(); sys.stdin.read()"
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figures:
    """CPU in milliseconds: a page's parse by lxml, its reading, the whole way of an article, an unchanged section."""

    pages: int
    kilobytes: float
    parse: float
    read: float
    followed: float
    unchanged: float


class Recorder:
    """The web, with every page that came from it kept."""

    def __init__(self, web: Fetcher) -> None:
        self.web = web
        self.pages: list[Page] = []

    def fetch(self, url: str, **options: Any) -> Page | NotModified:
        answer = self.web.fetch(url, **options)
        if isinstance(answer, Page):
            self.pages.append(answer)
        return answer


@click.command(help=__doc__)
@click.option("--corpus", type=click.Path(path_type=Path), default=CORPUS, help="Folder of article pages.")
@click.option("--sections", default=6, show_default=True, help=f"Sections of {ITEMS} articles; one more warms up.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def main(corpus: Path, sections: int, as_json: bool) -> None:
    script = corpus.resolve().parent.parent / "bench/serve_corpus.py"
    port = free_port()
    if corpus.is_dir() and script.is_file():
        paths = [f"s{STEP * number}/" for number in range(sections + 1)]
        command = [str(script), str(corpus), str(port), "--sections", str(STEP * len(paths)), "--items", str(ITEMS)]
    else:
        paths = ["harbour/", "harbour/?again"]  # the same stories twice: once to warm up
        command = ["-c", DEMO, str(port)]
    with served(command, port), TemporaryDirectory(prefix="feedmaker-") as folder:
        figures = measure(settings_for(Path(folder), port, paths))
    print(json.dumps({name: getattr(figures, name) for name in Figures.__slots__}) if as_json else table(figures))


def measure(settings: Settings) -> Figures:
    """Build the first source to warm up, then measure the others."""
    with open_services(settings) as (services, web):
        build(settings.sources[0], services)
        sections, recorder = settings.sources[1:], Recorder(web)
        recording = replace(services, web=recorder)
        _, followed = timed(lambda: [build(source, recording) for source in sections])
        rounds = [timed(lambda: [again(source, services) for source in sections])[1] for _ in range(UNCHANGED_ROUNDS)]
    listings = {source.url for source in sections}
    pages = [(page.url, page.content) for page in recorder.pages if page.url not in listings]
    _, parse = timed(lambda: [lxml.html.document_fromstring(body) for _, body in pages])
    _, read = timed(lambda: [read_article(body, url) for url, body in pages])
    return Figures(
        pages=len(pages),
        kilobytes=sum(len(body) for _, body in pages) / len(pages) / 1000,
        parse=parse / len(pages),
        read=read / len(pages),
        followed=followed / len(pages),
        unchanged=statistics.median(rounds) / len(sections),
    )


def build(source: Source, services: Services) -> Outcome:
    outcome = refresh_source(source, services)
    if outcome.result is not Result.CHANGED or outcome.warnings:
        raise click.ClickException(f"{source.url} was not read in full: {outcome}")
    return outcome


def again(source: Source, services: Services) -> Outcome:
    outcome = refresh_source(source, services)
    if outcome.result is not Result.UNCHANGED or outcome.requests != 1:
        raise click.ClickException(f"{source.url} was expected to be unchanged: {outcome}")
    return outcome


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What the work gives, and the CPU milliseconds of all of this process's threads that it took."""
    start = time.process_time()
    result = work()
    return result, 1000 * (time.process_time() - start)


def table(figures: Figures) -> str:
    rows = {
        "lxml's parse alone": figures.parse,
        "read_article alone": figures.read,
        "a followed article, end to end": figures.followed,
        "a refresh of an unchanged section": figures.unchanged,
    }
    lines = [f"{figures.pages} articles, {figures.kilobytes:.0f} kB each on average; CPU, and its ratio to the parse"]
    return "\n".join(lines + [f"{name:36}{ms:8.2f} ms {ms / figures.parse:7.2f} x" for name, ms in rows.items()])


def settings_for(folder: Path, port: int, paths: list[str]) -> Settings:
    rules = {"items": ".card", "fields": {"image": "img@data-src"}}
    sources = {
        f"section-{number}": {"url": f"http://127.0.0.1:{port}/{path}", **rules} for number, path in enumerate(paths)
    }
    options = {"every": "30m", "follow": "metadata", "delay": "0s"}
    text = {"allow_private": ["127.0.0.0/8"], "allow_ports": [port], "defaults": options, "sources": sources}
    file = folder / "sources.yaml"
    file.write_text(json.dumps(text), "utf-8")  # JSON is YAML
    return load_settings(file)


@contextmanager
def served(command: list[str], port: int) -> Iterator[None]:
    """A server in a process of its own, from when it accepts connections."""
    process = subprocess.Popen([sys.executable, *command], stdin=subprocess.PIPE)
    try:
        wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(10)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise click.ClickException(f"The server on port {port} did not start within {START_SECONDS} s: {process.args!r}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
