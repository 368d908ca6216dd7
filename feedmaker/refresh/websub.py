"""Telling a WebSub hub that feeds have changed (https://www.w3.org/TR/websub/), so that it tells their readers.

How a publisher tells its hub is left open by the recommendation (section 6). Hubs take the form of PubSubHubbub 0.3
(section 7.1), ``hub.mode=publish`` with the topic's address as ``hub.url``, or as ``hub.topic`` like in subscriptions,
so both are sent. Some read only the last of several topics, so each goes in a request of its own.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import inf
from urllib.parse import urlencode

from feedmaker.errors import FetchError
from feedmaker.fetch import Fetcher
from feedmaker.fetch.addresses import parsed, shown
from feedmaker.model import Access, Method, Validators

REST_SECONDS = 300.0  # after a failure, so that a hub that is down does not cost every source a deadline
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NOTHING_KNOWN = Validators()


@dataclass(slots=True)
class Publisher:
    """What tells a hub of changes; one for all sources, from any thread. A hub that failed is let rest for a while.

    ``web`` is the web itself, also where pages come from an archive or go to one.
    """

    web: Fetcher
    hub: str
    monotonic: Callable[[], float] = time.monotonic
    rests_until: float = -inf

    def ping(self, topics: Sequence[str]) -> tuple[str, ...]:
        """Tell the hub which feeds changed, each by its own address. Gives a warning if it could not be told."""
        left = self.rests_until - self.monotonic()
        if topics and left > 0:
            return (_warning(self.hub, topics[0], f"it failed before and is let rest for another {left:.0f} s"),)
        for topic in topics:
            if fault := _fault(self.web, self.hub, topic):
                self.rests_until = self.monotonic() + REST_SECONDS
                return (_warning(self.hub, topic, fault),)
        return ()


def _warning(hub: str, topic: str, fault: str) -> str:
    return f"the hub {shown(hub)} was not told that {topic} changed: {fault}"


def _fault(web: Fetcher, hub: str, topic: str) -> str | None:
    """Tell the hub of one topic; what went wrong, if anything did."""
    body = urlencode({"hub.mode": "publish", "hub.url": topic, "hub.topic": topic})
    access = Access(hub, headers=_FORM, method=Method.POST, body=body)
    try:
        # robots.txt is not asked: it is for crawlers, and a hub is there to be told.
        answer = web.fetch(hub, delay=timedelta(0), validators=_NOTHING_KNOWN, robots=False, access=access)
    except FetchError as error:
        return str(error)
    if answer.url != parsed(hub).url:  # what a redirect leads to is asked for without the form
        return f"it has moved to {shown(answer.url)}; set `hub` to its new address"
    return None
