"""The real services, and the source that reads the site on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest

from feedmaker.fetch import Web
from feedmaker.model import FetchPolicy, Field, FieldRule, ListingRules, Selector, Source
from feedmaker.refresh import Services
from feedmaker.store import Store
from feedmaker.write import Output
from tests.refresh.town import Town
from tests.town import Clock, HurriedClock, Site


@pytest.fixture
def clock(site: Site) -> Clock:
    """The clock of the services, and of the site."""
    site.clock = clock = Clock()
    return clock


@pytest.fixture
def services(site: Site, clock: Clock, tmp_path: Path, new_state: Path) -> Iterator[Services]:
    """Real services that may read the site on loopback, and wait for nothing before they ask it again."""
    port = int(site.url.rsplit(":", 1)[1])
    policy = FetchPolicy(allow_private=(ip_network("127.0.0.0/8"),), allow_ports=frozenset({port}))
    output = Output(tmp_path / "feeds")
    with Store.open(new_state) as store, Web(policy, clock=HurriedClock()) as web:
        yield Services(web, store, output, "https://feeds.example/", now=clock)


@pytest.fixture
def source_of(site: Site) -> Callable[..., Source]:
    """Makes a source of the site's section, without delays."""

    def make(**values: object) -> Source:
        rules = ListingRules(items=Selector(".card"), fields={Field.TITLE: FieldRule(selectors=(Selector("h2 a"),))})
        defaults: dict[str, object] = {"name": "town", "url": f"{site.url}/news/", "rules": rules}
        return Source(**{**defaults, "delay": timedelta(0), **values})  # type: ignore[arg-type]

    return make


@pytest.fixture
def town(site: Site, services: Services, tmp_path: Path) -> Town:
    """A town whose settings can be changed between refreshes."""
    return Town(site, services, tmp_path)
