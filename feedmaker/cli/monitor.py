"""What ``feedmaker run --listen`` shows to whoever watches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click
import structlog

from feedmaker.cli.serve import CannotServe
from feedmaker.model import Outcome
from feedmaker.refresh import Services
from feedmaker.settings import Settings
from feedmaker.web.listening import address_of, listening_at, reason_of
from feedmaker.web.monitoring import monitored
from feedmaker.web.vitals import Vitals

if TYPE_CHECKING:
    from feedmaker.web.metrics import Metrics

PLACE = re.compile(r"(?:\[([0-9a-fA-F:.]+)\]|([^:\[\]\s]+)):([0-9]{1,5})")

log = structlog.stdlib.get_logger("feedmaker")


def place_of(_context: click.Context, _parameter: click.Parameter, text: str | None) -> tuple[str, int] | None:
    """The host and the port of an option such as ``127.0.0.1:9090`` or ``[::1]:9090``."""
    if text is None:
        return None
    found = PLACE.fullmatch(text)
    if not found or int(found[3]) > 65535:
        raise click.BadParameter(f"expected a host and a port such as 127.0.0.1:9090, found {text!r}")
    return found[1] or found[2], int(found[3])


@dataclass(frozen=True, slots=True)
class Monitor:
    """Hears of all that there is to watch; nothing comes of it where nobody does."""

    vitals: Vitals
    metrics: Metrics | None = None

    def tick(self) -> None:
        """The loop has come round."""
        self.vitals.tick()

    def refreshed(self, outcome: Outcome) -> None:
        """A refresh has ended."""
        if self.metrics:
            self.metrics.refreshed(outcome)

    def settled(self, settings: Settings) -> None:
        """Other settings are in use."""
        if self.metrics:
            self.metrics.settle(source.name for source in settings.sources)


@contextmanager
def monitoring(
    place: tuple[str, int] | None, settings: Settings, services: Services, *, by_source: bool
) -> Iterator[Monitor]:
    """Answer ``/healthz`` and ``/metrics`` at a place, if there is one, until the end of the block.

    Raises CannotServe if nobody can listen there.
    """
    vitals = Vitals(lambda: services.store.state(""))
    if place is None:
        yield Monitor(vitals)
        return
    metrics = _metrics(settings, services, vitals, by_source=by_source)
    host, port = place
    try:
        listener = listening_at(host, port)
    except OSError as error:
        raise CannotServe(
            f"nobody can listen at {host}, port {port} ({reason_of(error)}); choose another --listen"
        ) from error
    log.info("listening", healthz=f"{address_of(listener)}healthz", metrics=f"{address_of(listener)}metrics")
    if not ip_address(listener.getsockname()[0].partition("%")[0]).is_loopback:
        log.warning("other machines can reach what --listen shows; 127.0.0.1 is for this one alone")
    with monitored(listener, vitals, metrics):
        yield Monitor(vitals, metrics)


def _metrics(settings: Settings, services: Services, vitals: Vitals, *, by_source: bool) -> Metrics | None:
    """The figures, or None where their library is not installed."""
    try:
        from feedmaker.web.metrics import Metrics
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "prometheus_client":
            raise
        return None
    names = {source.name for source in settings.sources}
    problems = [problem for problem in services.store.health.open_problems() if problem.source in names]
    return Metrics(len(names), problems, vitals, by_source=by_source)
