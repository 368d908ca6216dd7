"""What happens to a source when it is due: ``story`` tells it from top to bottom.

Its parts are imported when one of them is asked for first: with the store and the writers they take four times as long
as all that reads pages, and a program that only reads pages needs none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from feedmaker.model import Outcome

if TYPE_CHECKING:
    from feedmaker.refresh.publishing import write_overview
    from feedmaker.refresh.services import Services, open_services
    from feedmaker.refresh.story import refresh_source
    from feedmaker.settings import Settings

__all__ = ["Services", "open_services", "refresh", "refresh_source", "write_overview"]

_MODULES = {
    "Services": "services",
    "open_services": "services",
    "refresh_source": "story",
    "write_overview": "publishing",
}


def refresh(settings: Settings, names: Sequence[str] = ()) -> tuple[Outcome, ...]:
    """Refresh the named sources, or all, one after the other, and write feeds.opml and index.html.

    Raises SettingsError for a name that no source has, and OutputError, StateError or AlreadyRunning before any fetch.
    """
    from feedmaker.refresh.story import refresh_all

    return refresh_all(settings, names)


if not TYPE_CHECKING:  # to which every name would be one

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
