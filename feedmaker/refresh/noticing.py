"""What a refresh shows of how its source is: judged by what is normal for the source, remembered, and told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from feedmaker.errors import FeedmakerError
from feedmaker.health.diagnosis import diagnose
from feedmaker.health.failures import failure_of
from feedmaker.health.pauses import pauses_of
from feedmaker.model import Failure, Observation, Outcome, Page, Problem, Result, Source, Watch
from feedmaker.refresh.services import Services


@dataclass(slots=True)
class Notes:
    """What a refresh notes on its way: the list's ``page`` once it has come, what is ``seen`` on it, and what fails."""

    page: Page | None = None
    seen: Observation | None = None
    error: FeedmakerError | None = None


def noticed(source: Source, services: Services, notes: Notes, outcome: Outcome, now: datetime) -> Outcome:
    """The outcome with the problems that the source has now; what is new of them is remembered and told."""
    if outcome.result is Result.STOPPED or services.rerun_of is not None:
        return outcome
    health = services.store.health
    before = health.watch(source.name)
    history = health.history(source.name) if notes.seen or notes.error or before.problems else ()
    watch = _with_pauses(before, source, services) if notes.seen else before
    seen = (*history, notes.seen) if notes.seen else history
    problems = diagnose(source, watch, seen, _failure(notes, history, services), now)
    ended = _ended(before.problems, problems, now)
    watch = services.bulletin.heed(source, replace(watch, problems=problems), at_once=outcome.standing.is_gone)
    if notes.seen or watch != before:
        health.save(source.name, watch, ended, notes.seen, now)
    if {each.key for each in problems} != {each.key for each in before.problems}:
        services.bulletin.note_change()
    return replace(outcome, problems=problems)


def _with_pauses(watch: Watch, source: Source, services: Services) -> Watch:
    pauses = pauses_of(services.store.health.dates(source.name))
    return replace(watch, newest=pauses.newest, quiet_after=pauses.quiet_after, longest_pause=pauses.longest)


def _failure(notes: Notes, history: Sequence[Observation], services: Services) -> Failure | None:
    if notes.error is None:
        return None
    place = next((each.place for each in reversed(history) if each.place), None)
    failure = failure_of(notes.error, notes.page, place)
    return replace(failure, evidence=services.mask(failure.evidence))  # what a host says may repeat what it was sent


def _ended(before: Sequence[Problem], now_open: Sequence[Problem], now: datetime) -> list[Problem]:
    keys = {each.key for each in now_open}
    return [replace(each, ended=now) for each in before if each.key not in keys]
