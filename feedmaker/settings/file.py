"""The settings file's bytes as text."""

from __future__ import annotations

import re
from pathlib import Path

from feedmaker.errors import SettingsError, SettingsFault
from feedmaker.settings.invalid import nearest

LARGEST = 4 * 1024 * 1024  # bytes; 10,000 sources with rules of their own take 3 MiB
# What YAML 1.2 (section 5.1) does not allow in a file, and what its older parsers take for a line break.
UNUSABLE = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\ufeff")


def read_text(path: Path) -> str:
    """Read a settings file; raises SettingsError for one that is missing, unreadable, too large or not UTF-8 text."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise _error(path, None, "There is no such file.", _near_file(path)) from error
    except IsADirectoryError as error:
        raise _error(
            path, None, "This is a folder, expected a YAML file.", _near_file(path / "sources.yaml")
        ) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise _error(path, None, f"The file cannot be read: {reason}.", "Check its permissions.") from error
    if len(content) > LARGEST:
        hint = "Split the sources among several files, each with its own state."
        raise _error(path, None, f"The file is larger than {LARGEST} bytes.", hint)
    return _decode(content, path)


def _decode(content: bytes, path: Path) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"Not UTF-8 text: the byte 0x{content[error.start]:02x} cannot be read."
        raise _error(path, line, message, "Save the file as UTF-8.") from error
    unusable = UNUSABLE.search(text)
    if unusable:
        line = len(re.findall(r"\r\n|\r|\n", text[: unusable.start()])) + 1
        raise _error(path, line, f"The character U+{ord(unusable[0]):04X} is not allowed in YAML.", "Remove it.")
    return text


def _near_file(path: Path) -> str:
    """The YAML file beside a missing one that was probably meant."""
    try:
        names = [file.name for file in path.parent.iterdir() if file.suffix in {".yaml", ".yml"}]
    except OSError:
        names = []
    match = nearest(path.name, names)
    if match:
        return f"Did you mean {path.parent / match}?"
    return "`feedmaker add URL` makes it; --config names another file."


def _error(path: Path, line: int | None, message: str, hint: str) -> SettingsError:
    return SettingsError((SettingsFault(path, line, "", message, hint),))
