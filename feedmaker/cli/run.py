"""``feedmaker run``: refresh sources on their schedules until told to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import click

from feedmaker.cli.configured import settings_from
from feedmaker.cli.reporter import LineReporter
from feedmaker.fetch import Web
from feedmaker.model import Outcome, Result
from feedmaker.refresh import Services, open_services, refresh_source, write_overview
from feedmaker.schedule import loop
from feedmaker.settings import Settings

# A source that is taken out of the settings keeps its ids for this long, should it come back.
UNUSED_KEPT = timedelta(days=30)


@click.command()
@click.pass_obj
def run(config: Path) -> None:
    """Keep every feed fresh on its schedule until SIGINT (Ctrl-C) or SIGTERM."""
    settings = settings_from(config)
    with open_services(settings) as (services, web):
        click.echo(f"Keeping {len(settings.sources)} feeds in {settings.destination}; stop with Ctrl-C.", err=True)
        with stopped_by_signals(web) as stop:
            run_until(stop, settings, services, web)
    click.echo("Stopped; every feed on disk is whole.", err=True)


def run_until(stop: threading.Event, settings: Settings, services: Services, web: Web) -> None:
    """Refresh what is due until ``stop`` is set; a bug in a refresh stops the loop and is raised."""
    report = LineReporter()

    def note(outcome: Outcome) -> None:
        report.outcome(outcome)
        if outcome.result is Result.CHANGED:
            write_overview(settings.sources, services)

    services.store.drop_unused([source.name for source in settings.sources], before=services.now() - UNUSED_KEPT)
    write_overview(settings.sources, services)
    loop.run(
        settings.sources,
        lambda source: refresh_source(source, services),
        services.store.states,
        stop=stop,
        workers=settings.fetch.hosts_at_once,
        on_outcome=note,
        on_stop=web.stop,
    )


@contextmanager
def stopped_by_signals(web: Web) -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set; they also end the fetches that wait or read, so that all ends soon."""
    stop = threading.Event()

    def end(_number: int, _frame: object) -> None:
        stop.set()
        # Not in the handler itself: stopping takes locks that the interrupted thread may hold.
        threading.Thread(target=web.stop, name="stop-web").start()

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
