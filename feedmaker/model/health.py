"""How a source is: what its refreshes have shown, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from feedmaker.model.source import Field

STATUS_FEED = "feedmaker-status"
"""The name of the feed of problems."""


class Stage(StrEnum):
    """Where on its way from the site to the feed something is wrong. Most may be although HTTP says 200."""

    FETCH = "fetch"  # no page came
    WALL = "wall"  # a consent wall, a robot check or a login came in place of the page
    PARSE = "parse"  # what came cannot be read as a page, or a person's own function failed on it
    NO_LIST = "no list"  # where the list stood, there is nothing any more
    EMPTY_LIST = "empty list"  # the list is there, and nothing in it
    SHORT_LIST = "short list"  # the list has far fewer entries than it used to have
    FIELD = "field"  # entries lack a field that they used to have
    DATE = "date"  # entries have dates that no form fits
    IDS = "ids"  # the entries that were known have other addresses, and hence other ids
    QUIET = "quiet"  # nothing new has come for much longer than ever before
    WRITE = "write"  # the feed's files cannot be written


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a refresh came to nothing. ``subject`` is the field, where it is about one."""

    stage: Stage
    evidence: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is wrong with a source. ``subject`` is the field, where it is about one; ``ended`` is when it was
    found to be over, and None as long as it is not.
    """

    source: str
    stage: Stage
    evidence: str
    since: datetime
    subject: str = ""
    ended: datetime | None = None

    @property
    def key(self) -> tuple[Stage, str]:
        """What makes two findings of one source the same problem."""
        return self.stage, self.subject

    @property
    def name(self) -> str:
        """The stage, and the subject if there is one: ``field published``."""
        return f"{self.stage} {self.subject}".rstrip()


@dataclass(frozen=True, slots=True)
class Observation:
    """What a refresh that read a list has seen; many of them tell what is normal for a source.

    ``listed`` is how many entries the list had, ``known`` how many of those were stored before, ``renamed`` how many
    were not although an entry with the same title was. ``sampled`` is how many entries were read anew, and ``filled``
    how many of these have each field; ``unread_dates`` how many have only a date that no form fits, such as the text
    ``unread_date``. ``place`` is a CSS selector of what holds the list; None for what is no HTML page.
    """

    at: datetime
    listed: int
    known: int = 0
    renamed: int = 0
    sampled: int = 0
    filled: Mapping[Field, int] = field(default_factory=dict)
    unread_dates: int = 0
    unread_date: str | None = None
    newest: datetime | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Extent:
    """How many entries of a source are stored, at least one, and the dates of the first and the last of them."""

    entries: int
    oldest: datetime
    newest: datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """What is remembered of a source to tell how it is.

    ``problems`` are the open ones. After ``quiet_after`` without anything new the source is quieter than it ever was;
    ``longest_pause`` is the longest pause between two of its entries. ``is_told_broken`` is what the last alert said of
    it, and ``streak`` how many refreshes in a row have found it otherwise.
    """

    problems: tuple[Problem, ...] = ()
    newest: datetime | None = None
    quiet_after: datetime | None = None
    longest_pause: timedelta | None = None
    is_told_broken: bool = False
    streak: int = 0
