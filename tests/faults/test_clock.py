"""The clock is set, zones are missing, hours come twice or never."""

from __future__ import annotations

import pytest

from tests.faults.running import Clock, Place, Run, needs_clock
from tests.town import Site

pytestmark = needs_clock


@pytest.mark.parametrize(
    "jump",
    [
        pytest.param({"days": -1}, marks=pytest.mark.fault("clock set back by a day")),
        pytest.param({"days": 365}, marks=pytest.mark.fault("clock set forward by a year")),
    ],
)
def test_a_clock_that_is_set_costs_nothing(jump: dict[str, float], site: Site, place: Place, clock: Clock) -> None:
    with Run(place.config, environment=clock.environment) as run:
        run.refreshed("town", "2 entries")
        before = place.feeds()
        site.lists("c", "a", "b")
        mark = run.mark
        clock.forward(**jump)
        assert run.wait_for("clock", "jumped", after=mark)
        clock.forward(minutes=2)
        run.refreshed("town", "3 entries", after=mark)
        run.stop()
    assert len(place.at_rest().keep(before).entries["town"]) == 3
    listings = [request for request in site.requests if request == "/news/"]
    assert len(listings) <= 4, "missed runs make one, not many"
