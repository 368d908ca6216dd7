"""Who hears of changed files at once: a WebSub hub, and a command of the person's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from feedmaker.health import commands
from feedmaker.refresh.services import Services
from feedmaker.write import file_address


def tell_of(changed_files: Iterable[str], services: Services) -> tuple[str, ...]:
    """Tell of files that changed; a warning for each that somebody could not be told of.

    It comes at the very end, for nothing that is kept depends on it. A rerun tells nobody outside.
    """
    names = tuple(changed_files)
    warnings: tuple[str, ...] = ()
    publisher, base_url = services.publisher, services.base_url
    if publisher and base_url and services.rerun_of is None:
        warnings = publisher.ping([file_address(base_url, name) for name in names])
    return (*warnings, *_commanded(names, services))


def _commanded(names: Iterable[str], services: Services) -> Iterator[str]:
    """Run the command of ``on_change`` for each feed with the feed's name and the paths of its files that changed."""
    for feed, files in _by_feed(names).items() if services.on_change else ():
        paths = [f"{services.destination}/{name}" for name in files]
        if fault := commands.run(services.on_change, feed, *paths):
            yield f"on_change: {fault}"


def _by_feed(names: Iterable[str]) -> Mapping[str, list[str]]:
    feeds: dict[str, list[str]] = {}
    for name in names:
        feeds.setdefault(name.partition(".")[0], []).append(name)
    return feeds
