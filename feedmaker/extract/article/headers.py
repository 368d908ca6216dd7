"""Candidates from the response's headers (RFC 9110): the language and, for want of anything else, the last change."""

from __future__ import annotations

from feedmaker.extract.article.survey import Survey
from feedmaker.model import Candidate, Draft


def extract(survey: Survey) -> Draft:
    """Read the headers that a page came with."""
    headers = survey.page.headers
    language, modified = headers.get("content-language"), headers.get("last-modified")
    return Draft(
        survey.page.url,
        languages=(Candidate(language.partition(",")[0], "header content-language"),) if language else (),
        updated=(Candidate(modified, "header last-modified"),) if modified else (),
    )
