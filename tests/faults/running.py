"""``feedmaker run`` as a process of its own, by a clock that a test sets, and what must hold of it after any fault."""

from __future__ import annotations

import json
import os
import shutil
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import pytest
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
PATIENCE = 30.0  # seconds; a busy machine is no fault

needs_clock = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc"), reason="the clock of a process is set by a library made with cc"
)
needs_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may mount")


class Clock:
    """The wall clock of processes that a test starts; their monotonic clock is never touched."""

    def __init__(self, folder: Path) -> None:
        self._library = folder / "set_clock.so"
        source = Path(__file__).with_name("set_clock.c")
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", self._library, source, "-ldl"], check=True, timeout=60)
        self._file = folder / "clock"
        self.offset = timedelta()
        self.forward()

    def forward(self, **by: float) -> datetime:
        """Set it on, or back by negative numbers, for processes that run as well; what it shows then."""
        self.offset += timedelta(**by)
        handle = os.open(self._file, os.O_RDWR | os.O_CREAT)
        os.pwrite(handle, struct.pack("=q", round(self.offset.total_seconds())), 0)
        os.close(handle)
        return datetime.now(UTC) + self.offset

    def show(self, moment: datetime) -> None:
        """Set it to a moment."""
        self.forward(seconds=(moment - datetime.now(UTC) - self.offset).total_seconds())

    @property
    def environment(self) -> dict[str, str]:
        """What makes a process go by it."""
        return {"LD_PRELOAD": str(self._library), "FAULTS_CLOCK": str(self._file)}


class Run:
    """The process. All that it says is kept; tests wait for words."""

    def __init__(
        self,
        config: Path,
        *options: str,
        environment: Mapping[str, str] | None = None,
        before: Callable[[], None] | None = None,
        through: Sequence[str] = (),
        program: Sequence[str] = ("-m", "feedmaker"),
    ) -> None:
        command = [*through, sys.executable, *program, "--config", str(config), "run", *options]
        self.process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            env={**os.environ, "PYTHONWARNINGS": "ignore", **(environment or {})},
            preexec_fn=before,
        )
        self.lines: list[str] = []
        self._said = threading.Condition()
        self._is_over = False
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr
        for line in self.process.stderr:
            with self._said:
                self.lines.append(line.rstrip("\n"))
                self._said.notify_all()
        with self._said:
            self._is_over = True
            self._said.notify_all()

    @property
    def mark(self) -> int:
        """How much it has said so far, for ``wait_for``."""
        return len(self.lines)

    def wait_for(self, *words: str, after: int = 0, seconds: float = PATIENCE) -> str:
        """The first line after a mark that has all these words; a test that waits for longer has failed."""
        return self._wait_for(lambda line: all(word in line for word in words), words, after, seconds)

    def refreshed(
        self, source: str, *words: str, entries: int | None = None, after: int = 0, seconds: float = PATIENCE
    ) -> dict[str, Any]:
        """The first line that tells how a refresh of a source went, with these words and so many entries."""

        def is_it(line: str) -> bool:
            said = json.loads(line) if line.startswith("{") else {}
            is_refresh = said.get("event") == "refresh" and said["source"] == source
            return is_refresh and entries in {None, said["entries"]} and all(word in line for word in words)

        line = self._wait_for(is_it, (source, entries, *words), after, seconds)
        found: dict[str, Any] = json.loads(line)
        return found

    def _wait_for(self, is_it: Callable[[str], bool], what: object, after: int, seconds: float) -> str:
        def found() -> Iterator[str]:
            return (line for line in self.lines[after:] if is_it(line))

        with self._said:
            self._said.wait_for(lambda: self._is_over or any(found()), seconds)
            line = next(found(), None)
        assert line, f"never said {what}, but:\n" + "\n".join(self.lines[-40:])
        return line

    def said(self, *words: str, after: int = 0) -> list[str]:
        """The lines that have all these words."""
        with self._said:
            return [line for line in self.lines[after:] if all(word in line for word in words)]

    def stop(self, number: signal.Signals = signal.SIGTERM, seconds: float = PATIENCE, traces: int = 0) -> None:
        """Stop it in order: it ends with 0, and no trace is in what it said but those that other programs may print."""
        self.process.send_signal(number)
        assert self.process.wait(seconds) == 0, "\n".join(self.lines[-40:])
        self._listener.join(seconds)
        assert not self.said("a bug in Feedmaker"), "\n".join(self.lines[-60:])
        assert len(self.said("Traceback")) <= traces, "\n".join(self.lines[-60:])

    def kill(self) -> None:
        """As the system does that has no memory left."""
        self.process.kill()
        self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.kill()
        self._listener.join(PATIENCE)
        assert self.process.stderr
        self.process.stderr.close()


@dataclass(frozen=True)
class Feeds:
    """The feeds in a folder: every id with its address, in the order of the feed."""

    entries: Mapping[str, Mapping[str, str]]

    @classmethod
    def on_disk(cls, folder: Path, *, agree: bool = True) -> Feeds:
        """Read all feeds. Each must be whole, and its three formats must hold the same entries.

        After a kill in the midst of replacing them they are whole, but ``agree`` only once the next run has begun.
        """
        found = {}
        for path in sorted(folder.glob("[!.]*.rss")):
            name = path.stem
            if "." in name:  # an archive
                continue
            items = etree.parse(path).iterfind("channel/item")
            rss = {str(item.findtext("guid")): str(item.findtext("link")) for item in items}
            atom = [each.findtext(f"{ATOM}id") for each in etree.parse(path.with_suffix(".atom")).iter(f"{ATOM}entry")]
            listed = [item["id"] for item in json.loads(path.with_suffix(".json").read_bytes())["items"]]
            assert not agree or list(rss) == atom == listed, f"the formats of {name} differ"
            found[name] = rss
        if (index := folder / "index.html").exists():
            assert index.read_bytes().rstrip().endswith(b"</html>")
            etree.parse(folder / "feeds.opml")
        return cls(found)

    def keep(self, before: Feeds) -> Feeds:
        """Hold that nothing that was there before is lost, and that every id stands for what it stood for."""
        for name, entries in before.entries.items():
            assert name in self.entries, f"the feed {name} is gone"
            missing = {id_: url for id_, url in entries.items() if self.entries[name].get(id_) != url}
            assert missing == {}, f"{name} has lost entries, or their ids"
        return self


@dataclass
class Place:
    """A folder with settings for sections of the test's site."""

    folder: Path
    url: str
    sources: dict[str, dict[str, object]] = field(default_factory=dict)
    top: dict[str, object] = field(default_factory=dict)

    @property
    def config(self) -> Path:
        return self.folder / "sources.yaml"

    @property
    def output(self) -> Path:
        return Path(str(self.top.get("output", self.folder / "feeds")))

    @property
    def state(self) -> Path:
        return Path(str(self.top.get("state", self.folder / "feedmaker.db")))

    def write(self) -> Path:
        """Write the settings in one step (JSON is YAML)."""
        settings = {
            "output": str(self.output),
            "state": str(self.state),
            "allow_private": ["127.0.0.0/8"],
            "allow_ports": [urlsplit(self.url).port],
            "defaults": {
                "delay": "0s",
                "every": "1m",
                "robots": "ignore",
                "items": ".card",
                "fields": {"title": "h2 a"},
            },
            **self.top,
            "sources": self.sources,
        }
        fresh = self.config.with_suffix(".new")
        fresh.write_text(json.dumps(settings, indent=1))
        fresh.replace(self.config)
        return self.config

    def feeds(self) -> Feeds:
        """The feeds as they are; a run may be at work, but not on them."""
        return Feeds.on_disk(self.output)

    def after_kill(self) -> Feeds:
        """The feeds as a kill has left them."""
        return Feeds.on_disk(self.output, agree=False)

    def command(self, name: str) -> list[str]:
        """A command on these settings."""
        return [sys.executable, "-m", "feedmaker", "--config", str(self.config), name]

    def at_rest(self) -> Feeds:
        """The feeds after a run has ended in order, which leaves no temporary files behind."""
        left = [path.name for path in self.output.iterdir() if path.name.startswith(".")]
        assert left == [], "temporary files were left behind"
        return self.feeds()
