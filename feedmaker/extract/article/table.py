"""The table of extractors, and the run of candidates that they make together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from feedmaker.extract.article import (
    address,
    bylines,
    headers,
    headline,
    json_ld,
    json_state,
    metas,
    microdata,
    pictures,
    rdfa,
    script_values,
    signature,
    times,
    topics,
    visible_dates,
)
from feedmaker.extract.article.choice import in_order, is_open
from feedmaker.extract.article.drafts import joined
from feedmaker.extract.article.groups import doubted
from feedmaker.extract.article.survey import Survey, survey
from feedmaker.model import Candidate, Draft, Page

Extractor = Callable[[Survey], Draft]

ALWAYS: tuple[Extractor, ...] = (
    json_ld.extract,
    metas.extract,
    headline.extract,
    pictures.extract,
    headers.extract,
)
# What takes a walk of its own is asked only where those before left its field open.
IF_OPEN: tuple[tuple[str, Extractor], ...] = (
    ("story", microdata.extract),
    ("story", rdfa.extract),
    ("titles", json_state.extract),
    ("published", json_state.extract),
    ("images", json_state.extract),
    ("authors", json_state.extract),
    ("published", times.extract),
    ("published", visible_dates.extract),
    ("published", address.extract),
    ("authors", bylines.extract),
    ("authors", signature.extract),
    ("tags", topics.extract),
    ("tags", json_state.extract),
    ("authors", script_values.extract),
)


def extract_article(page: Page, *, content: bool = False) -> Draft:
    """What an article's page offers for each field, the most trustworthy candidates first.

    ``content`` asks for the article's text too, which costs several times as much as all the rest.
    """
    landmarks = survey(page)
    draft = joined(page.url, [extract(landmarks) for extract in ALWAYS])
    draft = replace(draft, tags=doubted(draft.tags, landmarks))
    asked = set[Extractor]()
    for run, extract in IF_OPEN:
        if extract not in asked and is_open(run, draft):
            asked.add(extract)
            draft = joined(page.url, [draft, extract(landmarks)])
    draft = in_order(draft)
    return _with_content(draft, page) if content else draft


def _with_content(draft: Draft, page: Page) -> Draft:
    from feedmaker.extract.article.content import article_html

    text = article_html(page)
    return replace(draft, contents=(Candidate(text, "text"),)) if text else draft
