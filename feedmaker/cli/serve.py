"""``feedmaker serve``: the feeds over HTTP, on this machine or for others."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from feedmaker.cli.configured import settings_from
from feedmaker.web.listening import address_of, listening_at, reason_of

EXTRA = frozenset({"starlette", "uvicorn", "anyio", "h11"})


class CannotServe(click.ClickException):
    """Something is missing or in the way; the message says what to do."""

    exit_code = 2


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at; 0.0.0.0 for all.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 for any free one."
)
@click.pass_obj
def serve(config: Path, host: str, port: int) -> None:
    """Serve the feeds over HTTP until SIGINT (Ctrl-C) or SIGTERM."""
    settings = settings_from(config)
    if settings.bucket:
        raise CannotServe(f"feeds are in {settings.bucket}, which serves them itself; serve needs a folder as output")
    folder = settings.output
    try:
        import uvicorn

        from feedmaker.web.feeds import feeds_over_http
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRA:
            raise
        raise CannotServe(f"serve needs {error.name}, which is not installed: pip install 'feedmaker[web]'") from error
    try:
        listener = listening_at(host, port)
    except OSError as error:
        hint = "choose another with --host and --port"
        raise CannotServe(f"nothing can be served at {host}, port {port} ({reason_of(error)}); {hint}") from error
    with listener, _signals_left_alone():
        options = uvicorn.Config(
            feeds_over_http(folder),
            lifespan="off",
            ws="none",
            log_config=None,
            log_level="warning",
            server_header=False,
        )
        click.echo(f"Serving {folder} at {address_of(listener)}; stop with Ctrl-C.", err=True)
        uvicorn.Server(options).run(sockets=[listener])
    click.echo("Stopped.", err=True)


@contextmanager
def _signals_left_alone() -> Iterator[None]:
    """uvicorn stops in order at a signal and then sends it once more to whoever handled it before: here, to nobody."""
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
