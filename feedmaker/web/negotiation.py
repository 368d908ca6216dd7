"""What a request leaves to choose or to leave out (RFC 9110): the coding of an answer, and whether it is needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from email.utils import parsedate_to_datetime
from enum import StrEnum


class Coding(StrEnum):
    """How the bytes of an answer are written, by the names of Accept-Encoding; the smallest first."""

    BROTLI = "br"
    GZIP = "gzip"
    IDENTITY = "identity"


def coding_for(accept_encoding: str | None) -> Coding:
    """The coding that a client likes best (section 12.5.3), and of those it likes the same, the smallest."""
    weights = dict(_weighted(accept_encoding or ""))
    wild = weights.get("*", 0.0)
    likes = {each: weights.get(each, wild) for each in (Coding.BROTLI, Coding.GZIP)}
    best = max(likes, key=lambda each: likes[each])
    return best if likes[best] > 0 and likes[best] >= weights.get(Coding.IDENTITY, 0.0) else Coding.IDENTITY


def _weighted(header: str) -> Iterator[tuple[str, float]]:
    for part in header.split(","):
        name, _, parameter = part.partition(";")
        yield name.strip().lower(), _weight(parameter)


def _weight(parameter: str) -> float:
    """The ``q`` of a choice: from 0, not wanted at all, to 1, which it is unless said."""
    key, _, value = parameter.partition("=")
    if key.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def wants_page(accept: str | None) -> bool:
    """Whether a browser asks, which shows pages: it names HTML, and no feeds as readers do."""
    accept = (accept or "").lower()
    return "text/html" in accept and "application/rss+xml" not in accept and "application/atom+xml" not in accept


def is_known(tags: Collection[str], modified: int, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Whether the client has this version already, so that 304 is the answer (section 13.2.2).

    ``tags`` are the entity tags of the version in all codings, ``modified`` its date in seconds since 1970. The date
    only counts where the client knows no tag.
    """
    if if_none_match is not None:
        known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return "*" in known or not known.isdisjoint(tags)
    if if_modified_since is None:
        return False
    try:
        return modified <= parsedate_to_datetime(if_modified_since).timestamp()
    except (ValueError, OverflowError):
        return False
