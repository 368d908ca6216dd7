"""Every error of a refresh says at which stage it arose, and by what that is known."""

from __future__ import annotations

import pytest

from feedmaker import errors
from feedmaker.errors import Blocked, FeedmakerError, HttpStatusError, NoEntries, RuleMatchesNothing
from feedmaker.health.failures import STAGES, failure_of
from feedmaker.model import Stage
from feedmaker.normalize.encoding import page_of

URL = "https://town.example/news/"
NONE = NoEntries("nothing looks like a list", address=URL)
WALL = (
    '<html><title>Town</title><body><div id="sp_message_container"><p>We and our partners use cookies. Accept all or '
    "manage your consent.</p><button>Accept all</button></div></body></html>"
)


def all_kinds(base: type[FeedmakerError]) -> list[type[FeedmakerError]]:
    return [base, *(kind for below in base.__subclasses__() for kind in all_kinds(below))]


@pytest.mark.parametrize(
    "kind", [*all_kinds(errors.SourceError)[1:], errors.OutputError], ids=lambda kind: kind.__name__
)
def test_every_error_of_a_source_has_a_stage(kind: type[FeedmakerError]) -> None:
    assert next((stage for base, stage in STAGES if issubclass(kind, base)), None) is not None


def test_what_a_host_says_is_evidence() -> None:
    error = HttpStatusError("answers with status 503", address=URL, status=503, said="Down until noon")
    failure = failure_of(error)
    assert (failure.stage, failure.evidence) == (
        Stage.FETCH,
        "answers with status 503. The host says “Down until noon”",
    )


def test_a_challenge_is_a_wall_and_so_is_a_consent_page_that_comes_as_200() -> None:
    assert failure_of(Blocked("a challenge", address=URL, status=403)).stage is Stage.WALL
    failure = failure_of(NONE, page_of(WALL, URL), "ul.stories")
    assert failure.stage is Stage.WALL
    assert "consent wall by Sourcepoint" in failure.evidence


@pytest.mark.parametrize(
    ("body", "stage", "words"),
    [
        ("<main>We have moved house.</main>", Stage.NO_LIST, "which is gone"),
        ('<ul class="stories"></ul>', Stage.EMPTY_LIST, "is there and holds no link"),
        ('<ul class="stories"><li><a href="/a">x</a></li></ul>', Stage.NO_LIST, "holds 1 link, none of them"),
    ],
)
def test_a_list_that_has_gone_is_not_one_that_is_empty(body: str, stage: Stage, words: str) -> None:
    page = page_of(f"<html><body>{body}</body></html>", URL)
    for error in (NONE, RuleMatchesNothing("items: .card selects nothing", rule="items", address=URL)):
        failure = failure_of(error, page, "ul.stories")
        assert failure.stage is stage
        assert words in failure.evidence


def test_a_rule_for_a_field_that_selects_nothing_is_about_that_field() -> None:
    error = RuleMatchesNothing("fields.image: img gives nothing", rule="fields.image", address=URL)
    failure = failure_of(error, page_of("<html><body><p>Text</p></body></html>", URL))
    assert (failure.stage, failure.subject) == (Stage.FIELD, "image")
