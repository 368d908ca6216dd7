"""Mail servers on loopback that keep what they are given, and the web that reaches loopback."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_network

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from feedmaker.fetch import Web
from feedmaker.model import FetchPolicy
from tests.town import Site


@dataclass
class MailServer:
    """Where it listens, and the letters that came, each with the addresses it is for.

    With ``users`` (passwords by name) it takes letters of these alone.
    """

    host: str = "127.0.0.1"
    port: int = 0
    letters: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    refusal: str | None = None
    users: dict[bytes, bytes] = field(default_factory=dict)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Take a letter, or refuse it."""
        if self.refusal:
            return self.refusal
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append((envelope.rcpt_tos, letter))
        return "250 OK"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _way: str, data: object
    ) -> AuthResult:
        """Let in whoever knows a password."""
        assert isinstance(data, LoginPassword)
        return AuthResult(success=self.users.get(data.login) == data.password, handled=False)


@contextmanager
def serving_mail(
    server: MailServer, *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[MailServer]:
    """Let a mail server listen until the end of the block; with a context for STARTTLS, or for TLS from the start."""
    loop, sessions = asyncio.new_event_loop(), list[SMTP]()

    def session() -> SMTP:
        made = SMTP(
            server,
            loop=loop,
            tls_context=starttls,
            require_starttls=bool(starttls),
            auth_required=bool(server.users),
            auth_require_tls=bool(server.users),
            authenticator=server.authenticate,
        )
        sessions.append(made)
        return made

    listening = loop.run_until_complete(loop.create_server(session, server.host, 0, ssl=tls))
    server.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        listening.close()
        loop.run_until_complete(_hang_up(sessions))
        loop.close()


async def _hang_up(sessions: Iterable[SMTP]) -> None:
    for session in sessions:
        if isinstance(session.transport, asyncio.WriteTransport):
            session.transport.abort()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    if others:
        await asyncio.wait(others, timeout=5)
    for _ in range(5):  # rounds of the loop, in which transports are closed
        await asyncio.sleep(0)


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """A server that takes all letters, without TLS."""
    with serving_mail(MailServer()) as server:
        yield server


@pytest.fixture
def web(site: Site) -> Iterator[Web]:
    """The web with all its guards, which may reach the loopback network."""
    port = int(site.url.rsplit(":", 1)[1])
    with Web(FetchPolicy(allow_private=(ip_network("127.0.0.0/8"),), allow_ports=frozenset({port}))) as web:
        yield web
