"""Values that need not stand in the settings file: ``${NAME}`` is an environment variable, ``{file: path}`` a file.

No message of this module repeats a value: whatever goes through here may be a password.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import Field, PlainValidator, ValidationInfo

from feedmaker.settings.form import Form
from feedmaker.settings.invalid import Invalid, describe, kind_of

LARGEST = 64 * 1024  # bytes of a file that holds one value
EXPECTED = "text, or {file: path}"
REFERENCE = re.compile(r"\$\$\{|\$\{([^}]*)(\}?)")
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a settings file stands, and what its references to the environment mean.

    ``found`` collects the values that references to variables and files have led to.
    """

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    found: set[str] = field(default_factory=set, repr=False)


class FileForm(Form):
    """A value that stands in a file of its own."""

    file: str = Field(description="The path of a file that holds the value, relative to the settings file.")


def surroundings_of(info: ValidationInfo) -> Surroundings:
    """What the settings are checked with."""
    assert isinstance(info.context, Surroundings), "load_settings gives it"
    return info.context


def parse_secret(value: object, info: ValidationInfo) -> str:
    """The text that a value stands for; raises Invalid for a missing variable or file."""
    surroundings = surroundings_of(info)
    if isinstance(value, str):
        text = filled(value, surroundings.environment)
        surroundings.found.update(surroundings.environment.get(each[1] or "", "") for each in REFERENCE.finditer(value))
        return text
    if isinstance(value, dict):
        content = _content(value, surroundings.folder)
        surroundings.found.add(content)
        return content
    hint = "Put it in quotes if it is meant as text." if isinstance(value, int | float) else None
    raise Invalid(f"Expected {EXPECTED}, found {kind_of(value)}.", hint)


def filled(text: str, environment: Mapping[str, str]) -> str:
    """The text with the values of variables in place of ``${NAME}``; ``$${`` is ``${`` itself."""
    return REFERENCE.sub(lambda found: "${" if found[0] == "$${" else _variable(found, environment), text)


def _variable(found: re.Match[str], environment: Mapping[str, str]) -> str:
    name = found[1]
    if not found[2] or not NAME.fullmatch(name):
        raise Invalid(
            "The value has a ${ without the name of a variable and a }.", "Write ${NAME}, or $${ for ${ itself."
        )
    if not environment.get(name):
        state = "is empty" if name in environment else "is not set"
        raise Invalid(f"The environment variable {name} {state}.", "Set it before Feedmaker starts.")
    return environment[name]


def _content(value: Mapping[str, object], folder: Path) -> str:
    name = value.get("file")
    if list(value) != ["file"] or not isinstance(name, str) or not name.strip():
        raise Invalid(f"Expected {EXPECTED}, found another mapping.")
    path = beside(folder, name)
    try:
        if not path.is_file():
            raise Invalid(f"There is no file {path}.", "Create it, or name another one.")
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Invalid(f"The file {path} cannot be read: {error.strerror}.", "Check its permissions.") from error
    if len(content) > LARGEST:
        raise Invalid(f"The file {path} has more than {LARGEST} bytes.", "Name a file that holds one value alone.")
    return _decoded(content, path)


def _decoded(content: bytes, path: Path) -> str:
    try:
        text = content.decode().rstrip("\r\n")
    except UnicodeDecodeError:
        # Without the cause: it would carry the value.
        raise Invalid(f"The file {path} is not UTF-8 text.", "Save it as UTF-8.") from None
    if not text:
        raise Invalid(f"The file {path} is empty.", "Write the value into it.")
    return text


def beside(folder: Path, name: str) -> Path:
    """A path as a settings file in this folder means it; raises Invalid."""
    try:
        return folder / Path(name).expanduser()
    except RuntimeError as error:
        raise Invalid(f"The home folder in {describe(name)} is not known.", "Write the whole path.") from error


Secret = Annotated[str, PlainValidator(parse_secret, json_schema_input_type=str | FileForm)]
