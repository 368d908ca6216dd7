"""The clock is set, zones are missing, hours come twice or never."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.faults.conftest import Town
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
def test_a_clock_that_is_set_costs_nothing(jump: dict[str, float], site: Site, town: Town) -> None:
    with town.run() as run:
        site.lists("c", "a", "b")
        mark = run.mark
        town.clock.forward(**jump)
        assert run.wait_for("clock", "jumped", after=mark)
        town.news(run)
        run.refreshed("town", entries=3, after=mark)
        run.stop()
    assert town.kept_at_rest() == 3
    listings = [request for request in site.requests if request == "/news/"]
    assert len(listings) <= 4, "missed runs make one, not many"


GAP = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)  # in Berlin 02:00, which is followed by 03:00
TWICE = datetime(2027, 10, 31, 1, 0, tzinfo=UTC)  # there 03:00, which is followed by 02:00 once more


@pytest.mark.parametrize(
    ("change", "quiet", "due"),
    [
        pytest.param(GAP, -5, 31, marks=pytest.mark.fault("DST: an hour that never comes")),
        pytest.param(TWICE, -45, -29, marks=pytest.mark.fault("DST: an hour that comes twice")),
    ],
)
def test_a_nightly_run_comes_once_when_the_hours_change(
    change: datetime, quiet: int, due: int, site: Site, place: Place, clock: Clock
) -> None:
    """At 02:30: as late as the clocks went forward, or the first time that it is shown; minutes from the change."""
    place.sources = {"town": {"url": f"{site.url}/news/", "cron": "30 2 * * *", "timezone": "Europe/Berlin"}}
    place.write()
    clock.show(change - timedelta(hours=3))
    with Run(place.config, environment=clock.environment) as run:
        run.refreshed("town", entries=2)
        site.lists("c", "a", "b")
        mark = run.mark
        clock.show(change + timedelta(minutes=quiet))
        run.wait_for("jumped", after=mark)
        assert not run.said('"refresh"', after=mark)
        mark = run.mark
        clock.show(change + timedelta(minutes=due))
        run.refreshed("town", entries=3, after=mark)
        mark = run.mark
        clock.show(change + timedelta(hours=6))
        run.wait_for("jumped", after=mark)
        site.lists("d", "c", "a", "b")
        clock.show(change + timedelta(hours=24, minutes=31))
        run.refreshed("town", entries=4, after=mark)
        assert len(run.said('"refresh"', after=mark)) == 1
        run.stop()
    assert len(place.at_rest().entries["town"]) == 4
