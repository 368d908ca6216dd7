"""The shape of the settings file, as pydantic checks it and as the JSON Schema shows it to editors.

Every setting is described here, once: the schema is generated from these models, and tests hold docs/settings.md and
the tour in config/sources.yaml to them. None stands for a setting that is not given.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from feedmaker import model
from feedmaker.settings.kinds import (
    Alternatives,
    BaseUrl,
    Contact,
    Cron,
    Deadline,
    Delay,
    Every,
    FieldName,
    FilePath,
    Follow,
    Items,
    Pattern,
    Port,
    PrivateNetwork,
    Proxy,
    SourceName,
    Template,
    Text,
    Texts,
    Url,
    UrlText,
    Zone,
)


def _as_source(value: object) -> object:
    """The short form of a source: its address alone."""
    if isinstance(value, str):
        return {"url": value}
    return {} if value is None else value


def _as_rule(value: object) -> object:
    """The short forms of a rule: a selector, or a list of alternatives."""
    return {"select": value} if isinstance(value, str | list) else value


def _given(value: object, known: Iterable[str] = tuple(model.Field)) -> object:
    """A mapping without those of its known keys that have no value: they count as not given."""
    if not isinstance(value, dict):
        return value
    return {key: given for key, given in value.items() if given is not None or key not in known}


SUFFICIENT = ("select", "constant", "template")  # one of them makes a rule


class Form(BaseModel):
    """A mapping of the settings file whose keys are settings."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, data: object) -> object:
        return _given(data, cls.model_fields)

    def given(self) -> dict[str, Any]:
        """The settings that are given, by name."""
        return {name: value for name in type(self).model_fields if (value := getattr(self, name)) is not None}


class RuleForm(Form):
    """How one field of an entry is read from an item of the list."""

    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": [key]} for key in SUFFICIENT]})

    select: Alternatives | None = Field(
        default=None, description="A selector or a list of alternatives; the first that gives a value is taken."
    )
    constant: Text | None = Field(default=None, description="A text that is the same for every entry.")
    regex: Pattern | None = Field(
        default=None,
        description="A regular expression; its first group, or its whole match, replaces the selected value.",
    )
    template: Template | None = Field(
        default=None, description="A text with the names of fields in braces, such as https://example.org/{url}."
    )


Rule = Annotated[RuleForm, BeforeValidator(_as_rule, json_schema_input_type=str | Texts | RuleForm)]
Rules = Annotated[dict[FieldName, Rule], BeforeValidator(_given)]
Patterns = Annotated[dict[FieldName, Pattern], BeforeValidator(_given)]


class OptionsForm(Form):
    """What a source can say about itself, and ``defaults`` about every source."""

    model_config = ConfigDict(json_schema_extra={"not": {"required": ["every", "cron"]}})

    every: Every | None = Field(
        default=None,
        description="How often the source is refreshed, such as 15m, 6h or 1h30m.",
        json_schema_extra={"default": "30m"},
    )
    cron: Cron | None = Field(
        default=None, description="When the source is refreshed, in the five fields of crontab; instead of every."
    )
    keep: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None,
        description="How many entries the feed has at most; those that leave the page stay until newer ones need room.",
        json_schema_extra={"default": 200},
    )
    follow: Follow | None = Field(
        default=None,
        description="none: the list alone. metadata: each article's data too. full: its text as well.",
        json_schema_extra={"default": "metadata"},
    )
    delay: Delay | None = Field(
        default=None,
        description="How long to wait between two requests to the same host.",
        json_schema_extra={"default": "1s"},
    )
    timezone: Zone | None = Field(
        default=None, description="The time zone of dates that carry none, and of cron; such as Europe/Moscow."
    )
    items: Items | None = Field(
        default=None, description="What selects the items of the list: CSS or xpath:...; found by itself if not given."
    )
    fields: Rules | None = Field(
        default=None, description="How fields are read from an item; what is not given is found by itself."
    )
    link_pattern: Pattern | None = Field(
        default=None, description="A regular expression that the addresses of entries must match."
    )
    include: Patterns | None = Field(
        default=None, description="A regular expression for each field; only entries that match all of them are kept."
    )
    exclude: Patterns | None = Field(
        default=None, description="A regular expression for each field; entries that match one of them are left out."
    )


class SourceForm(OptionsForm):
    """One source: a section of a site, and the feed that is made of it."""

    url: Url = Field(description="The address of the section's page.")
    title: Text | None = Field(default=None, description="The title of the feed; the page's own title if not given.")


Source = Annotated[
    SourceForm,
    BeforeValidator(_as_source, json_schema_input_type=UrlText | SourceForm),
]


class SettingsForm(Form):
    """The settings of Feedmaker."""

    output: FilePath | None = Field(
        default=None,
        description="The folder that feeds are written to, relative to this file.",
        json_schema_extra={"default": "feeds"},
    )
    state: FilePath | None = Field(
        default=None,
        description="The file that remembers entries, relative to this file.",
        json_schema_extra={"default": "feedmaker.db"},
    )
    base_url: BaseUrl | None = Field(
        default=None, description="The address under which readers find the output folder."
    )
    contact: Contact | None = Field(
        default=None, description="An address that sites can reach you at; it goes into the User-Agent."
    )
    allow_private: list[PrivateNetwork] | None = Field(
        default=None, description="Networks that sources may live in although they are not public; such as 10.1.0.0/16."
    )
    allow_ports: list[Port] | None = Field(
        default=None, description="Ports that sources may use besides 80, 443, 8080 and 8443."
    )
    proxy: Proxy | None = Field(
        default=None, description="The address of an HTTP proxy that every request goes through."
    )
    deadline: Deadline | None = Field(
        default=None,
        description="How long a whole response may take, redirects included.",
        json_schema_extra={"default": "30s"},
    )
    max_bytes: Annotated[int, Field(ge=1, le=2**30)] | None = Field(
        default=None,
        description="How many bytes a response may have, on the wire and decompressed.",
        json_schema_extra={"default": 10 * 1024 * 1024},
    )
    hosts_at_once: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        default=None,
        description="How many hosts are read side by side; each gets one request at a time.",
        json_schema_extra={"default": 16},
    )
    defaults: OptionsForm | None = Field(
        default=None, description="Options for every source that does not set them itself."
    )
    sources: dict[SourceName, Source] = Field(
        description="The sources, by the name of their feed's files.", json_schema_extra={"additionalProperties": False}
    )
