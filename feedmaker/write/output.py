"""The output folder: files that are replaced whole, together, and only when their bytes change.

A publication writes every file to a temporary one in the same folder, brings them to the disk, and only then puts them
in place, in order. A reader of the folder sees the old file or the new one. A run that is killed leaves temporary
files; the next one finishes a publication that had begun to replace, so that the formats of a feed belong together
again, and removes the rest.
"""

from __future__ import annotations

import secrets
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from feedmaker.errors import OutputError
from feedmaker.write.names import check_names
from feedmaker.write.temporary import Temporary, is_temporary, sweep, sync_folder


class Output:
    """A folder that feeds are published in. Raises OutputError when it cannot be made or written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            sweep(folder)
            Temporary.create(folder, "probe", batch=secrets.token_hex(8), number=1, total=1, content=b"\n").discard()
        except OSError as error:
            raise _unusable(folder, error) from error

    def has(self, names: Iterable[str]) -> bool:
        """Whether all these files are there."""
        return all(_is_file(self.folder / name) for name in names)

    def read(self, name: str) -> bytes | None:
        """The content of a file; None if there is none. Raises OutputError."""
        try:
            return (self.folder / name).read_bytes() if _is_file(self.folder / name) else None
        except OSError as error:
            raise _unusable(self.folder, error) from error

    def publish(self, files: Mapping[str, bytes]) -> tuple[str, ...]:
        """Bring files to their contents and return the names of those that changed, in the order given.

        Names must be plain file names in lower case; anything else is a ValueError. Raises OutputError when the disk
        does not take a file (full, read-only); every file is then whole, the old one or the new one.
        """
        check_names(files)
        changed = {name: content for name, content in files.items() if not self._holds(name, content)}
        if changed:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)  # somebody may have removed it
                self._replace(changed)
            except OSError as error:
                raise _unusable(self.folder, error) from error
        return tuple(changed)

    def remove(self, names: Iterable[str]) -> None:
        """Remove files, in the order given; those that are not there are passed over. Raises OutputError."""
        names = tuple(names)
        check_names(names)
        try:
            for name in names:
                (self.folder / name).unlink(missing_ok=True)
            sync_folder(self.folder)
        except OSError as error:
            raise _unusable(self.folder, error) from error

    def _holds(self, name: str, content: bytes) -> bool:
        """Whether a regular file with these bytes stands under the name; a symbolic link never counts as one."""
        path = self.folder / name
        try:
            status = path.lstat()
            return stat.S_ISREG(status.st_mode) and status.st_size == len(content) and path.read_bytes() == content
        except OSError:
            return False

    def _replace(self, files: Mapping[str, bytes]) -> None:
        batch = secrets.token_hex(8)
        written: list[Temporary] = []
        try:
            for number, (name, content) in enumerate(files.items(), start=1):
                written.append(
                    Temporary.create(self.folder, name, batch=batch, number=number, total=len(files), content=content)
                )
            for temporary in written:
                temporary.replace()
        finally:
            for temporary in reversed(written):  # the first one last: without it a sweep would finish the rest
                temporary.discard()
        sync_folder(self.folder)


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


def _unusable(folder: Path, error: OSError) -> OutputError:
    """The same error with the place it happened at and what helps against it.

    A temporary file, whose name is another one each time, is no place: one trouble has one message.
    """
    subject = Path(error.filename2 or error.filename or folder)
    place = "" if subject == folder or is_temporary(subject) else f" ({subject})"
    reason = error.strerror or str(error)
    return OutputError(
        f"The output folder {folder} cannot be written: {reason}{place}. Make room or give the user who runs "
        f"Feedmaker the right to write there, or set `output` to another folder.",
        path=folder,
    )
