"""``feedmaker build``: refresh all sources once, or the named ones."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import click

from feedmaker.cli import SOME_SOURCES_FAILED
from feedmaker.cli.as_json import print_json
from feedmaker.cli.configured import settings_from
from feedmaker.cli.reporter import Reporter, print_summary, reporter
from feedmaker.model import Outcome, Result, Source
from feedmaker.refresh import Services, open_services, refresh_source, write_overview
from feedmaker.settings import Settings, pick


@click.command()
@click.argument("sources", nargs=-1)
@click.option("--from-archive", is_flag=True, help="Read the pages that `archive` has kept once more; ask no site.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcomes as JSON.")
@click.pass_obj
def build(config: Path, sources: tuple[str, ...], from_archive: bool, as_json: bool) -> None:
    """Refresh every source once, or only SOURCES, and write their feeds."""
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
        with ThreadPoolExecutor(settings.fetch.hosts_at_once, thread_name_prefix="refresh") as pool:
            futures = [pool.submit(refresh_one, source, services) for source in by_turns(sources)]
            try:
                outcomes = {outcome.source: outcome for outcome in _reported(futures, report)}
            finally:
                # On Ctrl-C or a bug, what waits for its turn at a host must not be waited for.
                web.stop()
                pool.shutdown(cancel_futures=True)
        write_overview(settings.sources, services)
    return [outcomes[source.name] for source in sources]


def by_turns(sources: Iterable[Source]) -> Iterator[Source]:
    """Sources with their hosts taking turns, so that one host's sources do not occupy all workers."""
    hosts: dict[str | None, deque[Source]] = defaultdict(deque)
    for source in sources:
        hosts[urlsplit(source.url).hostname].append(source)
    while hosts:
        for host in list(hosts):
            yield hosts[host].popleft()
            if not hosts[host]:
                del hosts[host]


def _reported(futures: Iterable[Future[Outcome]], report: Reporter) -> Iterator[Outcome]:
    for future in as_completed(futures):
        outcome = future.result()
        report.outcome(outcome)
        yield outcome
