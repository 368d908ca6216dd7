"""Who is told how sources are, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that JSON is posted to. Both address and headers may well be secret."""

    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


class MailSecurity(StrEnum):
    """How the connection to a mail server is secured."""

    TLS = "tls"  # from its start (RFC 8314)
    STARTTLS = "starttls"  # by the command of that name (RFC 3207)
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Mail:
    """To whom mail goes, and by which server. ``user`` and ``password`` are None where it asks for none."""

    to: tuple[str, ...]
    sender: str
    host: str
    port: int = 587
    security: MailSecurity = MailSecurity.STARTTLS
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Alerts:
    """When and how alerts are given. ``after`` is how many refreshes in a row must find a source other than was told.

    ``command`` is a program and its arguments.
    """

    after: int = 2
    webhook: Webhook | None = None
    email: Mail | None = None
    command: tuple[str, ...] = ()
