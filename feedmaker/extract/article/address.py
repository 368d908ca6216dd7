"""Candidates from the address itself: the day that stands in its path."""

from __future__ import annotations

from feedmaker.extract.article.survey import Survey
from feedmaker.model import Candidate, Draft
from feedmaker.normalize.urls import date_in_path


def extract(survey: Survey) -> Draft:
    """Read a page's address."""
    day = date_in_path(survey.page.url)
    return Draft(survey.page.url, published=(Candidate(day, "address"),) if day else ())
