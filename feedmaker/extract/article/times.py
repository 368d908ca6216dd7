"""Candidates from time elements."""

from __future__ import annotations

from feedmaker.extract.article.survey import Survey
from feedmaker.model import Candidate, Draft


def extract(survey: Survey) -> Draft:
    """Read the first time element that carries a machine's form."""
    stamps = (time.get("datetime") for time in survey.times)
    return Draft(url=survey.page.url, published=tuple(Candidate(stamp, "time") for stamp in stamps if stamp)[:1])
