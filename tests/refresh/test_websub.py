"""A hub hears of a feed that changed, by the feed's own address; a hub that fails costs a warning and no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from lxml import etree

from feedmaker.model import Access, Filters, Result, Source
from feedmaker.refresh import Services, open_services, refresh, refresh_source
from feedmaker.refresh.websub import REST_SECONDS, Publisher
from feedmaker.settings import load_settings
from tests.refresh.output import folder_of
from tests.town import Answer, Clock, Heard, Site

SourceMaker = Callable[..., Source]
TOPICS = [f"https://feeds.example/town.{each}" for each in ("rss", "atom", "json")]


@pytest.fixture
def hubbed(site: Site, services: Services) -> Services:
    """Services whose hub is the site on loopback, which takes what it is told."""
    site.answers["/hub"] = Answer("", status=204)
    return with_hub(services, f"{site.url}/hub")


def with_hub(services: Services, hub: str) -> Services:
    return replace(services, hub=hub, publisher=Publisher(services.web, hub))


def pings(site: Site) -> list[Heard]:
    return [heard for heard in site.heard if heard.path == "/hub"]


def topics(site: Site) -> list[str]:
    return [parse_qs(ping.body)["hub.url"][0] for ping in pings(site)]


def test_a_hub_is_told_of_each_file_that_changed_in_the_form_that_hubs_take(
    site: Site, hubbed: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    outcome = refresh_source(source_of(), hubbed)
    assert (outcome.result, outcome.warnings) == (Result.CHANGED, ())
    assert topics(site) == TOPICS
    for ping in pings(site):
        assert ping.method == "POST"
        assert ping.headers["Content-Type"] == "application/x-www-form-urlencoded"
        form = parse_qs(ping.body)
        assert form == {"hub.mode": ["publish"], "hub.url": form["hub.topic"], "hub.topic": form["hub.url"]}


def test_a_hub_is_told_the_address_that_the_feed_gives_itself(
    site: Site, hubbed: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    refresh_source(source_of(), replace(hubbed, base_url="https://feeds.example/ä/"))
    feed = etree.parse(folder_of(hubbed) / "town.atom")
    (own,) = feed.findall("./{http://www.w3.org/2005/Atom}link[@rel='self']")
    assert own.get("href") in topics(site)


def test_a_hub_is_not_told_of_a_feed_that_stays_the_same(site: Site, hubbed: Services, source_of: SourceMaker) -> None:
    site.lists("a")
    refresh_source(source_of(), hubbed)
    site.heard.clear()
    site.answers["/news/"].body += "<!-- another page, the same stories -->"
    assert refresh_source(source_of(), hubbed).result is Result.UNCHANGED
    assert pings(site) == []


def test_a_hub_is_told_when_entries_leave_the_feed_by_their_age_alone(
    site: Site, hubbed: Services, source_of: SourceMaker, clock: Clock
) -> None:
    site.lists("a", etag='"1"')
    source = source_of(filters=Filters(max_age=timedelta(days=7)))
    refresh_source(source, hubbed)
    site.heard.clear()
    clock.forward(days=7)
    assert refresh_source(source, hubbed).result is Result.CHANGED
    assert topics(site) == TOPICS


def test_nobody_is_told_without_a_hub_or_without_knowing_where_feeds_are_published(
    site: Site, hubbed: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    for services in (replace(hubbed, hub=None, publisher=None), replace(hubbed, base_url=None)):
        assert refresh_source(source_of(), services).result is Result.CHANGED
    assert pings(site) == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer("no such hub", status=404), "answers with status 404"),
        (Answer("slow down", status=429, headers={"Retry-After": "120"}), "asks to be left alone for 120 s"),
        (Answer("", status=302, headers={"Location": "/hub/new"}), "it has moved to"),
    ],
    ids=["an error", "too many requests", "a redirect"],
)
def test_a_hub_that_fails_is_a_warning_and_the_feed_is_written_and_settled(
    site: Site, hubbed: Services, source_of: SourceMaker, answer: Answer, reason: str
) -> None:
    site.lists("a", etag='"1"')
    site.answers |= {"/hub": answer, "/hub/new": Answer("<p>Welcome to our hub</p>")}
    outcome = refresh_source(source_of(), hubbed)
    (warning,) = outcome.warnings
    assert warning.startswith(f"the hub {hubbed.hub} was not told that {TOPICS[0]} changed: ")
    assert reason in warning
    assert (outcome.result, outcome.error) == (Result.CHANGED, None)
    state = hubbed.store.state("town")
    assert (state.failures, state.validators.etag) == (0, '"1"')


def test_a_hub_in_a_network_that_is_not_public_is_not_asked(
    site: Site, services: Services, source_of: SourceMaker
) -> None:
    site.lists("a")
    port = site.url.rsplit(":", 1)[1]
    outcome = refresh_source(source_of(), with_hub(services, f"http://[::1]:{port}/hub"))
    assert "allow_private" in outcome.warnings[0]
    assert pings(site) == []


def test_a_hub_that_failed_is_let_rest_for_all_sources_and_then_told_again(site: Site, hubbed: Services) -> None:
    now = [100.0]
    assert hubbed.hub
    publisher = Publisher(hubbed.web, hubbed.hub, monotonic=lambda: now[0])
    site.answers["/hub"] = Answer("no such hub", status=404)
    publisher.ping(TOPICS)
    assert len(pings(site)) == 1
    now[0] += REST_SECONDS - 1
    (warning,) = publisher.ping(TOPICS)
    assert warning.endswith("changed: it failed before and is let rest for another 1 s")
    assert publisher.ping([]) == ()
    assert len(pings(site)) == 1
    now[0] += 1
    site.answers["/hub"] = Answer("", status=204)
    assert publisher.ping(TOPICS) == ()
    assert len(pings(site)) == 4


def test_settings_with_a_hub_tell_it_and_what_it_answers_is_kept_in_no_archive(site: Site, tmp_path: Path) -> None:
    site.lists("a")
    site.answers["/hub"] = Answer("", status=204)
    (tmp_path / "sources.yaml").write_text(
        f"base_url: https://feeds.example/\nhub: {site.url}/hub\narchive: ./pages\nallow_private: [127.0.0.0/8]\n"
        f"allow_ports: [{site.url.rpartition(':')[2]}]\ndefaults: {{delay: 0s}}\n"
        f"sources: {{town: {{url: {site.url}/news/, items: .card, fields: {{title: h2 a}}}}}}\n"
    )
    (outcome,) = refresh(load_settings(tmp_path / "sources.yaml"))
    assert (outcome.result, outcome.warnings) == (Result.CHANGED, ())
    assert topics(site) == TOPICS
    with open_services(load_settings(tmp_path / "sources.yaml"), from_archive=True) as (services, _):
        assert services.rerun_of
        assert services.rerun_of.has(f"{site.url}/news/", Access())
        assert not services.rerun_of.has(f"{site.url}/hub", Access())
