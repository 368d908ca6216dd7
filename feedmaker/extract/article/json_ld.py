"""Candidates from JSON-LD blocks."""

from __future__ import annotations

from collections.abc import Iterator

from feedmaker.extract.article import schema_org
from feedmaker.extract.article.json_text import loads
from feedmaker.extract.article.survey import Survey
from feedmaker.model import Draft


def extract(survey: Survey) -> Draft:
    """Read the article among the nodes of a page's JSON-LD."""
    return schema_org.draft_of(list(nodes_of(survey)), "json-ld", survey.page.url)


def nodes_of(survey: Survey) -> Iterator[schema_org.Node]:
    """Every top node of every block that can be read, in the page's order."""
    for script in survey.scripts:
        if "ld+json" in (script.get("type") or "").lower():
            yield from schema_org.top_nodes(loads(script.text or ""))
