"""The heap of due times."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from feedmaker.model import Outcome, Result, Schedule, Source, SourceState, Standing
from feedmaker.schedule.agenda import Agenda

NOW = datetime(2025, 2, 6, 18, 52, tzinfo=UTC)
HOUR = timedelta(hours=1)


def source(name: str, every: timedelta = HOUR) -> Source:
    return Source(name, f"https://{name}.example/", schedule=Schedule(every=every))


def names(sources: list[Source]) -> list[str]:
    return [source.name for source in sources]


def unchanged(name: str) -> Outcome:
    return Outcome(name, Result.UNCHANGED)


def test_the_longest_due_comes_first_and_those_that_are_not_due_stay() -> None:
    sources = [source("a"), source("b"), source("c")]
    ages = {"a": 2, "b": 3, "c": 0}
    states = {name: SourceState(name, last_attempt=NOW - age * HOUR) for name, age in ages.items()}
    agenda = Agenda(sources, states, NOW)
    assert names(agenda.take_due(NOW)) == ["b", "a"]
    assert agenda.next is not None
    assert agenda.next > NOW


def test_a_source_that_was_taken_is_not_due_again_before_its_outcome() -> None:
    agenda = Agenda([source("a")], {}, NOW)
    assert names(agenda.take_due(NOW)) == ["a"]
    assert agenda.take_due(NOW + 100 * HOUR) == []
    assert agenda.next is None
    agenda.note(source("a"), unchanged("a"), NOW, NOW)
    assert names(agenda.take_due(NOW + 2 * HOUR)) == ["a"]


def test_failures_are_counted_from_one_outcome_to_the_next() -> None:
    agenda = Agenda([source("a")], {}, NOW)
    for _ in range(3):
        assert names(agenda.take_due(NOW + 1000 * HOUR)) == ["a"]
        agenda.note(source("a"), Outcome("a", Result.FAILED), NOW, NOW)
    assert agenda.next is not None
    assert agenda.next - NOW > 3 * HOUR


def test_when_the_clock_was_set_back_no_source_waits_for_the_old_time() -> None:
    agenda = Agenda([source("a")], {"a": SourceState("a", last_attempt=NOW)}, NOW)
    yesterday = NOW - 24 * HOUR
    agenda.reckon(yesterday)
    assert names(agenda.take_due(yesterday + 2 * HOUR)) == ["a"]


def test_a_clock_that_is_set_again_and_again_makes_no_source_wait_anew() -> None:
    agenda = Agenda([source("a")], {"a": SourceState("a", last_attempt=NOW)}, NOW)
    yesterday = NOW - 24 * HOUR
    for step in range(3):
        agenda.reckon(yesterday + step * HOUR / 2)
    assert names(agenda.take_due(yesterday + 1.1 * HOUR)) == ["a"]


def test_reckoning_leaves_out_what_is_being_refreshed() -> None:
    agenda = Agenda([source("a")], {}, NOW)
    agenda.take_due(NOW)
    agenda.reckon(NOW)
    assert agenda.take_due(NOW) == []


def test_states_of_sources_that_are_configured_no_more_are_passed_over() -> None:
    agenda = Agenda([], {"gone": SourceState("gone")}, NOW)
    assert agenda.take_due(NOW) == []


def test_a_thousand_sources_that_failed_together_do_not_come_back_together() -> None:
    """DNS is down for an hour: as many starts a minute afterwards as before, give or take half."""
    sources = [source(f"s{n}", timedelta(minutes=15)) for n in range(1000)]
    states = {
        s.name: SourceState(s.name, last_attempt=NOW - n * timedelta(minutes=15) / 1000) for n, s in enumerate(sources)
    }
    agenda = Agenda(sources, states, NOW)
    starts = []
    for minute in range(300):
        now = NOW + timedelta(minutes=minute)
        due = agenda.take_due(now)
        starts.append(len(due))
        result = Result.FAILED if 60 <= minute < 120 else Result.UNCHANGED
        for each in due:
            agenda.note(each, Outcome(each.name, result), now, now)
    assert max(starts[30:60]) < 110
    assert max(starts[120:]) < 110
    assert sum(starts[285:]) > 900


def test_a_page_that_is_gone_comes_back_on_the_agenda_with_another_address() -> None:
    gone = Standing("https://a.example/", is_gone=True)
    states = {"a": SourceState("a", last_attempt=NOW - 9 * HOUR, failures=1, standing=gone)}
    assert Agenda([source("a")], states, NOW).take_due(NOW + 1000 * HOUR) == []
    elsewhere = replace(source("a"), url="https://a.example/new/")
    assert names(Agenda([elsewhere], states, NOW).take_due(NOW)) == ["a"]


def test_a_page_that_turns_out_to_be_gone_leaves_the_agenda() -> None:
    agenda = Agenda([source("a"), source("b")], {}, NOW)
    agenda.take_due(NOW)
    gone = Outcome("a", Result.FAILED, standing=Standing("https://a.example/", is_gone=True))
    agenda.note(source("a"), gone, NOW, NOW)
    agenda.note(source("b"), unchanged("b"), NOW, NOW)
    assert names(agenda.take_due(NOW + 1000 * HOUR)) == ["b"]
