"""The headline as a reader sees it: h1, and the title element last."""

from __future__ import annotations

from feedmaker.extract.article.survey import Survey, text_of
from feedmaker.model import Candidate, Draft


def extract(survey: Survey) -> Draft:
    """Read the headlines of a page."""
    headlines = tuple(Candidate(text, "h1") for text in text_of(survey.headlines)[:1])
    titles = tuple(Candidate(text, "title") for text in text_of(survey.titles[:1]))
    return Draft(url=survey.page.url, titles=headlines + titles)
