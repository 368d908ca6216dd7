"""A web that goes on by another policy, as settings that change want it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Event, Thread

import pytest

from feedmaker.errors import AddressRefused, RobotsRefused
from feedmaker.model import Page
from tests.fetch.hostile import PAGE, Peer, Reader, Server, policy, says


def test_the_new_policy_holds_for_what_is_fetched_from_then_on(server: Server, reader: Reader) -> None:
    url = server.add("/news", says())
    assert reader.page(url).content == PAGE
    reader.web.adopt(replace(policy(server), allow_private=()))
    with pytest.raises(AddressRefused, match="allow_private"):
        reader.fetch(url)
    reader.web.adopt(replace(policy(server), contact="https://example.org/about"))
    assert reader.page(url).content == PAGE
    assert "example.org/about" in str(server.requests[-1])


def test_what_a_site_does_not_allow_is_remembered(server: Server, reader: Reader) -> None:
    server.add("/robots.txt", says(b"User-agent: *\nDisallow: /news\n", headers="Content-Type: text/plain\r\n"))
    url = server.add("/news", says())
    for deadline in (1, 2):
        with pytest.raises(RobotsRefused):
            reader.fetch(url, robots=True)
        reader.web.adopt(replace(policy(server), deadline=timedelta(seconds=deadline)))
    assert len(server.requests) == 1, "robots.txt was asked for once"


def test_more_or_fewer_hosts_are_read_side_by_side(server: Server, reader: Reader) -> None:
    for hosts in (1, 8, 1):
        reader.web.adopt(replace(policy(server), hosts_at_once=hosts))
        assert reader.page(server.add(f"/{hosts}", says())).content == PAGE


def test_a_fetch_that_runs_ends_as_it_began(server: Server, reader: Reader) -> None:
    begun, go = Event(), Event()

    def slow(peer: Peer) -> None:
        begun.set()
        assert go.wait(10)
        peer.answer(PAGE)

    pages: list[object] = []
    url = server.add("/slow", slow)
    reader.web.adopt(replace(policy(server), deadline=timedelta(seconds=20)))
    thread = Thread(target=lambda: pages.append(reader.fetch(url)))
    thread.start()
    assert begun.wait(10)
    reader.web.adopt(replace(policy(server), allow_private=()))
    go.set()
    thread.join(10)
    assert isinstance(pages[0], Page)
