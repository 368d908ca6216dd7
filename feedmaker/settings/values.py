"""What a settings file says, checked and ready to use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from feedmaker.errors import SettingsFault, UnknownSource
from feedmaker.model import Alerts, Database, FetchPolicy, Merge, Source
from feedmaker.settings.invalid import describe, did_you_mean, nearest

MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Settings:
    """A settings file.

    ``output`` (a folder) and ``state`` (a file, or a database) are absolute, as is ``archive``, the folder that keeps
    each page that is fetched; one that is not fetched again goes after ``keep_pages``. ``base_url`` always ends in a
    slash. ``hub`` is the address of a WebSub hub. Where there is a ``bucket`` (``s3://bucket/prefix``, without a slash
    at its end), feeds go there instead of to ``output``. ``on_change`` is a command, its program and arguments;
    ``recordings`` the folder of recorded sources. ``secrets`` are the values that nobody should get to see.
    """

    path: Path
    output: Path
    state: Path | Database
    base_url: str | None
    fetch: FetchPolicy
    sources: tuple[Source, ...]
    hub: str | None = None
    merges: tuple[Merge, ...] = ()
    archive: Path | None = None
    keep_pages: timedelta = timedelta(days=365)
    bucket: str | None = None
    alerts: Alerts | None = None
    status_feed: bool = False
    on_change: tuple[str, ...] = ()
    recordings: Path = Path("recordings")
    secrets: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def destination(self) -> str:
        """Where feeds go, in words for people."""
        return self.bucket or str(self.output)


def pick(settings: Settings, names: Sequence[str]) -> tuple[Source, ...]:
    """The sources of these names in the order of the settings, all of them for no name.

    Raises UnknownSource that tells of every unknown name, with the nearest known one.
    """
    known = {source.name for source in settings.sources}
    faults = tuple(_unknown(settings, name) for name in dict.fromkeys(names) if name not in known)
    if faults:
        raise UnknownSource(faults)
    return tuple(source for source in settings.sources if not names or source.name in names)


def _unknown(settings: Settings, name: str) -> SettingsFault:
    message = f"No source in {settings.path} is named {describe(name)}."
    return SettingsFault(settings.path, None, "sources", message, _meant(settings, name))


def _meant(settings: Settings, name: str) -> str:
    """Which source was probably meant, or what there is to choose from."""
    members = next((merge.sources for merge in settings.merges if merge.name == name), ())
    if members:
        return f"It is a merged feed, written with its sources: {', '.join(each.name for each in members)}."
    names = [source.name for source in settings.sources]
    match = nearest(name, names)
    if match or len(names) <= MOST_NAMED:
        return did_you_mean(name, names)
    return f"`feedmaker --config {settings.path} status` shows all names."
