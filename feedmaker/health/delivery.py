"""How a message reaches people: by a webhook, by mail, or by a command of their own."""

from __future__ import annotations

import json
import logging
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from feedmaker.errors import FetchError, NotAPage, StateError
from feedmaker.fetch import Fetcher
from feedmaker.fetch.addresses import origin_of, parsed
from feedmaker.health import commands
from feedmaker.health.alerting import Message, News
from feedmaker.model import (
    Access,
    Alerts,
    Mail,
    MailSecurity,
    Method,
    Validators,
    Webhook,
)
from feedmaker.store.health import StoredHealth

SMTP_SECONDS = 20.0

log = logging.getLogger(__name__)


def tell(news: tuple[News, ...], alerts: Alerts, web: Fetcher, health: StoredHealth, now: datetime) -> bool:
    """Tell of news and remember that; False if nobody took them. Every failure is a warning of the log and no more.

    They are told at least once: after a kill in between they are told again, under the same id.
    """
    try:
        news = tuple(each if each.is_broken else replace(each, ended=health.last_ended(each.source)) for each in news)
    except StateError as error:
        log.warning("alerts wait: when problems ended cannot be read (%s)", error)
        return False
    is_told, faults = deliver(Message(news, now), alerts, web)
    for fault in faults:
        log.warning("%s", fault)
    if is_told:
        try:
            for is_broken in (True, False):
                health.tell((each.source for each in news if each.is_broken is is_broken), is_broken=is_broken)
        except StateError as error:
            log.warning("alerts may come twice: that they were given cannot be stored (%s)", error)
    return is_told


def deliver(message: Message, alerts: Alerts, web: Fetcher) -> tuple[bool, tuple[str, ...]]:
    """Send a message by every way that there is; whether one of them took it, and a warning for each that did not."""
    results = [send(message) for send in _ways(alerts, web)]
    return None in results, tuple(fault for fault in results if fault)


def _ways(alerts: Alerts, web: Fetcher) -> Iterator[Callable[[Message], str | None]]:
    if hook := alerts.webhook:
        yield lambda message: _posted(message, hook, web)
    if mail := alerts.email:
        yield lambda message: _mailed(message, mail)
    if command := alerts.command:
        yield lambda message: _ran(message, command)


def _posted(message: Message, hook: Webhook, web: Fetcher) -> str | None:
    """Post the message. The address of a webhook is often its secret, so that only its host is ever shown."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": f'"{message.id}"', **hook.headers}
    access = Access(hook.url, headers, method=Method.POST, body=json.dumps(message.payload()))
    try:
        # robots.txt is not asked: it is for crawlers, and a webhook is there to be posted to.
        answer = web.fetch(hook.url, delay=timedelta(0), validators=Validators(), robots=False, access=access)
    except NotAPage:
        return None  # it took the message, and answered with something that is no page
    except FetchError as error:
        reason = str(error).replace(hook.url, "it").replace(error.address or hook.url, "it")
        return f"the webhook at {origin_of(hook.url)} took no alert: {reason}"
    if answer.url != parsed(hook.url).url:  # what a redirect leads to is asked for without the message
        return f"the webhook at {origin_of(hook.url)} has moved; ask there for its new address"
    return None


def _mailed(message: Message, mail: Mail) -> str | None:
    try:
        with _server(mail) as server:
            refused = server.send_message(_letter(message, mail))
    except (OSError, smtplib.SMTPException, UnicodeError) as error:  # a password beyond ASCII
        return f"the mail server {mail.host}, port {mail.port}, took no alert: {_reason(error)}"
    return f"the mail server {mail.host} refuses {', '.join(refused)}" if refused else None


@contextmanager
def _server(mail: Mail) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if mail.security is MailSecurity.TLS:
        server: smtplib.SMTP = smtplib.SMTP_SSL(mail.host, mail.port, timeout=SMTP_SECONDS, context=context)
    else:
        server = smtplib.SMTP(mail.host, mail.port, timeout=SMTP_SECONDS)
    with server:
        if mail.security is MailSecurity.STARTTLS:
            server.starttls(context=context)
        if mail.user is not None and mail.password is not None:
            server.login(mail.user, mail.password)
        yield server


def _letter(message: Message, mail: Mail) -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = mail.sender, ", ".join(mail.to), message.subject
    letter["Date"], letter["Message-ID"] = format_datetime(message.at), f"<{message.id}@feedmaker.invalid>"
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    letter.set_content(message.text)
    return letter


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return f"{error.smtp_code} {said}"
    return str(error) or type(error).__name__


def _ran(message: Message, command: tuple[str, ...]) -> str | None:
    fault = commands.run(command, message.text, given=json.dumps(message.payload()).encode())
    return f"the command of alerts took none: {fault}" if fault else None
