"""What a source needs to be let in, and that nobody sees it."""

from __future__ import annotations

from base64 import b64encode

import pytest

from feedmaker.model import Result
from feedmaker.refresh import refresh_source, write_overview
from tests.refresh.town import CARDS, SECRET, Town, as_json
from tests.town import Answer, Site

BASIC = b64encode(f"me:{SECRET}".encode()).decode()


def test_robots_txt_counts_unless_the_source_says_that_it_does_not(site: Site, town: Town) -> None:
    site.lists("a", "b")
    site.answers["/robots.txt"] = Answer("User-agent: *\nDisallow: /news/", type="text/plain")
    outcome = town.refresh()
    assert outcome.result is Result.FAILED
    assert "robots.txt" in (outcome.error or "")
    assert town.refresh(f"{CARDS}robots: ignore").entries == 2


def test_access_goes_along_with_every_request_to_the_site(site: Site, town: Town) -> None:
    site.lists("a")
    (town.folder / "token.txt").write_text(f"Bearer {SECRET}\n")
    options = "headers: {Authorization: {file: token.txt}, X-Key: '${TOWN_KEY}'}\ncookies: {sid: '${TOWN_KEY}'}\n"
    assert town.refresh(CARDS + options).entries == 1
    assert {each.path for each in site.heard} >= {"/news/", "/news/a"}
    for each in site.heard:
        assert each.headers["Authorization"] == f"Bearer {SECRET}"
        assert (each.headers["X-Key"], each.headers["Cookie"]) == (SECRET, f"sid={SECRET}")


def test_a_user_and_password_open_a_site(site: Site, town: Town) -> None:
    site.lists("a")
    town.refresh(CARDS + "auth: {user: me, password: '${TOWN_KEY}'}")
    assert {each.headers["Authorization"] for each in site.heard} == {f"Basic {BASIC}"}


def test_a_body_is_posted_to_the_address_alone(site: Site, town: Town) -> None:
    as_json(site, entries=[{"title": f"Story {slug}", "url": f"/news/{slug}"} for slug in "ab"])
    site.lists("a", "b")
    town.refresh("""method: POST\nbody: '{"key": "${TOWN_KEY}"}'\nheaders: {Content-Type: application/json}""", "/api")
    asked = [(each.method, each.body) for each in site.heard if each.path == "/api"]
    assert asked == [("POST", f'{{"key": "{SECRET}"}}')]
    assert {each.method for each in site.heard if each.path != "/api"} == {"GET"}
    assert len(town.items) == 2


@pytest.mark.parametrize("status", [200, 401, 403, 500])
def test_no_secret_is_in_an_outcome_the_state_the_feeds_or_the_log(
    site: Site, town: Town, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    site.lists("a", "b")
    site.answers["/news/b"].status = status
    source = town.source(
        f"{CARDS}headers: {{X-Key: '${{TOWN_KEY}}'}}\ncookies: {{sid: '${{TOWN_KEY}}'}}\n"
        "auth: {user: me, password: '${TOWN_KEY}'}\nmethod: POST\nbody: '${TOWN_KEY}'"
    )
    with caplog.at_level("DEBUG"):
        outcomes = [refresh_source(source, town.services)]
        site.answers["/news/"].status = status
        outcomes.append(refresh_source(source, town.services))
        write_overview([source], town.services)
    assert SECRET in site.heard[0].headers["Cookie"]
    shown = [repr(outcomes), repr(source), caplog.text, repr(town.services.store.states())]
    shown += [path.read_text("utf-8", "replace") for path in town.folder.rglob("*") if path.is_file()]
    assert [text for text in shown if SECRET in text or BASIC in text] == []
