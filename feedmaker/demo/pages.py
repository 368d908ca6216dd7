"""The site's resources: every path it answers, with the bytes that stand there."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from feedmaker.demo.content import SITE, Board, SiteContent, Story, load_content

RELATED = 3  # stories in the block below each story
MOST_READ = 5  # stories in the sidebar
ROBOTS = b"User-agent: *\nAllow: /\n"


@dataclass(frozen=True, slots=True)
class Resource:
    """What stands at one path: a body, its media type and when it last changed."""

    body: bytes
    type: str
    modified: datetime

    @property
    def hash(self) -> str:
        """A short hash of the body, the same in every run."""
        return sha256(self.body).hexdigest()[:16]


def render_site(site_url: str) -> dict[str, Resource]:
    """Every resource by its path; ``site_url`` (with a trailing slash) goes into absolute addresses on the pages."""
    content = load_content()
    modified = max(story.changed for story in content.stories)
    resources = {"/robots.txt": Resource(ROBOTS, "text/plain; charset=utf-8", modified)}
    resources |= {path: Resource(body, kind, modified) for path, kind, body in _files()}
    for path, text, changed in _pages(content, site_url.rstrip("/"), modified):
        resources[path] = Resource(text.encode(), "text/html; charset=utf-8", changed)
    for board in content.boards:
        if board.data:
            changed = max(notice.published for notice in board.notices)
            resources[board.data] = Resource(_as_json(board), "application/json", changed)
    return resources


def _pages(content: SiteContent, site: str, modified: datetime) -> Iterator[tuple[str, str, datetime]]:
    environment = Environment(
        loader=FileSystemLoader(SITE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals |= {"site": site, "content": content, "most_read": content.stories[-MOST_READ:]}
    for board in content.boards:
        yield from _board_pages(board, environment, modified)
    yield "/", environment.get_template("home.html").render(), modified
    for section in content.sections:
        page = environment.get_template(section.listing).render(section=section, stories=content.of(section))
        yield f"/{section.slug}/", page, modified
        for story in content.of(section):
            page = environment.get_template(f"styles/{story.style}.html").render(
                section=section, story=story, url=site + story.path, related=_related(story, content.of(section))
            )
            yield story.path, page, story.changed


def _board_pages(board: Board, environment: Environment, modified: datetime) -> Iterator[tuple[str, str, datetime]]:
    yield f"/{board.slug}/", environment.get_template(board.listing).render(board=board), modified
    for notice in board.notices:
        page = environment.get_template("notice.html").render(board=board, notice=notice)
        yield notice.path, page, notice.published


def _as_json(board: Board) -> bytes:
    """The notices in words of their own, as interfaces have them: none of the names is one that every reader knows."""
    reports = [
        {
            "headline": notice.title,
            "page": notice.path,
            "remarks": notice.text,
            "measured": notice.published.isoformat(),
        }
        for notice in board.notices
    ]
    return json.dumps({"gauge": "north mole", "data": {"reports": reports}}, ensure_ascii=False, indent=1).encode()


def _related(story: Story, stories: tuple[Story, ...]) -> tuple[Story, ...]:
    """The stories that follow on the listing page, going round at its end."""
    at = stories.index(story)
    return (stories[at + 1 :] + stories[:at])[:RELATED]


def _files() -> Iterator[tuple[str, str, bytes]]:
    for file in sorted((*(SITE / "assets").iterdir(), *(SITE / "pictures").iterdir())):
        yield f"/{file.parent.name}/{file.name}", _media_type(file), file.read_bytes()


def _media_type(file: Path) -> str:
    # The machine's own table of types is left out: the same file has the same type everywhere.
    kind, _ = mimetypes.MimeTypes().guess_type(file.name)
    return kind or "application/octet-stream"
