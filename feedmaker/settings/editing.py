"""Sources added to a settings file in a way that keeps its comments, order and layout."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from feedmaker.errors import OutputError, SettingsError
from feedmaker.settings.document import Block, Document, compose
from feedmaker.settings.file import read_text
from feedmaker.settings.inserting import with_source
from feedmaker.settings.invalid import NO_SOURCE, describe
from feedmaker.settings.load import check, load_settings
from feedmaker.settings.secrets import Surroundings

NEW_FILE = "output: ./feeds\nsources: {}\n"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def add_source(
    path: Path,
    name: str,
    values: Mapping[str, object],
    environment: Mapping[str, str] | None = None,
    *,
    is_dry_run: bool = False,
) -> None:
    """Add a source at the end of the file's sources; a file that is not there is made. A dry run only looks whether
    that would do.

    ``values`` are the source's settings, ``url`` first; ``environment`` is that of ``load_settings``. The file is
    replaced only by one that is right: raises SettingsError for a file with faults, a name that is taken or values that
    do not fit, and OutputError when the file cannot be written.
    """
    target = path.resolve()  # a link stays one
    text = read_text(path) if path.exists() else NEW_FILE
    document = compose(text, path)
    _check(document, environment or {})
    _check_name(document, name)
    changed = with_source(text, name, values)
    content = changed.encode()
    if path.exists() and target.read_bytes().startswith(BYTE_ORDER_MARK):
        content = BYTE_ORDER_MARK + content
    try:
        if is_dry_run:
            _check(compose(changed, path), environment or {})
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, content, environment)
    except SettingsError as error:
        # The faults are those of a file that nobody will see; what is wrong is what was to be added.
        raise SettingsError(tuple(replace(fault, path=path, line=None) for fault in error.faults)) from None
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}; check its permissions", path=path) from error


def _check(document: Document, environment: Mapping[str, str]) -> None:
    """Raise SettingsError for a file with faults, other than that it has no source yet."""
    if document.root is not None:
        _, faults = check(document, Surroundings(document.path.absolute().parent, environment))
        if faults := [fault for fault in faults if fault.message != NO_SOURCE]:
            raise SettingsError(tuple(faults))


def _check_name(document: Document, name: str) -> None:
    """Raise SettingsError for a name that the file has."""
    for kind, words in (("sources", "A source"), ("merge", "A merged feed")):
        named = document.root.get(kind) if isinstance(document.root, Block) else None
        if isinstance(named, Block) and name in named:
            message = f"{words} of the name {describe(name)} exists."
            raise SettingsError((document.fault((kind, name), message, "Choose another (--name)."),))


def _replace(target: Path, content: bytes, environment: Mapping[str, str] | None) -> None:
    """Put a new file in the old one's place if it is right; else the old one stays, and nothing else is left."""
    written = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        with written.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        load_settings(written, environment)
        if target.exists():
            written.chmod(stat.S_IMODE(target.stat().st_mode))
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)
