"""How sources are, kept within bounds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from feedmaker.model import Field, Observation, Problem, SourceState, Stage, Watch
from feedmaker.store import Store
from feedmaker.store.health import RECENT, outdated

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
SEEN = Observation(
    NOW,
    listed=20,
    known=18,
    renamed=1,
    sampled=2,
    filled={field: 2 for field in Field if field is not Field.URL},
    unread_dates=1,
    unread_date="the 45th of Mist",
    newest=NOW - HOUR,
    place="ul.stories",
)
DOWN = Problem("town", Stage.FETCH, "status 503", NOW)


def saved(store: Store, watch: Watch, *ended: Problem, seen: Observation | None = None, now: datetime = NOW) -> None:
    store.save_state(SourceState("town"))
    store.health.save("town", watch, ended, seen, now)


def test_what_is_stored_comes_back(store: Store) -> None:
    assert store.health.watch("town") == Watch()
    assert store.health.history("town") == ()
    watch = Watch((DOWN,), NOW - HOUR, NOW + HOUR, timedelta(hours=7), streak=3)
    saved(store, watch, seen=SEEN)
    assert store.health.watch("town") == watch
    assert store.health.history("town") == (SEEN,)
    assert store.health.open_problems() == (DOWN,)


def test_a_problem_that_is_over_is_open_no_more_and_goes_after_three_months(store: Store) -> None:
    saved(store, Watch((DOWN,)))
    over = Problem("town", Stage.FETCH, "status 503", NOW, ended=NOW + HOUR)
    saved(store, Watch(), over)
    assert store.health.open_problems() == ()
    assert store.health.latest_problems(10) == (over,)
    later = NOW + timedelta(days=100)
    again = Problem("town", Stage.FETCH, "status 503", later)
    saved(store, Watch((again,)), now=later)
    assert store.health.latest_problems(10) == (again,)


def test_what_was_told_is_not_overwritten_by_a_refresh_that_did_not_hear_of_it(store: Store) -> None:
    watch = Watch((DOWN,), streak=2)
    saved(store, watch)
    store.health.tell(["town"], is_broken=True)
    saved(store, watch)
    assert store.health.watch("town").is_told_broken
    store.health.tell(["town"], is_broken=False)
    assert not store.health.watch("town").is_told_broken


def test_a_dropped_source_takes_all_with_it(store: Store) -> None:
    saved(store, Watch((DOWN,)), seen=SEEN)
    store.drop_unused([], before=NOW)
    assert store.health.watch("town") == Watch()
    assert store.health.history("town") == ()


def test_the_history_of_a_year_is_bounded_and_reaches_back_three_months(store: Store) -> None:
    store.save_state(SourceState("town"))
    for hour in range(0, 365 * 24, 8):
        now = NOW + hour * HOUR
        store.health.save("town", Watch(), (), Observation(now, listed=20), now)
    history = store.health.history("town")
    assert len(history) <= RECENT + 90
    assert timedelta(days=88) < history[-1].at - history[0].at <= timedelta(days=90)


def test_the_last_of_each_day_is_kept() -> None:
    times = [NOW - hour * HOUR for hour in range(24 * 5)]
    kept = set(times) - set(outdated(times, NOW))
    assert set(times[:RECENT]) <= kept
    assert [time.hour for time in sorted(kept)[:-RECENT]] == [23, 23, 23, 23]
