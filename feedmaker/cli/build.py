"""``feedmaker build``: refresh all sources once, or the named ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path

import click

from feedmaker.cli import SOME_SOURCES_FAILED
from feedmaker.cli.as_json import print_json
from feedmaker.cli.configured import settings_from
from feedmaker.cli.reporter import print_summary, reporter
from feedmaker.model import Outcome, Result, Source
from feedmaker.refresh import Services, open_services, refresh_source, write_overview
from feedmaker.schedule.lineup import Lineup
from feedmaker.settings import Settings, pick


@click.command()
@click.argument("sources", nargs=-1)
@click.option("--from-archive", is_flag=True, help="Read the pages that `archive` has kept once more; ask no site.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcomes as JSON.")
@click.pass_obj
def build(config: Path, sources: tuple[str, ...], from_archive: bool, as_json: bool) -> None:
    """Refresh all sources once, or only SOURCES, and write their feeds."""
    settings = settings_from(config)
    if from_archive and settings.archive is None:
        raise click.UsageError(f"{config} names no archive; set `archive: FOLDER` and let pages be fetched once.")
    refresh_one = partial(refresh_source, even_if_gone=bool(sources) or from_archive)
    outcomes = build_sources(settings, pick(settings, sources), refresh_one, from_archive=from_archive)
    if as_json:
        print_json(outcomes)
    else:
        print_summary(outcomes)
        index = "" if settings.bucket else f"; open {settings.output / 'index.html'} to look at them"
        click.echo(f"Feeds are in {settings.destination}{index}.")
    if any(outcome.result is Result.FAILED for outcome in outcomes):
        raise click.exceptions.Exit(SOME_SOURCES_FAILED)


def build_sources(
    settings: Settings,
    sources: Sequence[Source],
    refresh_one: Callable[[Source, Services], Outcome] = refresh_source,
    *,
    from_archive: bool = False,
) -> list[Outcome]:
    """Refresh sources side by side, write the overview, and give the outcomes in the order of the settings."""
    with (
        reporter(len(sources)) as report,
        open_services(settings, report.articles, from_archive=from_archive) as (services, web),
    ):
        outcomes: dict[str, Outcome] = {}
        workers = settings.fetch.hosts_at_once
        with ThreadPoolExecutor(workers, thread_name_prefix="refresh") as pool:
            try:
                for outcome in refreshed(sources, workers, lambda source: pool.submit(refresh_one, source, services)):
                    report.outcome(outcome)
                    outcomes[outcome.source] = outcome
                services.bulletin.issue()
            finally:
                # On Ctrl-C or a bug, what waits for its turn at a host must not be waited for.
                web.stop()
        write_overview(settings.sources, services)
    return [outcomes[source.name] for source in sources]


def refreshed(sources: Sequence[Source], workers: int, begin: Callable[[Source], Future[Outcome]]) -> Iterator[Outcome]:
    """The outcomes as they come. Each site has one worker, so that no dead or crowded one occupies them all."""
    lineup = Lineup()
    for source in sources:
        lineup.add(source)
    running: dict[Future[Outcome], Source] = {}
    while True:
        while len(running) < workers and (source_now := lineup.take()):
            running[begin(source_now)] = source_now
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            lineup.done(running.pop(future))
            yield future.result()
