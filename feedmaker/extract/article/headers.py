"""Candidates from the response's headers (RFC 9110): the language and, for want of anything else, the last change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from feedmaker.extract.article.survey import Survey
from feedmaker.model import Candidate, Draft

_MADE_NOW = timedelta(minutes=10)  # a page that changed this shortly before it was sent was made for this request


def extract(survey: Survey) -> Draft:
    """Read the headers that a page came with."""
    headers = survey.page.headers
    language, modified = headers.get("content-language"), headers.get("last-modified")
    return Draft(
        survey.page.url,
        languages=(Candidate(language.partition(",")[0], "header content-language"),) if language else (),
        updated=(Candidate(modified, "header last-modified"),) if modified and _is_kept(headers) else (),
    )


def _is_kept(headers: Mapping[str, str]) -> bool:
    """Whether the page was made before it was asked for: else its change is only the moment of the request."""
    sent, modified = _moment(headers.get("date")), _moment(headers.get("last-modified"))
    return bool(sent and modified and sent - modified > _MADE_NOW)


def _moment(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text or "")
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else None
