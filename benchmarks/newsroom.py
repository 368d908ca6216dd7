"""Sections whose entries come by a clock, and a server that shows them.

    python -m benchmarks.newsroom PORT HOSTS EPOCH SPEED STARTED

The clock was at EPOCH (seconds since 1970) when the monotonic one, which all processes of a machine share, was at
STARTED, and runs SPEED times as fast. The section ``/s<number>/`` has an entry each so many seconds, for ever; its
newest 15 are on its page, with their dates.
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from math import exp

SHOWN = 15
MEDIAN_A_DAY = 8.0
SPREAD = 1.1  # of the logarithm: one section in a hundred has a hundred entries a day, one in a hundred one in two days


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock that was at ``epoch`` at a moment of the monotonic clock, and runs faster than it."""

    epoch: float
    speed: float
    started: float

    def __call__(self) -> datetime:
        """The time on it."""
        return datetime.fromtimestamp(self.epoch + self.monotonic(), UTC)

    def monotonic(self) -> float:
        """Seconds on it since it was started."""
        return (time.monotonic() - self.started) * self.speed


def interval(section: int) -> float:
    """Seconds between two entries of a section."""
    return 86_400 / (MEDIAN_A_DAY * exp(random.Random(section).gauss(0, SPREAD)))


def newest(section: int, now: datetime) -> int:
    """The number of a section's newest entry."""
    return int((now.timestamp() - random.Random(section).random() * interval(section)) // interval(section))


def page(section: int, now: datetime) -> str:
    """The section's page."""
    last, step = newest(section, now), interval(section)
    first_second = random.Random(section).random() * step
    cards = []
    for number in range(last, last - SHOWN, -1):
        date = datetime.fromtimestamp(first_second + number * step, UTC).isoformat(timespec="seconds")
        link = f"/s{section}/story-{number}.html"
        cards.append(
            f'<div class="card"><a href="{link}"><h2>The harbour opens again, part {number}</h2></a>'
            f'<p>What happened in the harbour of section {section}.</p><time datetime="{date}">{date}</time></div>'
        )
    return f'<html lang="en"><title>Section {section}</title><main>{"".join(cards)}</main></html>'


async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, clock: Clock) -> None:
    try:
        while head := await reader.readuntil(b"\r\n\r\n"):
            writer.write(answer(head.decode("latin-1"), clock()))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def answer(head: str, now: datetime) -> bytes:
    """The response to a request, 304 to one that knows the newest entry."""
    found = re.match(r"GET /s(\d+)/ ", head)
    if not found:
        return response("404 Not Found", "", "")
    section = int(found[1])
    tag = f'"{newest(section, now)}"'
    known = re.search(r"(?im)^if-none-match: *(\S+)", head)
    if known and known[1] == tag:
        return response("304 Not Modified", "", tag)
    return response("200 OK", page(section, now), tag)


def response(status: str, body: str, tag: str) -> bytes:
    content = body.encode()
    etag = f"ETag: {tag}\r\n" if tag else ""
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(content)}\r\n{etag}\r\n"
    return head.encode() + content


async def serve(port: int, hosts: int, clock: Clock) -> None:
    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await talk(reader, writer, clock)

    addresses = [f"127.0.{number // 250}.{number % 250 + 1}" for number in range(hosts)]
    server = await asyncio.start_server(listen, addresses, port)
    await server.serve_forever()


if __name__ == "__main__":
    port, hosts, epoch, speed, started = sys.argv[1:]
    asyncio.run(serve(int(port), int(hosts), Clock(float(epoch), float(speed), float(started))))
