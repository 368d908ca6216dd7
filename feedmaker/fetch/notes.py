"""What is remembered of sites from one run of the program to the next, behind a seam that the store fills."""

from __future__ import annotations

from datetime import timedelta
from typing import Protocol

from feedmaker.fetch.clock import Clock
from feedmaker.model import SiteNote


class Notes(Protocol):
    """Where notes are kept, by the names of their subjects; ``feedmaker.store.Store`` is such a place."""

    def note(self, subject: str) -> SiteNote | None:
        """What is noted of a subject; it may be out of date."""
        ...

    def keep_note(self, subject: str, note: SiteNote) -> None:
        """Note something in place of what was noted before."""
        ...


class NoNotes:
    """For whoever runs but once."""

    def note(self, _subject: str) -> SiteNote | None:
        return None

    def keep_note(self, _subject: str, _note: SiteNote) -> None:
        pass


class Memory:
    """Notes by kind and site, with times that count from now on."""

    def __init__(self, kind: str, longest: float, notes: Notes, clock: Clock) -> None:
        self._kind = kind
        self._longest = longest
        self._notes = notes
        self._clock = clock

    def recall(self, site: str) -> tuple[float, bytes]:
        """For how many seconds what is noted of a site still holds, and what it is; 0 and nothing if none does.

        The seconds are bounded, should the clock have been set back since.
        """
        note = self._notes.note(f"{self._kind} {site}")
        left = (note.until - self._clock.now()).total_seconds() if note else 0.0
        return (min(left, self._longest), note.content) if note and left > 0 else (0.0, b"")

    def keep(self, site: str, seconds: float, content: bytes = b"") -> None:
        """Note something of a site for that many seconds."""
        until = self._clock.now() + timedelta(seconds=seconds)
        self._notes.keep_note(f"{self._kind} {site}", SiteNote(until, content))
