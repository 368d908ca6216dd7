"""Who is told how sources are, and what nobody gets to see."""

from __future__ import annotations

from base64 import b64encode

import pytest

from feedmaker.model import Alerts, Mail, MailSecurity, Webhook
from feedmaker.settings.masking import Mask
from tests.settings.conftest import Faults, Load

SOURCES = "sources: {news: https://example.org/}"
MAIL = "to: a@example.org, sender: b@example.org, host: mail.example.org"


def test_alerts_in_their_short_and_long_forms(load: Load) -> None:
    short = load(f"alerts: {{webhook: https://example.org/hook, command: notify}}\n{SOURCES}")
    assert short.alerts == Alerts(webhook=Webhook("https://example.org/hook"), command=("notify",))
    mail = f"{MAIL}, port: 465, security: tls, user: me, password: x"
    hook = "{url: https://example.org/hook, headers: {X-Key: y}}"
    long = load(f"alerts: {{after: 5, email: {{{mail}}}, webhook: {hook}}}\n{SOURCES}")
    sent = Mail(("a@example.org",), "b@example.org", "mail.example.org", 465, MailSecurity.TLS, "me", "x")
    assert long.alerts == Alerts(5, Webhook("https://example.org/hook", {"X-Key": "y"}), sent)


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("alerts: {after: 3}", "alerts", "Nobody is told"),
        ("alerts: {webhook: ftp://secret.example/}", "alerts.webhook", "address of a webhook"),
        ("alerts: {email: {to: a@b.example, sender: me, host: h}}", "alerts.email.sender", "mail address"),
        ("alerts: {email: {to: [], sender: a@b.example, host: h}}", "alerts.email.to", "a list of at least one"),
        ("alerts: {email: {sender: a@b.example, host: h}}", "alerts.email.to", "Missing"),
        (f"alerts: {{email: {{{MAIL}, security: ssl}}}}", "alerts.email.security", "tls, starttls or none"),
        ("alerts: {command: a, webhok: https://example.org/}", "alerts.webhok", "no such setting"),
        ("on_change: []", "on_change", "a list of at least one"),
        ("status_feed: yes please", "status_feed", "true or false"),
    ],
)
def test_what_is_wrong_is_named_and_no_secret_is_repeated(faults: Faults, text: str, key: str, words: str) -> None:
    (fault,) = faults(f"{text}\n{SOURCES}")
    assert fault.key == key
    assert words in fault.message
    assert "secret" not in str(fault)


def test_the_status_feed_has_its_name_for_itself(faults: Faults, load: Load) -> None:
    text = "sources: {feedmaker-status: https://example.org/}"
    assert load(text).sources[0].name == "feedmaker-status"
    (fault,) = faults(f"status_feed: true\n{text}")
    assert fault.key == "sources.feedmaker-status"


def test_secrets_are_those_of_variables_and_files_and_what_is_secret_by_nature(load: Load) -> None:
    source = (
        "url: https://example.org/, auth: {user: me, password: open-sesame}, cookies: {sid: a-cookie}, "
        'headers: {Accept-Language: de, X-Auth: "Bearer a-token", X-Any: {file: example-token.txt}}'
    )
    alerts = f"webhook: https://example.org/T0/B1, email: {{{MAIL}, user: u, password: '${{EXAMPLE_PASSWORD}}'}}"
    settings = load(
        f"alerts: {{{alerts}}}\nproxy: http://p:proxy-word@proxy.example:3128\nsources: {{a: {{{source}}}}}"
    )
    expected = (
        "open-sesame",
        "me:open-sesame",
        "a-cookie",
        "a-token",
        "secret-in-a-file",
        "secret-password",
        "proxy-word",
    )
    assert {*expected, "T0/B1"} <= settings.secrets
    assert not {"de", "me", "u"} & settings.secrets
    assert "open-sesame" not in repr(settings)


def test_a_secret_is_hidden_in_every_form_in_which_it_travels() -> None:
    mask = Mask(["me:pa ss/wörd", "abc"])
    basic = b64encode("me:pa ss/wörd".encode()).decode()
    assert mask(f"Basic {basic} and me:pa ss/wörd and ?k=me%3Apa%20ss%2Fw%C3%B6rd") == "Basic *** and *** and ?k=***"
    assert mask("abc abcdef x-abc-y") == "*** abcdef x-***-y"
    assert mask.bytes(b"\xff me:pa ss/w\xc3\xb6rd \xfe") == b"\xff *** \xfe"
    assert Mask()("nothing to hide") == "nothing to hide"
    mask.know(["nothing"])
    assert mask("nothing, abc") == "***, ***"
