"""``feedmaker demo``: the whole program on a news site of its own, without a network."""

from __future__ import annotations

import contextlib
import sys
import threading
from pathlib import Path

import click

from feedmaker.cli import SOME_SOURCES_FAILED
from feedmaker.cli.build import build_sources
from feedmaker.cli.configured import settings_from
from feedmaker.cli.reporter import print_summary
from feedmaker.demo import DemoSite, demo_settings_yaml
from feedmaker.errors import AlreadyRunning, OutputError, StateError
from feedmaker.model import Result
from feedmaker.settings import Settings
from feedmaker.store import remove_state

PORT = 8753


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-feeds"),
    show_default=True,
    help="Where the demo's settings, state and feeds go.",
)
@click.option(
    "--stay/--no-stay",
    default=None,
    help="Keep the site up afterwards so that pictures load. [default: on a terminal]",
)
def demo(folder: Path, stay: bool | None) -> None:
    """Make the feeds of a small news site on this machine."""
    with _site() as site:
        settings = _settings(folder, site.url)
        click.echo(f"A small news site is up at {site.url}; reading {len(settings.sources)} of its sections", err=True)
        outcomes = build_sources(settings, settings.sources)
        print_summary(outcomes)
        _tell_where(settings, config=folder / "sources.yaml")
        if any(outcome.result is Result.FAILED for outcome in outcomes):
            raise click.exceptions.Exit(SOME_SOURCES_FAILED)
        if sys.stdout.isatty() if stay is None else stay:
            _stay()


def _site() -> DemoSite:
    """The site at its own port, so that ids stay from run to run, or at a free one where that is taken."""
    try:
        return DemoSite(PORT)
    except OSError:
        return DemoSite()


def _stay() -> None:
    click.echo("The site stays up so that pictures load; end it with Ctrl-C.")
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()


def _settings(folder: Path, site_url: str) -> Settings:
    """The demo's settings, written where a person can read them; its state starts anew, since its port may.

    Raises AlreadyRunning where another instance keeps the feeds of an earlier demo, whose files then stay, and
    StateError or OutputError for a folder that cannot be used.
    """
    config = folder / "sources.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove_state(folder / "feedmaker.db")
        config.write_text(demo_settings_yaml(site_url), encoding="utf-8")
    except (AlreadyRunning, StateError) as error:
        raise type(error)(f"{error} For the demo that is another --folder.", path=folder) from error
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.strerror}); choose another with --folder", path=folder
        ) from error
    return settings_from(config)


def _tell_where(settings: Settings, config: Path) -> None:
    click.echo("The feeds, for any feed reader:")
    for source in settings.sources:
        for ending in ("rss", "atom", "json"):
            click.echo(f"  {settings.output / source.name}.{ending}")
    click.echo(f"The page for people: {(settings.output / 'index.html').as_uri()}")
    click.echo(f"The settings that made them: {config}")
    click.echo("Next, for a section of your own: feedmaker add URL")
