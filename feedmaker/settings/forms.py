"""The shape of the settings file, as pydantic checks it and as the JSON Schema shows it to editors.

Every setting is described in these forms, once: the schema is generated from them, and tests hold docs/settings.md and
the tour in config/sources.yaml to them.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from feedmaker.settings.access import AccessForm, Proxy
from feedmaker.settings.form import Form
from feedmaker.settings.kinds import (
    BaseUrl,
    Contact,
    Deadline,
    FilePath,
    FunctionName,
    OutputPlace,
    Port,
    PrivateNetwork,
    SourceName,
    Text,
    Texts,
    Url,
    UrlText,
)
from feedmaker.settings.options import OptionsForm
from feedmaker.settings.places import Archive, StatePlace
from feedmaker.settings.telling import AlertsForm, Command


def _as_source(value: object) -> object:
    """The short form of a source: its address alone."""
    if isinstance(value, str):
        return {"url": value}
    return {} if value is None else value


class SourceForm(OptionsForm, AccessForm):
    """One source: a section of a site, and the feed that is made of it."""

    url: Url = Field(description="The address of the section's page.")
    title: Text | None = Field(default=None, description="The title of the feed; the page's own title if not given.")
    site: FunctionName | None = Field(
        default=None, description="A Python function of your own that finds the entries: package.module:function."
    )


Source = Annotated[
    SourceForm,
    BeforeValidator(_as_source, json_schema_input_type=UrlText | SourceForm),
]


def _as_merge(value: object) -> object:
    """The short form of a merged feed: its sources alone."""
    return {"sources": value} if isinstance(value, list) else value


class MergeForm(Form):
    """One feed of several sources."""

    sources: list[Text] = Field(description="The names of the sources.", min_length=1)
    title: Text | None = Field(default=None, description="The title of the feed; its name if not given.")
    category: Text | None = Field(default=None, description="The folder that the feed is listed in.")
    keep: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, description="How many entries the feed has at most.", json_schema_extra={"default": 200}
    )


Merge = Annotated[MergeForm, BeforeValidator(_as_merge, json_schema_input_type=Texts | MergeForm)]


class SettingsForm(Form):
    """The settings of Feedmaker."""

    output: OutputPlace | None = Field(
        default=None,
        description="The folder that feeds are written to, relative to this file, or s3://bucket/prefix.",
        json_schema_extra={"default": "feeds"},
    )
    state: StatePlace | None = Field(
        default=None,
        description="The file that remembers entries, relative to this file, or postgresql://user@host/database.",
        repr=False,
        json_schema_extra={"default": "feedmaker.db"},
    )
    archive: Archive | None = Field(
        default=None, description="A folder that keeps each page that was fetched, to be read once more."
    )
    base_url: BaseUrl | None = Field(
        default=None, description="The address under which readers find the output folder."
    )
    hub: Url | None = Field(
        default=None, description="The address of a WebSub hub, which tells readers of changes in the feeds."
    )
    contact: Contact | None = Field(
        default=None, description="An address that sites can reach you at; it goes into the User-Agent."
    )
    alerts: AlertsForm | None = Field(
        default=None, description="Who is told when a source breaks, and when it recovers."
    )
    status_feed: bool | None = Field(
        default=None,
        description="Whether there is a feed of the sources' problems, feedmaker-status.",
        json_schema_extra={"default": False},
    )
    on_change: Command | None = Field(
        default=None, description="A command that is run after a feed has changed, with its name and paths."
    )
    recordings: FilePath | None = Field(
        default=None,
        description="The folder of recorded sources, relative to this file.",
        json_schema_extra={"default": "recordings"},
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
        description="How long a whole response may take, redirects included, and how long reading its page.",
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
    merge: dict[SourceName, Merge] | None = Field(
        default=None,
        description="Feeds that have the entries of several sources, by the name of their files.",
        json_schema_extra={"additionalProperties": False},
    )
