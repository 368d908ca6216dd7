"""What the demo's site publishes, read from ``site/site.yaml`` and ``site/boards.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

SITE = Path(__file__).parent / "site"


@dataclass(frozen=True, slots=True)
class Author:
    """Who wrote a story; ``kind`` is the schema.org type, ``Person`` or ``Organization``."""

    name: str
    slug: str
    kind: str = "Person"


@dataclass(frozen=True, slots=True)
class Picture:
    """A story's lead picture: ``/pictures/<name>.jpg``, 1200 x 675 pixels, and ``-small``, 400 x 225."""

    name: str
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Story:
    """One story; ``style`` names the template that marks it up, ``shown`` is the date in the words of the page.

    ``published`` and ``updated`` are what machine-readable markup says, where the style has any.
    """

    slug: str
    style: str
    section: str
    title: str
    summary: str
    authors: tuple[Author, ...]
    published: datetime
    shown: str
    picture: Picture
    tags: tuple[str, ...]
    text: tuple[str, ...]
    updated: datetime | None = None
    shown_updated: str | None = None
    language: str = "en"

    @property
    def path(self) -> str:
        """The path of the story's page below the site's address, with a leading slash."""
        return f"/{self.section}/{self.slug}.html"

    @property
    def changed(self) -> datetime:
        """The time of the story's last change."""
        return self.updated or self.published


@dataclass(frozen=True, slots=True)
class Section:
    """One section; ``listing`` names the template of its listing page, at ``/<slug>/``."""

    slug: str
    title: str
    description: str
    listing: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A few lines without a picture or an author, on a page of their own at ``path``."""

    path: str
    title: str
    text: str
    published: datetime
    shown: str


@dataclass(frozen=True, slots=True)
class Board:
    """A section of notices; ``listing`` names the template of its page, ``data`` the path of the same as JSON."""

    slug: str
    title: str
    description: str
    listing: str
    notices: tuple[Notice, ...]
    data: str | None = None


@dataclass(frozen=True, slots=True)
class SiteContent:
    """All that the site publishes, stories and notices newest first. ``name`` is the newspaper's."""

    name: str
    sections: tuple[Section, ...]
    stories: tuple[Story, ...]
    boards: tuple[Board, ...]

    def of(self, section: Section) -> tuple[Story, ...]:
        """The stories of a section, in the order of its listing page."""
        return tuple(story for story in self.stories if story.section == section.slug)


def load_content() -> SiteContent:
    """Read the site's content from the package."""
    raw: dict[str, Any] = yaml.safe_load((SITE / "site.yaml").read_text("utf-8"))
    authors = {slug: Author(slug=slug, **fields) for slug, fields in raw["authors"].items()}
    return SiteContent(
        name=raw["name"],
        sections=tuple(Section(**fields) for fields in raw["sections"]),
        stories=tuple(_story(fields, authors) for fields in raw["stories"]),
        boards=tuple(_board(fields) for fields in yaml.safe_load((SITE / "boards.yaml").read_text("utf-8"))),
    )


def _story(fields: dict[str, Any], authors: Mapping[str, Author]) -> Story:
    updated = fields.pop("updated", None)
    return Story(
        authors=tuple(authors[slug] for slug in fields.pop("authors")),
        published=datetime.fromisoformat(fields.pop("published")),
        updated=datetime.fromisoformat(updated) if updated else None,
        picture=Picture(**fields.pop("picture")),
        tags=tuple(fields.pop("tags")),
        text=tuple(fields.pop("text").strip().split("\n\n")),
        **fields,
    )


def _board(fields: dict[str, Any]) -> Board:
    notices = tuple(_notice(fields["slug"], notice) for notice in fields.pop("notices"))
    return Board(notices=notices, **fields)


def _notice(board: str, fields: dict[str, Any]) -> Notice:
    published = datetime.fromisoformat(fields.pop("published"))
    return Notice(path=f"/{board}/{fields.pop('slug')}.html", published=published, **fields)
