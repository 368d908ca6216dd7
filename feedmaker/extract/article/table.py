"""The table of extractors, and the run of candidates that they make together."""

from __future__ import annotations

from collections.abc import Callable

from feedmaker.extract.article import headline, json_ld, metas, times
from feedmaker.extract.article.survey import Survey, survey
from feedmaker.extract.article.trust import merged
from feedmaker.model import Candidate, Draft, Page

EXTRACTORS: tuple[Callable[[Survey], Draft], ...] = (
    json_ld.extract,
    metas.extract,
    headline.extract,
    times.extract,
)


def extract_article(page: Page, *, content: bool = False) -> Draft:
    """What an article's page offers for each field, the most trustworthy candidates first.

    ``content`` asks for the article's text too, which costs several times as much as all the rest.
    """
    landmarks = survey(page)
    draft = merged(page.url, [extract(landmarks) for extract in EXTRACTORS])
    return _with_content(draft, page) if content else draft


def _with_content(draft: Draft, page: Page) -> Draft:
    from dataclasses import replace

    from feedmaker.extract.article.content import article_html

    text = article_html(page)
    return replace(draft, contents=(Candidate(text, "text"),)) if text else draft
