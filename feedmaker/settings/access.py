"""The shape of what a person's own access to a source or a proxy needs; no message repeats a value of it."""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, PlainValidator, ValidationInfo

from feedmaker import model
from feedmaker.settings.addresses import parse_proxy
from feedmaker.settings.form import Form
from feedmaker.settings.invalid import Invalid, describe, reason, require_text
from feedmaker.settings.kinds import Url, chosen
from feedmaker.settings.secrets import FileForm, Secret, beside, parse_secret, surroundings_of

# What a name of a header or cookie may consist of (RFC 9110, section 5.6.2).
NAME = r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
# Headers that the fetch itself answers for, with what to use in their place.
MANAGED = {
    "cookie": "Use `cookies`.",
    "user-agent": "Feedmaker says what it is; use `contact` to say who you are.",
    **dict.fromkeys(("if-none-match", "if-modified-since"), "Feedmaker asks for what has changed by itself."),
    **dict.fromkeys(("accept-encoding", "connection", "content-length", "expect", "host", "keep-alive", "te", "trailer",
                     "transfer-encoding", "upgrade"), "Remove it; it follows from the request."),
    **dict.fromkeys(("proxy-authorization", "proxy-connection"), "Use `proxy`."),
}  # fmt: skip


def _proxy(value: object, info: ValidationInfo) -> str:
    return parse_proxy(parse_secret(value, info))


def _header_name(value: object) -> str:
    name = _token(value, "the name of a header")
    if name.lower() in MANAGED:
        raise Invalid(f"The header {name} cannot be set.", MANAGED[name.lower()])
    return name


def _cookie_name(value: object) -> str:
    return _token(value, "the name of a cookie")


def _token(value: object, expected: str) -> str:
    name = require_text(value, expected)
    if not re.fullmatch(NAME, name):
        raise Invalid(f"Expected {expected}, found {describe(name)}.")
    return name


def _header_value(value: object, info: ValidationInfo) -> str:
    text = parse_secret(value, info).strip(" \t")
    if CONTROL.search(text):
        raise Invalid("The value has a line break or another control character.", "Remove it.")
    return text


def _cookie_value(value: object, info: ValidationInfo) -> str:
    text = _header_value(value, info)
    if ";" in text:
        raise Invalid("The value has a semicolon, which ends a cookie.", "Write each cookie as `name: value`.")
    return text


def _user(value: object, info: ValidationInfo) -> str:
    text = parse_secret(value, info)
    if ":" in text:
        raise Invalid("The name of the user has a colon, which ends it (RFC 7617).")
    return text


def _ca_file(value: object, info: ValidationInfo) -> Path:
    """A file of certificates; raises Invalid for one that TLS cannot use."""
    path = beside(surroundings_of(info).folder, require_text(value, "the path of a file"))
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except ssl.SSLError as error:
        raise Invalid(
            f"The file {path} has no certificates in PEM form.", "It begins with BEGIN CERTIFICATE."
        ) from error
    except (OSError, ValueError) as error:
        why = (isinstance(error, OSError) and error.strerror) or reason(error)
        raise Invalid(f"The file {path} cannot be read: {why}.", "Check its path and permissions.") from error
    return path


def _distinct(headers: dict[str, str]) -> dict[str, str]:
    names = [name.lower() for name in headers]
    twice = next((name for name in headers if names.count(name.lower()) > 1), None)
    if twice:
        raise Invalid(f"The header {twice} is given twice; capitals make no difference.", "Keep one of them.")
    return headers


def _secret(parse: Callable[[object, ValidationInfo], str]) -> PlainValidator:
    return PlainValidator(parse, json_schema_input_type=str | FileForm)


_Token = Annotated[str, Field(pattern=NAME)]
HeaderName = Annotated[str, PlainValidator(_header_name, json_schema_input_type=_Token)]
CookieName = Annotated[str, PlainValidator(_cookie_name, json_schema_input_type=_Token)]
Proxy = Annotated[str, _secret(_proxy)]
HeaderValue = Annotated[str, _secret(_header_value)]
CookieValue = Annotated[str, _secret(_cookie_value)]
User = Annotated[str, _secret(_user)]
CaFile = Annotated[Path, PlainValidator(_ca_file, json_schema_input_type=Annotated[str, Field(min_length=1)])]
Method = Annotated[model.Method, chosen(model.Method)]


class AuthForm(Form):
    """A user and password, sent with each request."""

    user: User = Field(description="The name of the user.", repr=False)
    password: Secret = Field(description="The user's password.", repr=False)


class LoginForm(Form):
    """The form through which a site lets people in."""

    url: Url = Field(description="The address of the page with the form.")
    fields: dict[str, Secret] = Field(description="What goes into the form's fields, by their names.", repr=False)


class AccessForm(Form):
    """What a source asks of those who read it."""

    headers: Annotated[dict[HeaderName, HeaderValue], AfterValidator(_distinct)] | None = Field(
        default=None, description="Headers of each request to the source's site, by their names.", repr=False
    )
    cookies: dict[CookieName, CookieValue] | None = Field(
        default=None, description="Cookies that go with each request to the source's site, by their names.", repr=False
    )
    auth: AuthForm | None = Field(
        default=None, description="The user and password that the site asks for by HTTP.", repr=False
    )
    login: LoginForm | None = Field(
        default=None, description="The form through which the site lets people in.", repr=False
    )
    ca_file: CaFile | None = Field(
        default=None,
        description="A file of certificates that are trusted for the source's site besides the public ones.",
    )
    method: Method | None = Field(
        default=None, description="How the address is asked for.", json_schema_extra={"default": "GET"}
    )
    body: Secret | None = Field(default=None, description="What is sent with POST.", repr=False)
