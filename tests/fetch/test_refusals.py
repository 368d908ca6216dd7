"""What stands in the way of a page is named, by marks that gatekeepers share."""

from __future__ import annotations

import pytest

from feedmaker.errors import Blocked, HttpStatusError
from feedmaker.fetch.addresses import Address, vetted
from feedmaker.fetch.refusals import CHALLENGE_BYTES, check
from feedmaker.fetch.transport import Answer
from feedmaker.model import FetchPolicy

POLICY = FetchPolicy()


def at(url: str) -> Address:
    return vetted(url, POLICY)


ASKED = at("https://news.test/section/")


def answer(status: int = 200, body: bytes = b"", url: str = ASKED.url, **headers: str) -> Answer:
    return Answer(at(url), status, {name.replace("_", "-"): value for name, value in headers.items()}, body)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (answer(403, cf_mitigated="challenge"), "Cloudflare"),
        (answer(503, b"<script>window._cf_chl_opt={}</script>"), "Cloudflare"),
        (answer(200, b"<script>window._cf_chl_opt={}</script>"), "Cloudflare"),
        (answer(202, x_amzn_waf_action="challenge"), "AWS WAF"),
        (answer(405, x_amzn_waf_action="captcha"), "AWS WAF"),
        (answer(429, x_vercel_mitigated="challenge"), "Vercel"),
        (answer(403, x_datadome="protected"), "DataDome"),
        (answer(403, b"https://geo.captcha-delivery.com/captcha/?"), "DataDome"),
        (answer(403, b'<div id="px-captcha">'), "HUMAN"),
        (answer(200, b"Request unsuccessful. Incapsula incident ID: 1-2"), "Imperva"),
        (answer(200, b'<script id="anubis_challenge" type="application/json">'), "Anubis"),
    ],
)
def test_a_challenge_is_named_with_what_a_person_may_do(given: Answer, name: str) -> None:
    with pytest.raises(Blocked, match=f"a challenge of {name}") as caught:
        check(ASKED, given)
    assert "ask the site's owner" in str(caught.value)
    assert caught.value.status == given.status


@pytest.mark.parametrize(
    "given",
    [
        answer(200, b"<p>All is well.</p>"),
        answer(200, b"<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script><p>News"),
        answer(200, b"<script src=/_Incapsula_Resource?SWJIYLWA=1></script><p>News"),
        answer(200, b"<script src=https://js.datadome.co/tags.js></script><p>News", x_datadome="protected"),
        answer(200, b"<p>How the _cf_chl_opt challenge works.</p>" + b" " * CHALLENGE_BYTES),
        answer(200, b"<title>404 Not Found, a film by A. Nobody</title>"),
        answer(200, b"<title>500 days of summer</title>"),
        answer(200, b"<title>404 Not Found</title>" + b" " * 20_000),
        answer(304),
        answer(204),
    ],
    ids=lambda given: str(given.body[:60]),
)
def test_a_page_that_is_watched_or_writes_of_challenges_is_a_page(given: Answer) -> None:
    check(ASKED, given)


@pytest.mark.parametrize(
    ("url", "wall"),
    [
        ("https://consent.news.test/v2/collectConsent?sessionId=1", "a consent wall"),
        ("https://cmp.publisher.test/?callbackUrl=https://news.test/section/", "a consent wall"),
        ("https://news.test/privacy-gate?next=/section/", "a consent wall"),
        ("https://news.test/cookiewall/", "a consent wall"),
        ("https://news.test/login?next=/section/", "a login page"),
        ("https://accounts.news.test/sign-in", "a login page"),
    ],
)
def test_a_redirect_to_a_wall_is_named(url: str, wall: str) -> None:
    with pytest.raises(Blocked, match=f"it leads to {wall}, {url.partition('?')[0]}"):
        check(ASKED, answer(200, b"<p>We value your privacy", url))


@pytest.mark.parametrize(
    ("asked", "final"),
    [
        ("https://news.test/section", "https://www.news.test/section/"),
        ("https://news.test/login", "https://news.test/login/"),
        ("https://news.test/login-problems", "https://news.test/2026/login-problems-solved"),
        ("https://consent.test/", "https://consent.test/news/"),
    ],
)
def test_a_redirect_to_the_page_is_no_wall(asked: str, final: str) -> None:
    check(at(asked), answer(200, b"<p>News", final))


@pytest.mark.parametrize(
    ("title", "status"),
    [
        ("404 Not Found", 404),
        ("Error 503: Service Unavailable", 503),
        ("502 - Bad Gateway", 502),
        ("403 &ndash; Forbidden", 403),
        ("HTTP 500 - Internal Server Error", 500),
    ],
)
def test_an_error_page_that_says_200_is_an_error(title: str, status: int) -> None:
    with pytest.raises(HttpStatusError, match="status 200 and an error page") as caught:
        check(ASKED, answer(200, f"<html><TITLE>\n{title} </TITLE>".encode()))
    assert caught.value.status == status


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (300, "open the address in a browser"),
        (401, "needs a login"),
        (403, "ask the site's owner"),
        (404, "pages move"),
        (410, "gone for good"),
        (418, "open the address in a browser"),
        (429, "longer `every` or `delay`"),
        (500, "a fault of its own"),
        (599, "a status without a name"),
    ],
)
def test_each_error_says_what_to_do(status: int, advice: str) -> None:
    with pytest.raises(HttpStatusError, match=advice):
        check(ASKED, answer(status))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<html><title>Down\n for maintenance</title><p>Back at noon.", "Down for maintenance"),
        (b"<html><p>Back at noon.", None),
        (b"Back at noon.", "Back at noon."),
        (b'{"error": "no such key", "html": "<b>"}', '{"error": "no such key", "html": "<b>"}'),
        (b"", None),
        (b"\xff\x00\x07" * 3, "���"),
        (b"word " * 500, "word " * 24),
        (b"go to https://user:pass@a.test/?token=abc", "go to https://***@a.test/?token=***"),
    ],
)
def test_what_the_host_says_of_an_error_is_kept_in_short(body: bytes, said: str | None) -> None:
    with pytest.raises(HttpStatusError) as caught:
        check(ASKED, answer(503, body))
    assert caught.value.said == (said and said.strip())
