"""The shape of where things are kept: the state, and the pages that were fetched."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo

from feedmaker.model import Database
from feedmaker.settings.addresses import parse_database
from feedmaker.settings.form import Form
from feedmaker.settings.kinds import FilePath, Long, parse_path
from feedmaker.settings.secrets import FileForm, parse_secret


def _state(value: object, info: ValidationInfo) -> Path | Database:
    """A file, or a database by its address, which may stand in the environment or in a file of its own."""
    if isinstance(value, dict) or (isinstance(value, str) and ("://" in value or value.startswith("${"))):
        value = parse_secret(value, info)
    return parse_database(value) if isinstance(value, str) and "://" in value else parse_path(value)


_Text = Annotated[str, Field(min_length=1)]
StatePlace = Annotated[Path | Database, PlainValidator(_state, json_schema_input_type=_Text | FileForm)]


class ArchiveForm(Form):
    """A folder that keeps each page that was fetched."""

    folder: FilePath = Field(description="The folder, relative to this file.")
    keep_pages: Long | None = Field(
        default=None,
        description="How long a page is kept that is not fetched again, such as 90d.",
        json_schema_extra={"default": "365d"},
    )


def _as_archive(value: object) -> object:
    """The short form of an archive: its folder alone."""
    return {"folder": value} if isinstance(value, str) else value


Archive = Annotated[ArchiveForm, BeforeValidator(_as_archive, json_schema_input_type=_Text | ArchiveForm)]
