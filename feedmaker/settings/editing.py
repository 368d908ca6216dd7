"""Sources added to a settings file in a way that keeps its comments, order and layout."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import chain, count
from pathlib import Path

from feedmaker.errors import OutputError, SettingsError, SettingsFault
from feedmaker.model import STATUS_FEED
from feedmaker.settings.document import Block, Document, compose
from feedmaker.settings.file import read_text
from feedmaker.settings.inserting import with_source
from feedmaker.settings.invalid import NO_SOURCE, describe
from feedmaker.settings.load import check, settings_in
from feedmaker.settings.names import LONGEST
from feedmaker.settings.secrets import Surroundings
from feedmaker.settings.values import Settings

NEW_FILE = "output: ./feeds\nsources: {}\n"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_DIGITS = 5  # of a number behind a name


def add_source(
    path: Path, name: str, values: Mapping[str, object], environment: Mapping[str, str] | None = None
) -> None:
    """Add a source at the end of the file's sources; a file that is not there is made.

    ``values`` are the source's settings, ``url`` first; ``environment`` is that of ``load_settings``. The file is
    replaced only by one that is right: raises SettingsError for a file with faults, a name that is taken or values that
    do not fit, and OutputError when the file cannot be written.
    """
    target = path.resolve()  # a link stays one
    content = _checked(path, name, values, environment or {}).encode()
    try:
        if path.exists() and target.read_bytes().startswith(BYTE_ORDER_MARK):
            content = BYTE_ORDER_MARK + content
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, content)
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


def check_addition(
    path: Path, name: str, values: Mapping[str, object], environment: Mapping[str, str] | None = None
) -> None:
    """Raise what ``add_source`` raises for such a file, name and values; nothing is written."""
    _checked(path, name, values, environment or {})


def free_name(path: Path, name: str) -> str:
    """The name, or the first of ``name-2``, ``name-3``, ... that nothing in the file has."""
    root = compose(read_text(path), path).root if path.exists() else None
    places = [root.get(kind) for kind in ("sources", "merge")] if isinstance(root, Block) else []
    taken = {STATUS_FEED, *chain.from_iterable(place for place in places if isinstance(place, Block))}
    others = (f"{name[: LONGEST - _DIGITS]}-{number}" for number in count(2))
    return next(each for each in chain((name,), others) if each not in taken)


def settings_so_far(path: Path, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of a file that may lack nothing but sources. Raises SettingsError for all other faults."""
    text = read_text(path)
    document = compose(text, path)
    try:
        return settings_in(document, environment or {})
    except SettingsError as error:
        if document.root is not None and (others := _but_no_source(error.faults)):
            raise SettingsError(others) from None
    filled = compose(with_source(text, "none", {"url": "https://none.example/"}), path)
    return replace(settings_in(filled, environment or {}), sources=())


def _checked(path: Path, name: str, values: Mapping[str, object], environment: Mapping[str, str]) -> str:
    """The text of the file with the source. Raises SettingsError, and OutputError for a file that is read-only."""
    text = read_text(path) if path.exists() else NEW_FILE
    document = compose(text, path)
    _refuse(document, environment)
    _refuse_taken(document, name)
    after = with_source(text, name, values)
    try:
        settings_in(compose(after, path), environment)
    except SettingsError as error:
        # The lines are those of a file that nobody will see; what is wrong is what was to be added.
        raise SettingsError(tuple(replace(fault, line=None) for fault in error.faults)) from None
    # A file that is replaced needs no leave to be written, but its owner has said that it should stay as it is.
    if path.exists() and not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise _unwritable(path, "it is read-only")
    return after


def _refuse(document: Document, environment: Mapping[str, str]) -> None:
    """Raise SettingsError for a file with faults, other than that it has no source yet."""
    if document.root is None:
        return
    _, faults = check(document, Surroundings(document.path.absolute().parent, environment))
    if others := _but_no_source(faults):
        raise SettingsError(others)


def _but_no_source(faults: Iterable[SettingsFault]) -> tuple[SettingsFault, ...]:
    return tuple(fault for fault in faults if fault.message != NO_SOURCE)


def _refuse_taken(document: Document, name: str) -> None:
    for kind, words in (("sources", "A source"), ("merge", "A merged feed")):
        named = document.root.get(kind) if isinstance(document.root, Block) else None
        if isinstance(named, Block) and name in named:
            message = f"{words} of the name {describe(name)} exists."
            raise SettingsError((document.fault((kind, name), message, "Choose another (--name)."),))


def _replace(target: Path, content: bytes) -> None:
    """Put a new file in the old one's place, with its owner and mode; else the old one stays, and nothing is left."""
    written = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        with written.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            before = target.stat()
            with suppress(PermissionError):  # only root can give a file away
                os.chown(written, before.st_uid, before.st_gid)
            written.chmod(stat.S_IMODE(before.st_mode))
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)


def _unwritable(path: Path, reason: str) -> OutputError:
    return OutputError(f"{path} cannot be written: {reason}; check its permissions", path=path)
