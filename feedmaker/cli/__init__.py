"""The command line, one file a command. Alone in the program it reads the environment and chooses exit codes."""

from __future__ import annotations

import errno
import importlib
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import click

from feedmaker.errors import AlreadyRunning, FeedmakerError, OutputError, SettingsError, StateError, UnknownSource
from feedmaker.version import VERSION

COMMANDS = (
    "build",
    "run",
    "demo",
    "add",
    "preview",
    "detect",
    "extract",
    "check",
    "status",
    "record",
    "replay",
    "serve",
)

SOME_SOURCES_FAILED = 1  # or, of `status --problems`, have problems
OUTPUT_UNUSABLE = 3
INTERRUPTED = 130  # as shells have it for SIGINT: no source has failed
UNHEARD = 141  # as shells have it for SIGPIPE: whoever read what is printed has seen enough, as in `status | head`
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
EXIT_CODES: tuple[tuple[type[FeedmakerError], int], ...] = (
    (SettingsError, 2),
    (OutputError, OUTPUT_UNUSABLE),
    (StateError, OUTPUT_UNUSABLE),
    (AlreadyRunning, 4),
    (FeedmakerError, SOME_SOURCES_FAILED),
)


class Commands(click.Group):
    """Commands that are imported when they are called, so that each starts without the libraries of the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, from the module of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"feedmaker.cli.{cmd_name}"), cmd_name)
        return command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the options; ``--help`` and ``--version`` print here, before any command."""
        with _printing():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an expected error becomes its message and its exit code, as Ctrl-C does; all else is a bug."""
        try:
            with _printing():
                return super().invoke(ctx)
        except FeedmakerError as error:
            click.echo(message(error), err=True)
            raise click.exceptions.Exit(exit_code(error)) from error
        except KeyboardInterrupt:
            click.echo("feedmaker: stopped by Ctrl-C; nothing is left half written", err=True)
            raise click.exceptions.Exit(INTERRUPTED) from None
        except click.NoSuchOption as error:
            if error.ctx is ctx or not any(error.option_name in each.opts for each in self.params):
                raise
            hint = f"It stands before the command: {ctx.command_path} {error.option_name} ..."
            raise click.NoSuchOption(error.option_name, f"{error.message} {hint}", ctx=error.ctx) from None


@contextmanager
def _printing() -> Iterator[None]:
    """End with its exit code if what is printed cannot be written; all other rooms name the file, or convert it."""
    try:
        yield
    except OSError as error:
        is_unheard = isinstance(error, BrokenPipeError)
        if error.filename is not None or not (is_unheard or error.errno in FULL):
            raise
        with suppress(OSError):  # what is left of it would be written at the very end, and fail once more
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not is_unheard:
            click.echo(f"feedmaker: what it prints cannot be written ({error.strerror}); make room there", err=True)
        raise click.exceptions.Exit(UNHEARD if is_unheard else OUTPUT_UNUSABLE) from None


def message(error: FeedmakerError) -> str:
    """What standard error shows of an error; each fault of the settings has a line of its own."""
    if isinstance(error, UnknownSource):
        return "\n".join(f"feedmaker: {line}" for line in str(error).splitlines())
    if isinstance(error, SettingsError):
        count = len(error.faults)
        if count == 1 and error.faults[0].line is None:  # about the file as a whole
            return f"feedmaker: {error}"
        return f"feedmaker: {count} {'fault' if count == 1 else 'faults'} in the settings:\n{error}"
    return f"feedmaker: {error}"


def exit_code(error: FeedmakerError) -> int:
    """1 a source failed, 2 usage or configuration, 3 output or state unusable, 4 another instance runs."""
    return next(code for kind, code in EXIT_CODES if isinstance(error, kind))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("config/sources.yaml"),
    show_default=True,
    envvar="FEEDMAKER_CONFIG",
    show_envvar=True,
    help="The settings file that lists the sources.",
)
@click.option(
    "--log",
    "form",
    type=click.Choice(["auto", "text", "json"]),
    default="auto",
    show_default=True,
    envvar="FEEDMAKER_LOG",
    show_envvar=True,
    help="How lines of the log look; auto is text on a terminal and JSON elsewhere.",
)
@click.option("--verbose", is_flag=True, help="Log more, such as the traces of functions of your own.")
@click.version_option(VERSION, prog_name="feedmaker")
@click.pass_context
def cli(context: click.Context, config: Path, form: str, verbose: bool) -> None:
    """Keep clean RSS, Atom and JSON feeds of news sections that have none.

    Exit codes: 0 all well, 1 some sources failed (or, of status --problems, something is wrong), 2 usage or settings,
    3 output or state unusable, 4 another instance is running, 130 cut short by Ctrl-C.
    """
    from feedmaker.cli.logs import LogForm, configure

    context.obj = config
    configure(LogForm(form), is_verbose=verbose)


def main() -> None:
    """The console script."""
    for name in ("stdout", "stderr"):  # None where the shell has closed them (>&-)
        setattr(sys, name, getattr(sys, name) or Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115
    # A page's text goes to terminals and pipes of any encoding; a character that one lacks must not end the program.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    from feedmaker.cli.logs import report_bug

    sys.excepthook = report_bug
    threading.excepthook = lambda hooked: report_bug(
        hooked.exc_type, hooked.exc_value or Exception(), hooked.exc_traceback
    )
    cli()
