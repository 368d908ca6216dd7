"""The shape of what a source can say about itself, and ``defaults`` about every source."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field

from feedmaker.settings.browsing import Browser
from feedmaker.settings.form import Form
from feedmaker.settings.kinds import (
    Cron,
    Delay,
    FieldName,
    Follow,
    Items,
    Kind,
    Long,
    OnEdit,
    Pattern,
    Reread,
    RobotsRule,
    Text,
    Zone,
)
from feedmaker.settings.pacing import Every
from feedmaker.settings.rules import Rules, Wanted


class OptionsForm(Form):
    """What a source can say about itself, and ``defaults`` about every source."""

    model_config = ConfigDict(json_schema_extra={"not": {"required": ["every", "cron"]}})

    every: Every | None = Field(
        default=None,
        description="How often the source is refreshed, such as 15m or 6h; adaptive: as often as its entries come.",
        json_schema_extra={"default": "adaptive"},
    )
    cron: Cron | None = Field(
        default=None, description="When the source is refreshed, in the five fields of crontab; instead of every."
    )
    category: Text | None = Field(default=None, description="The folder that the feed is listed in, such as News.")
    keep: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None,
        description="How many entries the feed has at most; those that leave the page stay until newer ones need room.",
        json_schema_extra={"default": 200},
    )
    keep_for: Long | None = Field(
        default=None, description="How long entries that have left the page are kept, such as 90d; keep holds as well."
    )
    follow: Follow | None = Field(
        default=None,
        description="none: the list alone. metadata: each article's data too. full: its text as well.",
        json_schema_extra={"default": "metadata"},
    )
    reread: Reread | None = Field(
        default=None,
        description="How long after its publication an article is read again now and then, to see it edited.",
        json_schema_extra={"default": "6h"},
    )
    on_edit: OnEdit | None = Field(
        default=None,
        description="ignore: an entry stays as it was first read. update: it changes. new: it comes as a new entry.",
        json_schema_extra={"default": "update"},
    )
    delay: Delay | None = Field(
        default=None,
        description="How long to wait between two requests to the same host.",
        json_schema_extra={"default": "1s"},
    )
    browser: Browser | None = Field(
        default=None,
        description="Whether the page is shown by a browser first, because its scripts bring the entries.",
        json_schema_extra={"default": False},
    )
    max_requests: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, description="How many requests one refresh makes at most; what is left waits for the next."
    )
    robots: RobotsRule | None = Field(
        default=None,
        description="honour: what the site's robots.txt disallows is not read. ignore: it is read all the same.",
        json_schema_extra={"default": "honour"},
    )
    timezone: Zone | None = Field(
        default=None, description="The time zone of dates that carry none, and of cron; such as Europe/Moscow."
    )
    kind: Kind | None = Field(
        default=None,
        description="What the address gives: page, feed, sitemap, json or wordpress. auto: what is found there.",
        json_schema_extra={"default": "auto"},
    )
    pages: Annotated[int, Field(ge=1, le=100)] | None = Field(
        default=None, description="How many pages of the list are read.", json_schema_extra={"default": 1}
    )
    items: Items | None = Field(
        default=None,
        description="What selects the items of the list: CSS, xpath:... or json:...; found by itself if not given.",
    )
    fields: Rules | None = Field(
        default=None, description="How fields are read from an item; what is not given is found by itself."
    )
    link_pattern: Pattern | None = Field(
        default=None, description="A regular expression that the addresses of entries must match."
    )
    include: Wanted | None = Field(
        default=None,
        description="Words or a regular expression for each field; only entries in which all are found are kept.",
    )
    exclude: Wanted | None = Field(
        default=None,
        description="Words or a regular expression for each field; entries in which one is found are left out.",
    )
    max_age: Long | None = Field(default=None, description="How old an entry may be, such as 30d.")
    unique_by: FieldName | None = Field(
        default=None, description="A field, such as title: of entries that have the same there, the first seen is kept."
    )
    limit: Annotated[int, Field(ge=1, le=10_000)] | None = Field(
        default=None, description="How many entries the feed has at most, and how many of the list are read."
    )
