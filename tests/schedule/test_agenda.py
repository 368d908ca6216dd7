"""The table of due times."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feedmaker.model import Appointment, Pace, Result, Schedule, Source, SourceState, Standing
from feedmaker.refresh.pace import HOURS
from feedmaker.schedule.agenda import Agenda
from feedmaker.store import Store

NOW = datetime(2025, 2, 6, 18, 52, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def source(name: str, every: timedelta | None = HOUR) -> Source:
    return Source(name, f"https://{name}.example/", schedule=Schedule(every=every))


def names(sources: list[Source]) -> list[str]:
    return [source.name for source in sources]


def agenda_of(store: Store, sources: Iterable[Source], now: datetime = NOW) -> Agenda:
    """The agenda as it is some time after the sources were first seen."""
    agenda = Agenda(store)
    agenda.settle(sources, now)
    return agenda


def finish(
    store: Store, agenda: Agenda, source: Source, now: datetime = NOW, result: Result = Result.UNCHANGED, **said: object
) -> None:
    """A refresh ends: its state is stored, and the agenda told."""
    failures = store.state(source.name).failures + 1 if result is Result.FAILED else 0
    standing = Standing(source.url, **said)  # type: ignore[arg-type]
    store.save_state(SourceState(source.name, last_attempt=now, failures=failures, standing=standing))
    agenda.note(source, now)


def due_at(store: Store, name: str) -> datetime:
    time = store.agenda.time(name)
    assert time is not None
    return time


def test_the_longest_due_comes_first_and_those_that_are_not_due_stay(store: Store) -> None:
    sources = [source("a"), source("b"), source("c")]
    agenda = agenda_of(store, sources, NOW - 9 * HOUR)
    agenda.take_due(NOW - 9 * HOUR)
    for each, age in zip(sources, (2, 3, 0), strict=True):
        finish(store, agenda, each, NOW - age * HOUR)
    assert names(agenda.take_due(NOW)) == ["b", "a"]
    assert agenda.take_due(NOW) == []


def test_a_source_that_was_taken_is_not_due_again_before_it_is_noted(store: Store) -> None:
    agenda = agenda_of(store, [source("a")])
    assert names(agenda.take_due(NOW)) == ["a"]
    assert agenda.take_due(NOW + 100 * HOUR) == []
    finish(store, agenda, source("a"))
    assert names(agenda.take_due(NOW + 101 * HOUR)) == ["a"]


def test_a_source_that_is_due_again_before_the_last_look_is_not_passed_over(store: Store) -> None:
    often = source("a", every=timedelta(seconds=1))
    agenda = agenda_of(store, [often])
    agenda.take_due(NOW)
    agenda.take_due(NOW + HOUR)  # time went on while it was refreshed
    finish(store, agenda, often, NOW)
    assert names(agenda.take_due(NOW + HOUR)) == ["a"]


def test_one_that_is_given_back_is_due_as_before(store: Store) -> None:
    agenda = agenda_of(store, [source("a")])
    (taken,) = agenda.take_due(NOW)
    agenda.give_back(taken)
    assert agenda.take_due(NOW) == [taken]


def test_failures_are_counted_from_one_refresh_to_the_next(store: Store) -> None:
    agenda = agenda_of(store, [source("a")])
    for _ in range(3):
        assert names(agenda.take_due(NOW + 1000 * HOUR)) == ["a"]
        finish(store, agenda, source("a"), result=Result.FAILED)
    assert due_at(store, "a") - NOW > 3 * HOUR


def test_what_an_earlier_run_has_noted_holds_after_a_start(store: Store) -> None:
    sources = [source("a"), source("b")]
    first = agenda_of(store, sources)
    first.take_due(NOW)
    finish(store, first, sources[0])
    second = agenda_of(store, sources, NOW + HOUR / 2)
    assert names(second.take_due(NOW + HOUR / 2)) == ["b"]
    assert names(second.take_due(NOW + 2 * HOUR)) == ["a"]


def test_a_refresh_of_which_the_agenda_was_not_told_counts_all_the_same(store: Store) -> None:
    """The process was killed in between, or `feedmaker build` was run."""
    agenda_of(store, [source("a"), source("b")])
    for name in "ab":
        store.save_state(SourceState(name, last_attempt=NOW, failures=3 if name == "b" else 0))
    agenda = agenda_of(store, [source("a"), source("b")])
    assert agenda.take_due(NOW) == []
    assert names(agenda.take_due(NOW + 2 * HOUR)) == ["a"]


def test_sources_that_were_built_before_they_were_ever_run_go_on_by_their_schedule(store: Store) -> None:
    store.save_state(SourceState("a", last_attempt=NOW))
    agenda = agenda_of(store, [source("a"), source("b")])
    assert names(agenda.take_due(NOW)) == ["b"]
    assert names(agenda.take_due(NOW + 2 * HOUR)) == ["a"]


def test_when_the_clock_was_set_back_no_source_waits_for_the_old_time(store: Store) -> None:
    agenda = agenda_of(store, [source("a")])
    agenda.take_due(NOW)
    finish(store, agenda, source("a"))
    yesterday = NOW - DAY
    agenda.reckon(yesterday)
    assert agenda.take_due(yesterday) == []
    assert names(agenda.take_due(yesterday + 2 * HOUR)) == ["a"]


def test_a_clock_that_is_set_again_and_again_makes_no_source_wait_anew(store: Store) -> None:
    agenda = agenda_of(store, [source("a")])
    agenda.take_due(NOW)
    finish(store, agenda, source("a"))
    yesterday = NOW - DAY
    for step in range(3):
        agenda.reckon(yesterday + step * HOUR / 2)
    assert names(agenda.take_due(yesterday + 1.1 * HOUR)) == ["a"]


def test_a_clock_that_was_set_back_while_nothing_ran_is_found_out_at_the_start(store: Store) -> None:
    agenda = agenda_of(store, [source("a")])
    agenda.take_due(NOW)
    finish(store, agenda, source("a"))
    assert names(agenda_of(store, [source("a")], NOW - DAY).take_due(NOW - DAY + 2 * HOUR)) == ["a"]


def test_a_year_in_which_nothing_ran_makes_one_run(store: Store) -> None:
    agenda = agenda_of(store, [source("a")])
    agenda.take_due(NOW)
    finish(store, agenda, source("a"))
    later = NOW + 365 * DAY
    agenda.reckon(later)
    assert names(agenda.take_due(later)) == ["a"]
    finish(store, agenda, source("a"), later)
    assert agenda.take_due(later) == []


def test_reckoning_leaves_out_what_is_being_refreshed(store: Store) -> None:
    agenda = agenda_of(store, [source("a")])
    agenda.take_due(NOW)
    agenda.reckon(NOW)
    assert agenda.take_due(NOW) == []


def test_a_refresh_that_ends_while_times_are_worked_out_anew_is_not_made_again(store: Store) -> None:
    class Meanwhile(Agenda):
        """Whose source's refresh ends after its state was read to reckon with, and before that is written."""

        def _appointment(self, source: Source, now: datetime) -> Appointment:
            appointment = super()._appointment(source, now)
            if threading.current_thread() is not ending:
                ending.start()
                ending.join(0.1)  # it may not end before what was read is written
            return appointment

    agenda = Meanwhile(store)
    agenda.settle([source("a")], NOW)
    agenda.take_due(NOW)
    ending = threading.Thread(target=finish, args=(store, agenda, source("a")))
    agenda.reckon(NOW)
    ending.join(10)
    assert agenda.take_due(NOW) == []


def test_new_settings_add_change_and_remove_sources(store: Store) -> None:
    a, b, c = source("a"), source("b"), source("c")
    agenda = agenda_of(store, [a, b])
    for each in agenda.take_due(NOW):
        finish(store, agenda, each)
    changed = replace(b, keep=7)
    agenda.settle([changed, c], NOW)
    assert names(agenda.take_due(NOW)) == ["b", "c"]
    assert store.agenda.time("a") is None
    assert agenda.take_due(NOW + 100 * HOUR) == []


def test_a_source_whose_settings_changed_while_it_ran_runs_once_more_with_the_new_ones(store: Store) -> None:
    old, new = source("a"), replace(source("a"), keep=7)
    agenda = agenda_of(store, [old])
    agenda.take_due(NOW)
    agenda.settle([new], NOW)
    assert agenda.take_due(NOW) == [], "it never runs twice at once"
    finish(store, agenda, old)
    assert agenda.take_due(NOW) == [new]


def test_a_source_that_was_removed_while_it_ran_is_forgotten(store: Store) -> None:
    agenda = agenda_of(store, [source("a")])
    agenda.take_due(NOW)
    agenda.settle([], NOW)
    finish(store, agenda, source("a"))
    assert agenda.take_due(NOW + 100 * HOUR) == []


def test_a_source_that_asked_to_be_left_alone_is_not_hurried_by_new_settings(store: Store) -> None:
    agenda = agenda_of(store, [source("a")])
    agenda.take_due(NOW)
    finish(store, agenda, source("a"), not_before=NOW + 3 * HOUR)
    agenda.settle([replace(source("a"), keep=7)], NOW)
    assert due_at(store, "a") == NOW + 3 * HOUR


def test_thousands_of_new_sources_do_not_start_together(store: Store) -> None:
    agenda = agenda_of(store, [source(f"s{n}") for n in range(1000)])
    taken = [len(agenda.take_due(NOW + timedelta(seconds=second))) for second in range(60)]
    assert max(taken) <= 100
    assert sum(taken) == 1000


def test_sources_that_failed_together_do_not_come_back_together(store: Store) -> None:
    """DNS is down for an hour: hardly more than twice as many starts in a minute afterwards as on average."""
    sources = [source(f"s{n}", timedelta(minutes=15)) for n in range(200)]
    agenda = agenda_of(store, sources, NOW - HOUR)
    agenda.take_due(NOW - HOUR / 2)
    for number, each in enumerate(sources):
        finish(store, agenda, each, NOW - number * timedelta(minutes=15) / 200)
    starts = []
    for minute in range(300):
        now = NOW + timedelta(minutes=minute)
        due = agenda.take_due(now)
        starts.append(len(due))
        result = Result.FAILED if 60 <= minute < 120 else Result.UNCHANGED
        for each in due:
            finish(store, agenda, each, now, result)
    assert max(starts[30:60]) < 22
    assert max(starts[120:]) < 30
    assert sum(starts[285:]) > 180


def test_a_page_that_is_gone_comes_back_on_the_agenda_with_another_address(store: Store) -> None:
    gone = source("a")
    agenda = agenda_of(store, [gone, source("b")])
    agenda.take_due(NOW)
    finish(store, agenda, gone, result=Result.FAILED, is_gone=True)
    finish(store, agenda, source("b"))
    assert names(agenda.take_due(NOW + 1000 * HOUR)) == ["b"]
    agenda.settle([replace(gone, keep=7)], NOW)
    assert agenda.take_due(NOW + 1000 * HOUR) == []
    agenda.settle([replace(gone, url="https://a.example/new/")], NOW)
    assert names(agenda.take_due(NOW)) == ["a"]


def test_an_adaptive_source_goes_by_its_pace(store: Store) -> None:
    busy, quiet = source("busy", None), source("quiet", None)
    agenda = agenda_of(store, [busy, quiet])
    agenda.take_due(NOW)
    for each, count in ((busy, 24.0), (quiet, 0.0)):
        store.save_state(SourceState(each.name))
        store.save_pace(each.name, Pace(NOW - 28 * DAY, NOW, (count,) * HOURS))
        finish(store, agenda, each)
    assert due_at(store, "busy") - NOW < timedelta(minutes=11)
    assert due_at(store, "quiet") - NOW > 3 * HOUR
