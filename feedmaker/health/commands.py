"""A person's own commands: run without a shell, within a time, and a failure is never more than a warning."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from typing import IO

TIMEOUT = 60.0  # seconds
SHOWN = 300  # characters of what a command that fails has said last


def run(command: Sequence[str], *arguments: str, given: bytes = b"", timeout: float = TIMEOUT) -> str | None:
    """Run a command with further arguments; ``given`` is its standard input. What went wrong, or None.

    After ``timeout`` seconds it is killed with all that it has started.
    """
    with tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(  # noqa: S603 - the command is the person's own, and no shell reads it
                [*command, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=said,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            return f"{command[0]} cannot be run ({getattr(error, 'strerror', None) or error})"
        with process:
            try:
                process.communicate(given, timeout)
            except subprocess.TimeoutExpired:
                _kill(process)
                return f"{command[0]} was killed: it took longer than {timeout:g} s"
        return _fault(command[0], process.returncode, said)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _fault(name: str, code: int, said: IO[bytes]) -> str | None:
    if code == 0:
        return None
    said.seek(0)
    lines = said.read(64 * 1024).decode("utf-8", "replace").strip().splitlines()
    how = f"ended with status {code}" if code > 0 else f"was ended by signal {-code}"
    return f"{name} {how}" + (f": {lines[-1][:SHOWN]}" if lines else "")
