"""What is wrong is told by a source's own history, without any clock but the one that is given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from feedmaker.health.diagnosis import diagnose
from feedmaker.health.pauses import pauses_of
from feedmaker.model import (
    Failure,
    Field,
    FieldRule,
    ListingRules,
    Observation,
    Problem,
    Source,
    Stage,
    Watch,
)

START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TOWN = Source("town", "https://town.example/news/")
FULL = dict.fromkeys(Field, 2)


def seen(hour: int, **values: object) -> Observation:
    """A refresh that read two entries anew, which have everything, of a list of 20."""
    given: dict[str, object] = {"listed": 20, "known": 18, "sampled": 2, "filled": FULL}
    return Observation(START + hour * HOUR, **{**given, **values})  # type: ignore[arg-type]


def without(field: Field, hour: int, **values: object) -> Observation:
    return seen(hour, filled={**FULL, field: 0}, **values)


def found(history: list[Observation], watch: Watch | None = None, source: Source = TOWN) -> tuple[Problem, ...]:
    return diagnose(source, watch or Watch(), history, None, history[-1].at)


GOOD = [seen(hour) for hour in range(12)]


def test_a_source_that_is_as_it_always_was_has_no_problem() -> None:
    assert found(GOOD) == ()
    assert found(GOOD[:1]) == ()
    assert diagnose(TOWN, Watch(), [], None, START) == ()


def test_a_field_that_entries_used_to_have_is_missed_once_a_few_lack_it() -> None:
    assert found([*GOOD, *(without(Field.PUBLISHED, hour) for hour in (12, 13))]) == ()
    (problem,) = found([*GOOD, *(without(Field.PUBLISHED, hour) for hour in (12, 13, 14))])
    assert (problem.stage, problem.subject, problem.since) == (Stage.FIELD, "published", START + 12 * HOUR)
    assert problem.evidence == "published is missing in 6 of the last 6 entries; 100% of those before have it"


def test_a_field_missing_in_most_of_many_entries_is_missed_too() -> None:
    lacking = seen(12, sampled=20, filled={**dict.fromkeys(Field, 20), Field.IMAGE: 2})
    (problem,) = found([*GOOD, lacking])
    assert problem.evidence == "image is missing in 18 of the last 20 entries; 100% of those before have it"


def test_entries_in_a_row_without_authors_are_many_before_these_are_missed() -> None:
    lacking = [without(Field.AUTHORS, hour) for hour in range(12, 20)]
    assert found([*GOOD, *lacking[:7]]) == ()
    (problem,) = found([*GOOD, *lacking])
    assert problem.evidence == "authors is missing in 16 of the last 20 entries; 100% of those before have it"


def test_what_most_entries_had_is_still_missed_when_the_last_ones_lack_it_without_exception() -> None:
    mixed = [without(Field.IMAGE, hour) if hour % 5 == 0 else seen(hour) for hour in range(20)]
    lacking = [without(Field.IMAGE, hour) for hour in range(20, 32)]
    assert found([*mixed, *lacking[:3]]) == ()
    first = found([*mixed, *lacking[:10]])
    assert [problem.subject for problem in first] == ["image"]
    assert [problem.since for problem in found([*mixed, *lacking], Watch(first))] == [first[0].since]


def test_a_field_that_was_never_there_is_not_missed() -> None:
    assert found([without(Field.AUTHORS, hour) for hour in range(20)]) == ()


def test_a_field_that_a_rule_is_to_give_is_missed_from_the_first_refresh_on() -> None:
    rules = ListingRules(fields={Field.AUTHORS: FieldRule(constant="The editors")})
    lacking = without(Field.AUTHORS, 0, sampled=6)
    (problem,) = found([lacking], source=Source("town", TOWN.url, rules=rules))
    assert problem.evidence == "authors is missing in 6 of the last 6 entries; fields.authors is to give it"


def test_a_problem_keeps_its_beginning_and_what_was_normal_before_it() -> None:
    history = [*GOOD, *(without(Field.PUBLISHED, hour) for hour in range(12, 60))]
    first = found(history[:15])
    later = found(history, Watch(first))
    assert [problem.since for problem in later] == [START + 12 * HOUR]
    assert "100% of those before have it" in later[0].evidence
    assert found([*history, *(seen(hour) for hour in (60, 61, 62))], Watch(first)) == ()


def test_dates_that_no_form_fits_are_shown_and_not_called_missing() -> None:
    bad = [without(Field.PUBLISHED, hour, unread_dates=2, unread_date="the 45th of Mist") for hour in (12, 13, 14)]
    (problem,) = found([*GOOD, *bad])
    assert problem.key == (Stage.DATE, "published")
    assert problem.evidence == ("6 of the last 6 entries have a date that no form fits, such as “the 45th of Mist”")


def test_a_list_that_is_much_shorter_than_ever_is_a_problem() -> None:
    (problem,) = found([*GOOD, seen(12, listed=2, known=2)])
    assert problem.stage is Stage.SHORT_LIST
    assert problem.evidence == "the list has 2 entries; usually it has 20"
    assert found([*GOOD, seen(12, listed=2, known=2), *(seen(hour) for hour in (13,))]) == ()


def test_a_list_whose_length_varies_is_not_too_short() -> None:
    varied = [seen(hour, listed=2 if hour % 4 == 0 else 20) for hour in range(12)]
    assert found([*varied, seen(12, listed=2, known=2)]) == ()


def test_known_stories_under_new_addresses_are_news_for_a_day() -> None:
    history = [*GOOD, seen(12, known=0, renamed=19), seen(13)]
    (problem,) = found(history)
    assert problem.stage is Stage.IDS
    assert problem.evidence == "19 of 20 entries have new addresses under titles that are known"
    assert diagnose(TOWN, Watch(), history, None, START + 40 * HOUR) == ()


def test_a_list_of_which_nothing_is_known_any_more_is_a_problem_unless_it_always_is_so() -> None:
    (problem,) = found([*GOOD, seen(12, known=0)])
    assert "none of 20 entries is known" in problem.evidence
    assert found([seen(hour, known=0) for hour in range(14)]) == ()
    first = seen(0, known=0)
    assert found([first, *GOOD[1:]]) == ()


def test_a_source_is_quiet_after_a_silence_that_is_much_longer_than_any_before() -> None:
    pauses = pauses_of(START + hours * HOUR for hours in (0, 3, 6, 20, 24, 30, 33, 36, 40, 60, 62))
    watch = Watch((), pauses.newest, pauses.quiet_after, pauses.longest)
    assert pauses.longest == 20 * HOUR
    assert diagnose(TOWN, watch, GOOD, None, START + 121 * HOUR) == ()
    (problem,) = diagnose(TOWN, watch, GOOD, None, START + 123 * HOUR)
    assert (problem.stage, problem.since) == (Stage.QUIET, START + 122 * HOUR)
    assert problem.evidence == "the newest entry is 2 d old, and the longest pause before was 20 h"


def test_the_pause_before_a_pinned_old_story_is_none() -> None:
    times = [START - timedelta(days=700), *(START + hour * HOUR for hour in range(30))]
    assert pauses_of(times).longest == HOUR


@pytest.mark.parametrize("times", [[], [START], [START] * 30])
def test_a_few_entries_or_such_of_one_moment_tell_no_pace(times: list[datetime]) -> None:
    assert pauses_of(times).quiet_after is None


def test_while_a_source_fails_what_was_wrong_before_stays_and_only_the_failure_changes() -> None:
    lost = Problem("town", Stage.FIELD, "image is missing", START, "image")
    down = Problem("town", Stage.FETCH, "503", START)
    watch = Watch((lost, down))
    now = START + HOUR
    assert diagnose(TOWN, watch, GOOD, Failure(Stage.FETCH, "504"), now) == (
        lost,
        Problem("town", Stage.FETCH, "504", START),
    )
    gone = diagnose(TOWN, watch, GOOD, Failure(Stage.NO_LIST, "nothing"), now)
    assert gone == (lost, Problem("town", Stage.NO_LIST, "nothing", now))
