"""A PostgreSQL server of the tests' own, in a folder that goes with it."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from feedmaker.model import Database

ROLE = "feedmaker"


@dataclass(frozen=True)
class Server:
    """A server that listens on a socket in its folder; ``programs`` is where its commands lie."""

    folder: Path
    programs: Path

    def new_database(self) -> Database:
        """An empty database of a name of its own."""
        name = f"state_{secrets.token_hex(4)}"
        self.run("createdb", "--host", str(self.folder), "--username", ROLE, name)
        return Database(f"postgresql://{ROLE}@/{name}?host={self.folder}")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        self._control("start", "-o", options, "-l", str(self.folder / "log"))

    def stop(self) -> None:
        """Stop the server at once, whoever is connected."""
        self._control("stop", "-m", "immediate")

    def _control(self, command: str, *arguments: str) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", command, *arguments)

    def run(self, program: str, *arguments: str) -> None:
        """Run a command as the user whom the server runs as: it refuses root."""
        user = _other_user() if os.geteuid() == 0 else None
        command = [str(self.programs / program), *arguments]
        # To nowhere, not to pipes: the server inherits them, and whoever reads them would wait for its end.
        subprocess.run(
            command, check=True, user=user, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


def programs() -> Path | None:
    """The folder with PostgreSQL's commands: Debian keeps those of the server out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@contextmanager
def serving(programs: Path) -> Iterator[Server]:
    """A server that runs until the end."""
    folder = Path(tempfile.mkdtemp(prefix="feedmaker-pg-"))  # a short name: that of a socket has 107 bytes at most
    if os.geteuid() == 0:
        os.chown(folder, pwd.getpwnam(_other_user()).pw_uid, -1)
    server = Server(folder, programs)
    try:
        server.run(
            "initdb", "-D", str(folder / "data"), "--username", ROLE, "--auth", "trust", "--no-sync", "-E", "UTF8"
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


def _other_user() -> str:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
