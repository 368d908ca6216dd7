"""Recordings: a source's pages as they came once, and what came of them; a person's own regression test.

A recording is a folder ``<recordings>/<source>/`` with ``recording.json`` and the pages in the form of ``archive``. It
is read by the settings and the program of today, at the time at which it was made. No secret of the settings is in it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from feedmaker.errors import OutputError, SourceError
from feedmaker.fetch import Fetcher
from feedmaker.fetch.addresses import shown
from feedmaker.fetch.archive import Archive, ArchiveFetcher, KeepingFetcher
from feedmaker.model import NotModified, Page, Source
from feedmaker.refresh.looking import Look, look_at
from feedmaker.settings.masking import Mask
from feedmaker.store.encoding import encode
from feedmaker.version import VERSION

FILE, PAGES = "recording.json", "pages"
FORM = 1  # of the file; a later one says so

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that is not what it was. ``entry`` is the entry's address, and empty for what the list itself says.

    ``was`` and ``now`` are values of JSON; None is for what was not there, or is there no more.
    """

    entry: str
    field: str
    was: object
    now: object


@dataclass(frozen=True, slots=True)
class Recording:
    """What came of a source's pages when they were recorded."""

    folder: Path
    source: str
    url: str
    at: datetime
    result: Fields


@dataclass(frozen=True, slots=True)
class _Masked:
    """A web whose pages have no secrets in them, not even where a site repeats what it was sent."""

    web: Fetcher
    mask: Mask

    def fetch(self, url: str, **options: Any) -> Page | NotModified:
        page = self.web.fetch(url, **options)
        if isinstance(page, NotModified):
            return page
        headers = {name: self.mask(value) for name, value in page.headers.items()}
        return replace(page, url=self.mask(page.url), content=self.mask.bytes(page.content), headers=headers)


def record(source: Source, web: Fetcher, folder: Path, mask: Mask, now: datetime) -> tuple[Recording, Look]:
    """Read a source and keep its pages with what came of them, in place of an earlier recording.

    Raises SourceError, and OutputError; either leaves the earlier one as it was.
    """
    target = folder / source.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=f".{source.name}-") as name:
            made = Path(name) / source.name
            archive = Archive(made / PAGES)
            look = look_at(source, KeepingFetcher(_Masked(web, mask), archive), now)
            recording = Recording(target, source.name, mask(shown(source.url)), now, result_of(look))
            _write(made, recording)
            if target.exists():
                target.rename(Path(name) / "before")
            made.rename(target)
    except OSError as error:
        raise _unusable(folder, error) from error
    return recording, look


@dataclass(frozen=True, slots=True)
class Replay:
    """What would differ today, what could not be read, and what comes of the pages today; None if nothing does."""

    differences: tuple[Difference, ...]
    warnings: tuple[str, ...] = ()
    result: Fields | None = None


def replay(recording: Recording, source: Source) -> Replay:
    """Read a recording by the source's settings of today."""
    if shown(source.url) != recording.url:
        moved = Difference("", "url", recording.url, shown(source.url))
        return Replay((moved,), (f"the pages are of another address; run `feedmaker record {source.name}`",))
    try:
        look = look_at(source, ArchiveFetcher(Archive(recording.folder / PAGES)), recording.at)
    except SourceError as error:
        return Replay((Difference("", "error", None, str(error)),))
    result = result_of(look)
    return Replay(tuple(differences(recording.result, result)), look.warnings, result)


def accept(recording: Recording, result: Fields) -> None:
    """Let what comes of the pages today be what is expected from now on. Raises OutputError."""
    try:
        _write(recording.folder, replace(recording, result=result))
    except OSError as error:
        raise _unusable(recording.folder, error) from error


def recordings(folder: Path) -> Iterator[Recording]:
    """The recordings in a folder, by name. Raises OutputError for one that cannot be read."""
    for file in sorted(folder.glob(f"[!.]*/{FILE}")):
        try:
            held = json.loads(file.read_text("utf-8"))
            if held["form"] != FORM:
                raise ValueError(f"its form is {held['form']}; this version knows {FORM}")
            at = datetime.fromisoformat(held["at"])
            yield Recording(file.parent, held["source"], held["url"], at, held["result"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = f"{file} cannot be read ({error}); delete its folder and record the source again"
            raise OutputError(message, path=file) from error


def result_of(look: Look) -> Fields:
    """What is compared: the list's own fields, and all that entries have but where it was found."""
    listing = look.listing
    head = {"title": listing.title, "summary": listing.summary, "language": listing.language}
    entries = [json.loads(encode(replace(entry, provenance={}))) for entry in look.entries]
    return {"list": {**_filled(head), "found_by": listing.how.extractor}, "entries": entries}


def differences(was: Fields, now: Fields) -> Iterator[Difference]:
    """Field by field what is not the same; last whether entries that both have stand in another order."""
    yield from _fields("", was["list"], now["list"])
    before, after = ({each["id"]: each for each in result["entries"]} for result in (was, now))
    for id_ in dict.fromkeys((*before, *after)):
        old, new = before.get(id_), after.get(id_)
        url = (old or new or {})["url"]
        if old and new:
            yield from _fields(url, old, new)
        else:
            yield Difference(url, "entry", old and _name(old), new and _name(new))
    both = [id_ for id_ in before if id_ in after], [id_ for id_ in after if id_ in before]
    if both[0] != both[1]:
        yield Difference("", "order", *([before[id_]["url"] for id_ in ids] for ids in both))


def _fields(entry: str, was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    for field in dict.fromkeys((*was, *now)):
        if was.get(field) != now.get(field):
            yield Difference(entry, field, was.get(field), now.get(field))


def _name(entry: Mapping[str, Any]) -> str:
    return str(entry.get("title") or entry["url"])


def _filled(fields: Mapping[str, object]) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}


def _write(folder: Path, recording: Recording) -> None:
    held = {
        "form": FORM,
        "program": f"feedmaker {VERSION}",
        "source": recording.source,
        "url": recording.url,
        "at": recording.at.isoformat(),
        "result": recording.result,
    }
    part = folder / f".{FILE}.part"
    part.write_text(json.dumps(held, ensure_ascii=False, indent=2) + "\n", "utf-8")
    part.replace(folder / FILE)


def _unusable(folder: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(
        f"The recordings {folder} cannot be written ({reason}); make it writable or set `recordings` to another folder",
        path=folder,
    )
