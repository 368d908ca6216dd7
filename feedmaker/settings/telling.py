"""The shape of what says who is told how sources are."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, PlainValidator, ValidationInfo

from feedmaker import model
from feedmaker.settings.access import HeaderName, HeaderValue
from feedmaker.settings.addresses import parse_url
from feedmaker.settings.form import Form
from feedmaker.settings.invalid import Invalid, describe, require_text
from feedmaker.settings.kinds import Text, Texts, chosen
from feedmaker.settings.secrets import FileForm, Secret, parse_secret

MAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


def _secret_url(value: object, info: ValidationInfo) -> str:
    """The address of a webhook, which may be a secret or hold one; messages about it do not repeat it."""
    text = parse_secret(value, info)
    try:
        return parse_url(text)
    except Invalid:
        expected = "Expected the address of a webhook such as https://example.org/hook, found something else."
        raise Invalid(expected, "It begins with https:// or http:// and has no user or password.") from None


def _mail_address(value: object) -> str:
    text = require_text(value, "a mail address")
    if not MAIL.fullmatch(text):
        raise Invalid(f"Expected a mail address, found {describe(text)}.", "Write me@example.org.")
    return text


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _program(command: list[str]) -> list[str]:
    if "\0" in "".join(command):
        raise Invalid("The command has a NUL character.", "Remove it.")
    return command


MailAddress = Annotated[str, PlainValidator(_mail_address, json_schema_input_type=str)]
MailAddresses = Annotated[
    list[MailAddress], Field(min_length=1), BeforeValidator(_as_list, json_schema_input_type=str | Texts)
]
Command = Annotated[
    list[Text],
    Field(min_length=1),
    BeforeValidator(_as_list, json_schema_input_type=str | Texts),
    AfterValidator(_program),
]
Security = Annotated[model.MailSecurity, chosen(model.MailSecurity)]
SecretUrl = Annotated[str, PlainValidator(_secret_url, json_schema_input_type=str | FileForm)]


class WebhookForm(Form):
    """An address that alerts are posted to as JSON."""

    url: SecretUrl = Field(description="The address that JSON is posted to.", repr=False)
    headers: dict[HeaderName, HeaderValue] | None = Field(
        default=None, description="Headers of the request, by their names.", repr=False
    )


def _as_webhook(value: object) -> object:
    """The short form of a webhook: its address alone. A file that holds it is no form of its own."""
    is_address = isinstance(value, str) or (isinstance(value, dict) and list(value) == ["file"])
    return {"url": value} if is_address else value


Webhook = Annotated[WebhookForm, BeforeValidator(_as_webhook, json_schema_input_type=str | FileForm | WebhookForm)]


class MailForm(Form):
    """A mail server, and the addresses of a mail."""

    to: MailAddresses = Field(description="The mail address that alerts go to, or a list of them.")
    sender: MailAddress = Field(description="The mail address that alerts come from.")
    host: Text = Field(description="The name or IP address of the mail server.")
    port: Annotated[int, Field(ge=1, le=65535)] | None = Field(
        default=None, description="The port of the mail server.", json_schema_extra={"default": 587}
    )
    security: Security | None = Field(
        default=None,
        description="tls: secured from the start, as on port 465. starttls: as on port 587. none: not at all.",
        json_schema_extra={"default": "starttls"},
    )
    user: Secret | None = Field(default=None, description="The user that the mail server lets send.", repr=False)
    password: Secret | None = Field(default=None, description="The user's password.", repr=False)


class AlertsForm(Form):
    """The ways in which alerts are given, and when they are."""

    after: Annotated[int, Field(ge=1, le=1000)] | None = Field(
        default=None,
        description="How many refreshes in a row must find a source broken, or well again, before that is told.",
        json_schema_extra={"default": 2},
    )
    webhook: Webhook | None = Field(
        default=None, description="An address that alerts are posted to as JSON.", repr=False
    )
    email: MailForm | None = Field(default=None, description="Mail that alerts are sent by.", repr=False)
    command: Command | None = Field(
        default=None, description="A command that gets alerts: its program and arguments, without a shell."
    )
