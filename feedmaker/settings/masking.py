"""Hides what is secret in texts that people and logs get to see."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, quote_plus, urlsplit

from feedmaker.model import Access, Alerts, Database

if TYPE_CHECKING:
    from feedmaker.settings.values import Settings

HIDDEN = "***"
TELLING = 6  # characters from which a secret is hidden wherever it stands; a shorter one only as a word of its own

TELLING_NAME = re.compile(r"auth|cookie|key|token|secret|pass|session", re.IGNORECASE)


class Mask:
    """Replaces secrets, in the forms in which they travel, by ``***``. Called from any thread."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._known: frozenset[str] = frozenset()
        self._pattern: re.Pattern[str] | None = None
        self.know(secrets)

    def know(self, secrets: Iterable[str]) -> None:
        """Hide these from now on, too."""
        self._known |= {secret for secret in secrets if secret.strip()}
        forms = sorted({form for secret in self._known for form in _forms(secret)}, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_found, forms))) if forms else None

    def __call__(self, text: str) -> str:
        """The text without secrets."""
        return self._pattern.sub(HIDDEN, text) if self._pattern else text

    def bytes(self, content: bytes) -> bytes:
        """The same for a page's bytes, whose encoding may be any that has ASCII in it."""
        return self(content.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _forms(secret: str) -> Iterator[str]:
    """The secret as it is, in addresses, in JSON and in Basic authentication (which is given ``user:password``)."""
    yield secret
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield secret.encode("unicode_escape").decode("ascii")
    if ":" in secret:
        yield b64encode(secret.encode()).decode("ascii")


def _found(form: str) -> str:
    pattern = re.escape(form)
    return pattern if len(form) >= TELLING else rf"(?<!\w){pattern}(?!\w)"


def secrets_of(settings: Settings) -> frozenset[str]:
    """What is secret in settings by its nature, even if it stands in the file itself."""
    state = settings.state.url if isinstance(settings.state, Database) else ""
    found = {urlsplit(address or "").password or "" for address in (settings.fetch.proxy, state)}
    for source in settings.sources:
        found.update(_of_access(source.access))
    if alerts := settings.alerts:
        found.update(_of_alerts(alerts))
    return frozenset(found - {""})


def _of_access(access: Access) -> Iterator[str]:
    yield from access.cookies.values()
    yield from _of_headers(access.headers)
    if auth := access.auth:
        yield from (auth.password, f"{auth.user}:{auth.password}")
    if access.login:
        yield from access.login.fields.values()


def _of_alerts(alerts: Alerts) -> Iterator[str]:
    if hook := alerts.webhook:
        parts = urlsplit(hook.url)
        yield hook.url
        yield parts.path.strip("/")  # where Slack, Discord and others keep the key of a webhook
        yield from _of_headers(hook.headers)
    if alerts.email and alerts.email.password:
        yield alerts.email.password


def _of_headers(headers: Mapping[str, str]) -> Iterator[str]:
    """Keys and tokens. What a header such as Accept-Language says is no secret, and too common to be hidden."""
    for name, value in headers.items():
        if TELLING_NAME.search(name):
            yield value
            yield value.rpartition(" ")[2]  # Bearer ...
