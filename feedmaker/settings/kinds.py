"""The kinds of values that settings have: how pydantic checks each, and how the JSON Schema shows it."""

from __future__ import annotations

from datetime import timedelta, tzinfo
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, PlainValidator

from feedmaker import model
from feedmaker.settings import durations, names
from feedmaker.settings.addresses import Network, parse_base_url, parse_bucket, parse_contact, parse_network, parse_url
from feedmaker.settings.cron import parse_cron
from feedmaker.settings.invalid import Invalid, describe, did_you_mean, require_text
from feedmaker.settings.patterns import parse_pattern, parse_template
from feedmaker.settings.selectors import parse_items, parse_selector

LONGEST_WORD = 100  # characters; several words may be meant as one


class Robots(StrEnum):
    """Whether a site's robots.txt counts."""

    HONOUR = "honour"
    IGNORE = "ignore"


def _text(value: object) -> str:
    text = require_text(value, "text")
    if not text.strip():
        raise Invalid("Expected text, found none.", "Write some, or remove the line.")
    return text


def _word(value: object) -> str:
    text = _text(value)
    if len(text) > LONGEST_WORD:
        raise Invalid(f"Expected a word of at most {LONGEST_WORD} characters, found {describe(text)}.")
    return text


def parse_path(value: object) -> Path:
    """Read the path of a file or folder, relative to the settings file; raises Invalid."""
    text = _text(value)
    try:
        return Path(text).expanduser()
    except RuntimeError as error:
        raise Invalid(f"The home folder in {describe(text)} is not known.", "Write the whole path.") from error


def _field(value: object) -> model.Field:
    text = require_text(value, "the name of a field")
    if text not in list(model.Field):
        raise Invalid(f"{describe(text)} is no field of an entry.", did_you_mean(text, list(model.Field)))
    return model.Field(text)


def _long(value: object) -> timedelta:
    return durations.parse_duration(value, minimum=timedelta(seconds=1))


def _reread(value: object) -> timedelta:
    return durations.parse_duration(value, maximum=timedelta(days=30))


def _delay(value: object) -> timedelta:
    return durations.parse_duration(value, maximum=timedelta(hours=1))


def _deadline(value: object) -> timedelta:
    return durations.parse_duration(value, minimum=timedelta(seconds=1), maximum=timedelta(hours=1))


def chosen(choices: type[StrEnum]) -> PlainValidator:
    """What checks a setting that has a few values to choose from."""
    return PlainValidator(partial(names.parse_choice, choices=choices), json_schema_input_type=choices)


def _output(value: object) -> Path | str:
    """A folder, or the address of a bucket, which stays text."""
    return parse_bucket(value) if isinstance(value, str) and "://" in value else parse_path(value)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Texts = Annotated[list[str], Field(min_length=1)]
_Name = Annotated[str, Field(pattern=names.SOURCE)]
DurationText = Annotated[str, Field(pattern=durations.PATTERN)]
UrlText = Annotated[str, Field(pattern="^https?://")]
_Function = Annotated[str, Field(pattern=names.FUNCTION)]
FunctionName = Annotated[str, PlainValidator(names.parse_function, json_schema_input_type=_Function)]
Text = Annotated[str, PlainValidator(_text, json_schema_input_type=Annotated[str, Field(min_length=1)])]
FilePath = Annotated[Path, PlainValidator(parse_path, json_schema_input_type=Annotated[str, Field(min_length=1)])]
OutputPlace = Annotated[Path | str, PlainValidator(_output, json_schema_input_type=Annotated[str, Field(min_length=1)])]
Long = Annotated[timedelta, PlainValidator(_long, json_schema_input_type=DurationText)]
Reread = Annotated[timedelta, PlainValidator(_reread, json_schema_input_type=DurationText)]
Delay = Annotated[timedelta, PlainValidator(_delay, json_schema_input_type=DurationText)]
Deadline = Annotated[timedelta, PlainValidator(_deadline, json_schema_input_type=DurationText)]
Cron = Annotated[str, PlainValidator(parse_cron, json_schema_input_type=str)]
Zone = Annotated[tzinfo, PlainValidator(names.parse_timezone, json_schema_input_type=str)]
Follow = Annotated[model.Follow, chosen(model.Follow)]
Kind = Annotated[model.Kind, chosen(model.Kind)]
OnEdit = Annotated[model.OnEdit, chosen(model.OnEdit)]
RobotsRule = Annotated[Robots, chosen(Robots)]
Url = Annotated[str, PlainValidator(parse_url, json_schema_input_type=UrlText)]
BaseUrl = Annotated[str, PlainValidator(parse_base_url, json_schema_input_type=UrlText)]
Contact = Annotated[str, PlainValidator(parse_contact, json_schema_input_type=str)]
PrivateNetwork = Annotated[Network, PlainValidator(parse_network, json_schema_input_type=str)]
Port = Annotated[int, Field(ge=1, le=65535)]
Pattern = Annotated[str, PlainValidator(parse_pattern, json_schema_input_type=str)]
Template = Annotated[str, PlainValidator(parse_template, json_schema_input_type=str)]
Items = Annotated[model.Selector, PlainValidator(parse_items, json_schema_input_type=str)]
Selector = Annotated[model.Selector, PlainValidator(parse_selector, json_schema_input_type=str)]
Alternatives = Annotated[
    list[Selector],
    Field(min_length=1),
    BeforeValidator(_as_list, json_schema_input_type=str | Texts),
]
Words = Annotated[
    list[Annotated[str, PlainValidator(_word, json_schema_input_type=str)]],
    Field(min_length=1, max_length=1000),
    BeforeValidator(_as_list, json_schema_input_type=str | Texts),
]
FieldName = Annotated[model.Field, PlainValidator(_field, json_schema_input_type=model.Field)]
SourceName = Annotated[str, PlainValidator(names.parse_source_name, json_schema_input_type=_Name)]
