"""As much at once as the system gives handles for."""

from __future__ import annotations

from dataclasses import replace

import structlog

from feedmaker.settings import Settings

try:
    import resource
except ImportError:  # Windows, which knows no such limit
    resource = None  # type: ignore[assignment]

OWN = 32  # handles that are open whatever is refreshed: the processes that read pages, the log, the lock, ...
A_HOST = 7  # its connection and four that idle, and one to the state, which has two files open

log = structlog.stdlib.get_logger("feedmaker")


def within_limits(settings: Settings) -> Settings:
    """The settings with no more hosts at once than there are handles for (ulimit -n), which are raised if they may be.

    Without a handle nothing works any more: no page, no state, not even a module that is yet to be imported.
    """
    handles = _handles()
    wanted = settings.fetch.hosts_at_once
    most = wanted if handles is None else max(1, (handles - OWN) // A_HOST)
    if wanted <= most:
        return settings
    log.warning(f"{most} hosts are read at once, not {wanted}: raise the limit of open files", limit=handles)
    return replace(settings, fetch=replace(settings.fetch, hosts_at_once=most))


def _handles() -> int | None:
    """How many handles the process may have open; None for any number."""
    if resource is None:
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard and hard != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        soft = hard
    return None if soft == resource.RLIM_INFINITY else soft
