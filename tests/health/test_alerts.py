"""Alerts reach a real webhook, a real mail server and a real command; a failure is a warning and no more."""

from __future__ import annotations

import json
import logging
import ssl
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from feedmaker.fetch import Web
from feedmaker.health import bulletin, commands
from feedmaker.health.alerting import MOST_LINES, Message, News
from feedmaker.health.bulletin import Bulletin
from feedmaker.health.delivery import deliver, tell
from feedmaker.model import (
    Alerts,
    FetchPolicy,
    Mail,
    MailSecurity,
    Problem,
    Source,
    SourceState,
    Stage,
    Watch,
    Webhook,
)
from feedmaker.store import Store
from tests.health.conftest import MailServer, serving_mail
from tests.town import Answer, Site

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
TOWN = Source("town", "https://town.example/news/")
LOST = Problem("town", Stage.FIELD, "published is missing", NOW - timedelta(days=3), "published")
BROKEN = News("town", TOWN.url, (LOST,))
WELL = News("harbour", "https://harbour.example/")
MESSAGE = Message((WELL, BROKEN), NOW)


def mail_to(server: MailServer) -> Mail:
    return Mail(("me@example.org", "you@example.org"), "f@example.org", server.host, server.port, MailSecurity.NONE)


def test_a_webhook_gets_json_with_its_headers(site: Site, web: Web) -> None:
    site.answers["/hook/T0K"] = Answer("ok", type="image/png")  # the message was taken all the same
    alerts = Alerts(webhook=Webhook(f"{site.url}/hook/T0K", {"X-Key": "k"}))
    assert deliver(MESSAGE, alerts, web) == (True, ())
    (heard,) = site.heard
    assert (heard.method, heard.path) == ("POST", "/hook/T0K")
    assert (heard.headers["X-Key"], heard.headers["Content-Type"]) == ("k", "application/json")
    told = json.loads(heard.body)
    assert told["broken"] == [
        {
            "id": BROKEN.id,
            "source": "town",
            "url": TOWN.url,
            "problems": [
                {
                    "stage": "field",
                    "subject": "published",
                    "evidence": "published is missing",
                    "since": "2026-11-21T12:00:00+00:00",
                }
            ],
        }
    ]
    assert told["recovered"] == [{"id": WELL.id, "source": "harbour", "url": "https://harbour.example/"}]
    assert heard.headers["Idempotency-Key"] == f'"{told["id"]}"' == f'"{MESSAGE.id}"'
    assert told["text"].startswith("Feedmaker: 1 source is broken and 1 source has recovered.\n")


def test_a_webhook_that_fails_is_a_warning_that_shows_no_more_than_its_host(site: Site, web: Web) -> None:
    alerts = Alerts(webhook=Webhook(f"{site.url}/hook/T0K"))
    is_told, (fault,) = deliver(MESSAGE, alerts, web)
    assert not is_told
    assert f"the webhook at {site.url} took no alert" in fault
    assert "404" in fault
    assert "T0K" not in fault


def test_a_webhook_that_leads_elsewhere_has_not_taken_the_message(site: Site, web: Web) -> None:
    site.answers["/hook"] = Answer("", status=302, headers={"Location": "/login-page"})
    site.answers["/login-page"] = Answer("Welcome")
    is_told, (fault,) = deliver(MESSAGE, Alerts(webhook=Webhook(f"{site.url}/hook")), web)
    assert not is_told
    assert "has moved" in fault


def test_a_webhook_in_a_private_network_has_to_be_allowed(site: Site) -> None:
    port = int(site.url.rsplit(":", 1)[1])
    with Web(FetchPolicy(allow_ports=frozenset({port}))) as guarded:
        is_told, (fault,) = deliver(MESSAGE, Alerts(webhook=Webhook(f"{site.url}/hook")), guarded)
    assert not is_told
    assert "allow_private" in fault
    assert site.heard == []


def test_mail_goes_to_all_who_are_named(mail_server: MailServer, web: Web) -> None:
    assert deliver(MESSAGE, Alerts(email=mail_to(mail_server)), web) == (True, ())
    ((to, letter),) = mail_server.letters
    assert to == ["me@example.org", "you@example.org"]
    assert letter["Subject"] == "Feedmaker: 1 source is broken and 1 source has recovered"
    assert letter["Message-ID"] == f"<{MESSAGE.id}@feedmaker.invalid>"
    assert letter["Auto-Submitted"] == "auto-generated"
    lines = letter.get_content().splitlines()
    assert "town: field published: published is missing (since 2026-11-21 12:00 UTC)" in lines
    assert "harbour: recovered" in lines


def test_a_mail_server_that_refuses_or_is_not_there_is_a_warning(mail_server: MailServer, web: Web) -> None:
    mail_server.refusal = "554 no such luck"
    is_told, (fault,) = deliver(MESSAGE, Alerts(email=mail_to(mail_server)), web)
    assert not is_told
    assert "554 no such luck" in fault
    secured = Mail(("me@example.org",), "f@example.org", mail_server.host, mail_server.port, password="x", user="u")
    assert "STARTTLS" in deliver(MESSAGE, Alerts(email=secured), web)[1][0]
    nobody = Mail(("me@example.org",), "f@example.org", "127.0.0.1", 1, MailSecurity.NONE)
    assert "127.0.0.1, port 1" in deliver(MESSAGE, Alerts(email=nobody), web)[1][0]


def test_mail_is_sent_by_whom_the_server_knows_and_over_tls_that_is_checked(
    web: Web, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with serving_mail(MailServer(users={b"me": b"open-sesame"}), starttls=context) as server:
        place = (("me@example.org",), "f@example.org", server.host, server.port, MailSecurity.STARTTLS)
        assert "CERTIFICATE_VERIFY_FAILED" in deliver(MESSAGE, Alerts(email=Mail(*place)), web)[1][0]
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert deliver(MESSAGE, Alerts(email=Mail(*place, "me", "open-sesame")), web) == (True, ())
        (fault,) = deliver(MESSAGE, Alerts(email=Mail(*place, "me", "wrong-word")), web)[1]
        assert "535" in fault
        assert "wrong-word" not in fault
    with serving_mail(MailServer(letters=server.letters), tls=context) as other:
        mail = Mail(("me@example.org",), "f@example.org", other.host, other.port, MailSecurity.TLS)
        assert deliver(MESSAGE, Alerts(email=mail), web) == (True, ())
    assert len(server.letters) == 2


def test_a_command_gets_the_text_as_an_argument_and_the_json_as_its_input(tmp_path: Path, web: Web) -> None:
    script = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text(sys.argv[2] + '\\0' + sys.stdin.read())"
    command = (sys.executable, "-c", script, str(tmp_path / "told"))
    assert deliver(MESSAGE, Alerts(command=command), web) == (True, ())
    text, _, told = (tmp_path / "told").read_text().partition("\0")
    assert text == MESSAGE.text
    assert json.loads(told) == MESSAGE.payload()


def test_a_command_that_fails_hangs_or_is_not_there_is_a_warning() -> None:
    said = commands.run([sys.executable, "-c", "import sys; sys.exit('no display')"])
    assert said == f"{sys.executable} ended with status 1: no display"
    assert "cannot be run (No such file" in str(commands.run(["/no/such/program"]))
    started = time.monotonic()
    # What it has started holds on to its streams, and must neither outlive it nor be waited for.
    hangs = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    assert "took longer than 0.5 s" in str(commands.run([sys.executable, "-c", hangs], timeout=0.5))
    assert time.monotonic() - started < 30


def test_one_way_that_works_is_enough_and_the_others_are_warnings(
    site: Site, web: Web, mail_server: MailServer
) -> None:
    alerts = Alerts(webhook=Webhook(f"{site.url}/gone"), email=mail_to(mail_server))
    is_told, faults = deliver(MESSAGE, alerts, web)
    assert is_told
    assert len(faults) == 1
    assert len(mail_server.letters) == 1


def test_a_message_about_a_thousand_sources_stays_readable() -> None:
    news = tuple(News(f"s{number}", TOWN.url, (LOST,)) for number in range(1000))
    message = Message(news, NOW)
    assert message.subject == "Feedmaker: 1000 sources are broken"
    assert len(message.text.splitlines()) == MOST_LINES + 3
    assert "950 lines more" in message.text
    assert len(message.payload()["broken"]) == 1000  # type: ignore[arg-type]
    assert len(str(message.payload()["content"])) <= 2000


class Told:
    """Somebody who is told, and may be deaf."""

    def __init__(self) -> None:
        self.news: list[tuple[str, bool]] = []
        self.is_deaf = False
        self.heard = threading.Event()

    def __call__(self, news: tuple[News, ...]) -> bool:
        if not self.is_deaf:
            self.news += [(each.source, each.is_broken) for each in news]
        self.heard.set()
        return not self.is_deaf


def refreshes(bulletin: Bulletin, watch: Watch, found: str) -> Watch:
    """The watch after refreshes that find the source broken (b) or well (w); what is to be told is told after each."""
    for each in found:
        watch = bulletin.heed(
            TOWN, Watch((LOST,) if each == "b" else (), is_told_broken=watch.is_told_broken, streak=watch.streak)
        )
        told = bulletin.tell
        assert isinstance(told, Told)
        before = len(told.news)
        bulletin.issue()
        if len(told.news) > before:
            watch = Watch(watch.problems, is_told_broken=told.news[-1][1])
    return watch


def test_a_break_is_told_once_and_so_is_the_recovery() -> None:
    told = Told()
    refreshes(Bulletin(told, after=2), Watch(), "wwbbbbbbwwwwbb")
    assert told.news == [("town", True), ("town", False), ("town", True)]


def test_a_source_that_comes_and_goes_is_told_of_by_the_threshold_alone() -> None:
    told = Told()
    refreshes(Bulletin(told, after=2), Watch(), "bwbwbwbwbw")
    assert told.news == []
    refreshes(Bulletin(told, after=1), Watch(), "bwbw")
    assert [is_broken for _, is_broken in told.news] == [True, False, True, False]


def test_a_source_that_will_not_be_asked_again_is_told_of_at_once() -> None:
    told = Told()
    gone = Bulletin(told, after=5)
    gone.heed(TOWN, Watch((LOST,)), at_once=True)
    assert gone.issue()
    assert told.news == [("town", True)]


def test_news_that_nobody_took_come_again_with_the_next_refresh() -> None:
    told = Told()
    told.is_deaf = True
    watch = refreshes(Bulletin(told, after=1), Watch(), "b")
    told.is_deaf = False
    refreshes(Bulletin(told, after=1), watch, "b")  # by the next process as well
    assert told.news == [("town", True)]


def test_what_is_over_before_it_was_told_is_not_told() -> None:
    told = Told()
    both = Bulletin(told, after=1)
    watch = both.heed(TOWN, Watch((LOST,)))
    both.heed(TOWN, Watch(streak=watch.streak))
    both.issue()
    assert told.news == []


def test_news_are_given_out_by_themselves_while_the_program_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulletin, "GATHERING", 0.05)
    told, written = Told(), threading.Event()
    running = Bulletin(told, after=1, publish=written.set)
    with running.issuing():
        running.heed(TOWN, Watch((LOST,)))
        running.note_change()
        assert told.heard.wait(10)
        assert written.wait(10)
    assert told.news == [("town", True)]


def test_what_was_told_is_remembered_by_the_store(
    site: Site, web: Web, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    site.answers["/hook"] = Answer("ok")
    alerts = Alerts(webhook=Webhook(f"{site.url}/hook"))
    with Store.open(tmp_path / "feedmaker.db") as store:
        store.save_state(SourceState("town"))
        store.health.save("town", Watch((LOST,), streak=2), (), None, NOW)
        assert tell((BROKEN,), alerts, web, store.health, NOW)
        assert store.health.watch("town") == Watch((LOST,), is_told_broken=True)
        with caplog.at_level(logging.WARNING):
            site.answers.clear()
            assert not tell((WELL,), alerts, web, store.health, NOW)
    assert "took no alert" in caplog.text
