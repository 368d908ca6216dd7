"""The headline as a reader sees it: the h1 first, and the title element last."""

from __future__ import annotations

from feedmaker.extract.article.survey import Survey, shown_text, text_of
from feedmaker.model import Candidate, Draft


def extract(survey: Survey) -> Draft:
    """Read the headline of a page."""
    headlines = () if survey.headline is None else (Candidate(shown_text(survey.headline), "h1"),)
    titles = tuple(Candidate(text_of(title), "title") for title in survey.titles[:1])
    return Draft(url=survey.page.url, titles=headlines + titles)
