"""What is wrong with a source: a pure function of its history, what the last refresh came to, and the clock.

What is normal is each source's own history. A field that it never had is not missing, and a list that has always been
short is not too short. What somebody has written a rule for is expected from the first refresh on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from statistics import median

from feedmaker.health.words import count, span
from feedmaker.model import Failure, Field, Observation, Problem, Source, Stage, Watch

FIELDS = (Field.TITLE, Field.PUBLISHED, Field.IMAGE, Field.SUMMARY, Field.AUTHORS, Field.TAGS)
STEADY = (Field.TITLE, Field.PUBLISHED, Field.IMAGE)  # the others may well be missing in some entries in a row
FEW, MANY = 5, 20  # entries that are enough to judge by if they all agree, and if most do
LOST = 0.25  # of the latest entries have a field that is lost, at most
SURE, USUAL = 0.9, 0.75  # of all earlier entries had it: to judge by few, and by many
LEAST_BEFORE = 10  # entries or refreshes from which what is normal can be told
SHORT = 0.25  # of the usual number of entries
SHORTEST = 8  # entries: a list that is usually shorter may as well be nearly empty
NEWS_FOR = timedelta(days=1)  # how long entries with new ids are news

ENTRIES = ("entry", "entries")

Key = tuple[Stage, str]


def diagnose(
    source: Source, watch: Watch, history: Sequence[Observation], failure: Failure | None, now: datetime
) -> tuple[Problem, ...]:
    """What is wrong now. ``history`` is oldest first and ends with what this refresh has seen, if it has read a list.

    A problem that was open already keeps its beginning. As long as a refresh fails, nothing is learnt of the rest:
    what was wrong before stays so.
    """
    open_ = {problem.key: problem for problem in watch.problems}
    if failure:
        failing = _problem(source, now, failure.stage, failure.evidence, failure.subject)
        found = [*(each for each in watch.problems if each.key not in {*_OVER_BY_FAILING, failing.key}), failing]
    else:
        found = [*_of_fields(source, history, open_), *_of_list(source, history, now), *_quiet(source, watch, now)]
    return tuple(replace(each, since=open_[each.key].since) if each.key in open_ else each for each in found)


# A source that fails in one way fails no more in the others, and whether it is quiet cannot be told.
_FAILURES = (Stage.FETCH, Stage.WALL, Stage.PARSE, Stage.NO_LIST, Stage.EMPTY_LIST, Stage.WRITE)
_OVER_BY_FAILING = frozenset((stage, "") for stage in (*_FAILURES, Stage.QUIET))


def _problem(source: Source, since: datetime, stage: Stage, evidence: str, subject: str = "") -> Problem:
    return Problem(source.name, stage, evidence, since, subject)


def _of_fields(source: Source, history: Sequence[Observation], open_: Mapping[Key, Problem]) -> Iterator[Problem]:
    sampled = [each for each in history if each.sampled]
    unread = _unread_dates(source, sampled)
    if unread:
        yield unread
    for field in FIELDS:
        if not (unread and field is Field.PUBLISHED) and (lost := _lost(source, field, sampled, open_)):
            yield lost


def _unread_dates(source: Source, sampled: Sequence[Observation]) -> Problem | None:
    latest = _latest(sampled, FEW)
    bad, all_ = sum(each.unread_dates for each in latest), _entries(latest)
    text = next((each.unread_date for each in reversed(latest) if each.unread_date), None)
    if all_ < FEW or 2 * bad < all_ or text is None:
        return None
    evidence = f"{bad} of the last {all_} entries have a date that no form fits, such as “{text}”"
    return _problem(source, latest[0].at, Stage.DATE, evidence, Field.PUBLISHED)


def _lost(source: Source, field: Field, sampled: Sequence[Observation], open_: Mapping[Key, Problem]) -> Problem | None:
    """A field that is missing in most of the latest entries, or in the last few of them without exception."""
    few, many = _latest(sampled, FEW), _latest(sampled, MANY)
    if _entries(few) < FEW or _share(field, few) >= 0.5:
        return None
    is_steady = field in STEADY or field in source.rules.fields
    if _entries(many) >= MANY and _share(field, many) <= LOST:
        latest, usual = many, USUAL
    elif is_steady and _share(field, few) == 0:
        latest, usual = few, SURE
    else:
        return None
    since = open_[Stage.FIELD, field].since if (Stage.FIELD, field) in open_ else latest[0].at
    before = [each for each in sampled if each.at < since]
    is_usual = _entries(before) >= LEAST_BEFORE and _share(field, before) >= usual
    if not is_usual and field not in source.rules.fields:
        return None
    return _problem(source, since, Stage.FIELD, _missing(field, latest, before if is_usual else ()), field)


def _missing(field: Field, latest: Sequence[Observation], before: Sequence[Observation]) -> str:
    all_ = _entries(latest)
    missing = all_ - sum(each.filled.get(field, 0) for each in latest)
    normal = f"{_share(field, before):.0%} of those before have it" if before else f"fields.{field} is to give it"
    return f"{field} is missing in {missing} of the last {all_} entries; {normal}"


def _of_list(source: Source, history: Sequence[Observation], now: datetime) -> Iterator[Problem]:
    if not history:
        return
    *before, last = history
    usual = median(each.listed for each in before) if len(before) >= LEAST_BEFORE else 0
    if usual >= SHORTEST and last.listed <= SHORT * usual and last.listed < min(each.listed for each in before):
        evidence = f"the list has {count(last.listed, *ENTRIES)}; usually it has {usual:.0f}"
        yield _problem(source, last.at, Stage.SHORT_LIST, evidence)
    renamed = next((number for number in range(len(history) - 1, -1, -1) if _is_renamed(history, number)), None)
    if renamed is not None and now - history[renamed].at < NEWS_FOR:
        yield _problem(source, history[renamed].at, Stage.IDS, _renamed(history[renamed]))


def _is_renamed(history: Sequence[Observation], number: int) -> bool:
    """Whether most entries have new addresses under known titles, or none is known on a list where most always are."""
    seen, before = history[number], history[:number]
    if seen.listed >= FEW and 2 * seen.renamed >= seen.listed:
        return True
    shares = [each.known / each.listed for each in before if each.listed]
    return seen.listed >= LEAST_BEFORE and not seen.known and len(shares) >= LEAST_BEFORE and min(shares[1:]) >= 0.5


def _renamed(seen: Observation) -> str:
    listed = count(seen.listed, *ENTRIES)
    if 2 * seen.renamed >= seen.listed:
        return f"{seen.renamed} of {listed} have new addresses under titles that are known"
    return f"none of {listed} is known, and most always were: their addresses, or the list, are others now"


def _quiet(source: Source, watch: Watch, now: datetime) -> Iterator[Problem]:
    if watch.quiet_after and watch.newest and watch.longest_pause is not None and now > watch.quiet_after:
        age, pause = span(now - watch.newest), span(watch.longest_pause)
        evidence = f"the newest entry is {age} old, and the longest pause before was {pause}"
        yield _problem(source, watch.quiet_after, Stage.QUIET, evidence)


def _latest(sampled: Sequence[Observation], least: int) -> list[Observation]:
    """The last observations that have so many entries together, or all; oldest first."""
    latest: list[Observation] = []
    for each in reversed(sampled):
        if _entries(latest) >= least:
            break
        latest.append(each)
    return latest[::-1]


def _entries(observations: Iterable[Observation]) -> int:
    return sum(each.sampled for each in observations)


def _share(field: Field, observations: Sequence[Observation]) -> float:
    return sum(each.filled.get(field, 0) for each in observations) / (_entries(observations) or 1)
