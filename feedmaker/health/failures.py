"""What an error of a refresh says about the source: at which stage it arose, and by what that is known."""

from __future__ import annotations

from feedmaker.errors import (
    Blocked,
    FeedmakerError,
    FetchError,
    HttpStatusError,
    ListingError,
    NoEntries,
    NotAPage,
    OutputError,
    ReadingBroken,
    RuleMatchesNothing,
)
from feedmaker.extract.listing.trouble import wall_of
from feedmaker.health.place import links_at
from feedmaker.health.words import count
from feedmaker.model import Failure, Page, Stage

# The first that fits; a ListingError that is none of these is raised by a person's own function.
STAGES: tuple[tuple[type[FeedmakerError], Stage], ...] = (
    (Blocked, Stage.WALL),
    (NotAPage, Stage.PARSE),
    (FetchError, Stage.FETCH),
    (NoEntries, Stage.NO_LIST),
    (RuleMatchesNothing, Stage.NO_LIST),
    (ListingError, Stage.PARSE),
    (ReadingBroken, Stage.PARSE),
    (OutputError, Stage.WRITE),
)


def failure_of(error: FeedmakerError, page: Page | None = None, place: str | None = None) -> Failure:
    """The stage and evidence of an error. ``page`` is the list's page if it came, ``place`` where its list was last."""
    if isinstance(error, HttpStatusError) and error.said:
        return Failure(_stage(error), f"{error}. The host says “{error.said}”")
    if page is None or not isinstance(error, ListingError):
        return Failure(_stage(error), str(error))
    if wall := wall_of(page):
        return Failure(Stage.WALL, f"{page.url} answers, but {wall}")
    if isinstance(error, RuleMatchesNothing) and error.rule.startswith("fields."):
        return Failure(Stage.FIELD, str(error), subject=error.rule.removeprefix("fields."))
    return _without_list(error, page, place) if place else Failure(_stage(error), str(error))


def _stage(error: FeedmakerError) -> Stage:
    return next(stage for kind, stage in STAGES if isinstance(error, kind))


def _without_list(error: ListingError, page: Page, place: str) -> Failure:
    """Whether the list has gone, or is there and empty, or there with what is not recognised any more."""
    links = links_at(page, place)
    if links is None:
        return Failure(Stage.NO_LIST, f"{error}. The list stood in `{place}`, which is gone: the page has been rebuilt")
    there = f"{error}. The list's place, `{place}`, is there and holds"
    if not links:
        return Failure(Stage.EMPTY_LIST, f"{there} no link")
    return Failure(Stage.NO_LIST, f"{there} {count(links, 'link', 'links')}, none of them like an entry")
