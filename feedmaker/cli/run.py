"""``feedmaker run``: refresh sources on their schedules until told to stop."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click
import structlog

from feedmaker.cli.configured import settings_from
from feedmaker.cli.limits import within_limits
from feedmaker.cli.monitor import monitoring, place_of
from feedmaker.cli.reporter import LineReporter
from feedmaker.cli.service_manager import ServiceManager
from feedmaker.errors import StateDamaged
from feedmaker.reading import Apart
from feedmaker.refresh import open_services
from feedmaker.schedule.keeper import Keeper
from feedmaker.settings import FileWatch, Settings

MOST_MENDED = 3  # times that a state is mended in one run; a disk that damages it again and again is broken

log = structlog.stdlib.get_logger("feedmaker")


@click.command()
@click.option(
    "--listen",
    metavar="HOST:PORT",
    callback=place_of,
    help="Answer /healthz and /metrics there, such as 127.0.0.1:9090.",
)
@click.option("--metrics-by-source", "by_source", is_flag=True, help="Let /metrics have figures of each source.")
@click.pass_obj
def run(config: Path, listen: tuple[str, int] | None, by_source: bool) -> None:
    """Keep every feed fresh on its schedule.

    SIGINT (Ctrl-C) and SIGTERM end it. Settings that change are taken over within seconds, and at once on SIGHUP.
    """
    for mended in range(MOST_MENDED + 1):
        try:
            _keep(config, listen, by_source=by_source)
            break
        except StateDamaged as error:
            if mended == MOST_MENDED:
                raise
            log.error(f"{error} It is opened anew.")
    log.info("stopped; every feed on disk is whole")


def _keep(config: Path, listen: tuple[str, int] | None, *, by_source: bool) -> None:
    settings = within_limits(settings_from(config))
    watch = FileWatch(config)
    manager = ServiceManager.of(os.environ)

    def load() -> Settings:
        manager.is_reloading()
        return within_limits(settings_from(config))

    with (
        Apart(settings.fetch.deadline) as reader,
        open_services(settings, reader=reader) as (services, web),
        monitoring(listen, settings, services, by_source=by_source) as monitor,
    ):
        keeper = Keeper(
            settings,
            services,
            web,
            reader,
            watch=watch,
            load=load,
            reports=(monitor.refreshed, LineReporter().outcome),  # whoever reads the line finds it counted
            on_tick=(monitor.tick, manager.ticked),
            on_settings=monitor.settled,
        )
        with signals((manager.is_stopping, web.stop, reader.stop), watch.ask) as stop, services.bulletin.issuing():
            log.info(
                "keeping feeds fresh; stop with Ctrl-C", sources=len(settings.sources), output=settings.destination
            )
            keeper.run(stop)


@contextmanager
def signals(on_stop: Iterable[Callable[[], None]], on_hangup: Callable[[], None]) -> Iterator[threading.Event]:
    """An event that SIGINT and SIGTERM set; ``on_stop`` are called then, and ``on_hangup`` on SIGHUP."""
    stop = threading.Event()

    def end(_number: int, _frame: object) -> None:
        stop.set()
        # Not in the handler itself: stopping takes locks that the interrupted thread may hold.
        for call in on_stop:
            with suppress(RuntimeError):  # no thread can be had; the loop calls them itself, a moment later
                threading.Thread(target=call, name="stop").start()

    handlers = {signal.SIGINT: end, signal.SIGTERM: end}
    if hasattr(signal, "SIGHUP"):  # not on Windows
        handlers[signal.SIGHUP] = lambda _number, _frame: on_hangup()
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
