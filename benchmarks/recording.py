"""A news server that writes down who asked for what, and when: ``python -m benchmarks.recording PORT HOSTS``.

It listens on 127.0.0.1, 127.0.0.2 and so on, one address a host. ``/s<number>/`` is a section of two articles,
``/log`` all requests so far as JSON. Times are seconds of the monotonic clock, which all processes of a machine share.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field

SECONDS_AN_ANSWER = 0.005
ARTICLES = 2


@dataclass
class Request:
    """One request: ``at_once`` is how many were open to its host, itself included."""

    host: str
    path: str
    is_conditional: bool
    at_once: int
    began: float
    ended: float = 0.0


@dataclass
class Recorder:
    """Answers, and writes down the requests."""

    requests: list[Request] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                writer.write(await self.answer(head.decode("latin-1")))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def answer(self, head: str) -> bytes:
        path = head.split(" ", 2)[1]
        if path == "/log":
            return response("200 OK", json.dumps([asdict(request) for request in self.requests]))
        host = re.search(r"(?im)^host: *(\S+)", head)
        name = host[1] if host else ""
        known = re.search(r"(?im)^if-none-match: *(\S+)", head)
        self.open[name] += 1
        request = Request(name, path, known is not None, self.open[name], time.monotonic())
        self.requests.append(request)
        await asyncio.sleep(SECONDS_AN_ANSWER)
        answer = response("304 Not Modified", "") if known and known[1] == f'"{path}"' else page(path)
        self.open[name] -= 1
        request.ended = time.monotonic()
        return answer


def page(path: str) -> bytes:
    if section := re.fullmatch(r"/s(\d+)/", path):
        links = [f"/s{section[1]}/harbour-opens-again-{number}.html" for number in range(ARTICLES)]
        items = [
            f'<div class="card"><a href="{link}"><h2>The harbour opens again ({link})</h2></a></div>' for link in links
        ]
        return response("200 OK", f"<title>Section {section[1]}</title>" + "".join(items), path)
    if path.endswith(".html"):
        return response("200 OK", f"<title>The harbour opens again ({path})</title><p>It does.</p>", path)
    return response("404 Not Found", "")


def response(status: str, body: str, tag: str = "") -> bytes:
    content = body.encode()
    etag = f'ETag: "{tag}"\r\n' if tag else ""
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {len(content)}\r\n{etag}\r\n"
    return head.encode() + content


async def serve(port: int, hosts: int) -> None:
    server = await asyncio.start_server(Recorder().talk, [f"127.0.0.{number + 1}" for number in range(hosts)], port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
