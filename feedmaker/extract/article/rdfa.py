"""Candidates from RDFa Lite (https://www.w3.org/TR/rdfa-lite/)."""

from __future__ import annotations

import re
from typing import cast

import lxml.etree
from lxml.html import HtmlElement

from feedmaker.extract.article import schema_org
from feedmaker.extract.article.markup_items import Syntax, items
from feedmaker.extract.article.survey import Survey
from feedmaker.model import Draft

_SYNTAX = Syntax(scope="typeof", type="typeof", identity="resource", property="property")
_MARKED = lxml.etree.XPath("//*[@typeof or @property]")
# Many pages mark a picture or a person and nothing of the story; a search in their bytes saves the walk.
_STORY = re.compile(rb"typeof=[\"'][^\"']{0,80}(?:Article|Posting|Report|Review)")


def extract(survey: Survey) -> Draft:
    """Read the article among the items of a page's RDFa; Open Graph's metas are no items."""
    if not _STORY.search(survey.page.content):
        return Draft(url=survey.page.url)
    marked = cast("list[HtmlElement]", _MARKED(survey.page.tree))
    return schema_org.draft_of(items(marked, _SYNTAX), "rdfa", survey)
