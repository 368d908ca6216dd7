"""Whether `feedmaker run` stays as it is: its memory and handles over half an hour of a site that always has news.

    python -m benchmarks.soak [--minutes N] [--sources N] [--json]

Each source lists 30 stories, of which one is new each minute, is refreshed each minute, and has its articles read.
Every tenth has no answer, every tenth an error. Printed are, each minute, the memory of the program and of the
processes that read its pages (PSS: what they share is counted once), its open handles and threads, and the refreshes
so far.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.processes import pss, tree

LISTED = 30
STORY = "<html lang=en><head><title>Story {n}</title><meta property=og:title content='Story {n} of {name}'></head>"
TEXT = "<p>What happened in the story number {n}, told at some length and with care.</p>" * 20


@dataclass(frozen=True, slots=True)
class Sample:
    """``minutes`` since the start; memory in MiB, of this many processes."""

    minutes: float
    own: float
    all: float
    processes: int
    handles: int
    threads: int
    refreshes: int


@click.command(help=__doc__)
@click.option("--minutes", default=30.0, show_default=True)
@click.option("--sources", default=60, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def main(minutes: float, sources: int, as_json: bool) -> None:
    for sample in soak(minutes, sources):
        print(json.dumps(asdict(sample)) if as_json else row(sample), flush=True)


def soak(minutes: float, sources: int) -> Iterator[Sample]:
    """A sample each minute; raises ClickException if the program ends before its time."""
    with TemporaryDirectory() as folder, news_site() as port:
        config = settings_for(Path(folder), port, sources)
        log = Path(folder) / "log"
        command = [sys.executable, "-m", "feedmaker", "--config", str(config), "run"]
        with log.open("wb") as out, subprocess.Popen(command, stderr=out, stdout=out) as process:
            try:
                yield from samples(process, log, minutes)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(60)


def samples(process: subprocess.Popen[bytes], log: Path, minutes: float) -> Iterator[Sample]:
    begun = time.monotonic()
    for minute in range(1, int(minutes) + 1):
        try:
            process.wait(max(0.0, begun + 60 * minute - time.monotonic()))
        except subprocess.TimeoutExpired:
            yield sample_of(process.pid, log, (time.monotonic() - begun) / 60)
            continue
        raise click.ClickException(f"it ended with {process.returncode}: {log.read_text()[-2000:]}")


def sample_of(pid: int, log: Path, minutes: float) -> Sample:
    every = tree(pid)
    return Sample(
        minutes=minutes,
        own=pss(pid),
        all=sum(map(pss, every)),
        processes=len(every),
        handles=len(list(Path(f"/proc/{pid}/fd").iterdir())),
        threads=len(list(Path(f"/proc/{pid}/task").iterdir())),
        refreshes=log.read_bytes().count(b'"event": "refresh"'),
    )


@contextmanager
def news_site() -> Iterator[int]:
    """The port of a site whose sections have one story more each minute."""
    begun = time.monotonic()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            _, name, *story = self.path.split("/")
            newest = LISTED + int((time.monotonic() - begun) / 60)
            text = article(name, story[0]) if story and story[0] else listing(name, newest)
            self.send_response(500 if name.endswith("5") else 200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("0.0.0.0", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def listing(name: str, newest: int) -> bytes:
    cards = "".join(
        f'<div class="card"><h2><a href="/{name}/{n}">The story number {n} of {name}</a></h2></div>'
        for n in range(newest, newest - LISTED, -1)
    )
    return f"<html><title>{name}</title><body>{cards}</body></html>".encode()


def article(name: str, number: str) -> bytes:
    return (STORY + f"<body><h1>Story {{n}} of {{name}}</h1>{TEXT}").format(n=number, name=name).encode()


def settings_for(folder: Path, port: int, sources: int) -> Path:
    urls = {f"s{n}": f"http://127.0.1.{n % 200 + 1}:{1 if n % 10 == 9 else port}/s{n}/" for n in range(sources)}
    text = {
        "allow_private": ["127.0.0.0/8"],
        "allow_ports": [1, port],
        "defaults": {"every": "1m", "delay": "0s", "follow": "full", "keep": LISTED},
        "sources": urls,
    }
    config = folder / "sources.yaml"
    config.write_text(json.dumps(text), "utf-8")  # JSON is YAML
    return config


def row(sample: Sample) -> str:
    return (
        f"{sample.minutes:5.1f} min  {sample.own:6.1f} MiB, with {sample.processes} processes {sample.all:6.1f} MiB  "
        f"{sample.handles:3d} handles  {sample.threads:3d} threads  {sample.refreshes:6d} refreshes"
    )


if __name__ == "__main__":
    main()
