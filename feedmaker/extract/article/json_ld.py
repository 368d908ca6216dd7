"""Candidates from JSON-LD blocks (JSON-LD 1.1, as search engines read it: one script, one context, schema.org)."""

from __future__ import annotations

from feedmaker.extract.article import schema_org
from feedmaker.extract.article.json_text import Json, blocks
from feedmaker.extract.article.survey import Survey
from feedmaker.model import Draft


def extract(survey: Survey) -> Draft:
    """Read the article among the nodes of a page's JSON-LD; a block that cannot be read hides no other."""
    values: list[Json] = []
    for script in survey.scripts:
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            values.extend(blocks(script.text))
    return schema_org.draft_of(values, "json-ld", survey)
