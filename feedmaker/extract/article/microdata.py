"""Candidates from microdata (HTML Standard, section 5)."""

from __future__ import annotations

from typing import cast

import lxml.etree
from lxml.html import HtmlElement

from feedmaker.extract.article import schema_org
from feedmaker.extract.article.markup_items import Syntax, items
from feedmaker.extract.article.survey import Survey
from feedmaker.model import Draft

_SYNTAX = Syntax(scope="itemscope", type="itemtype", identity="itemid", property="itemprop")
_MARKED = lxml.etree.XPath("//*[@itemscope or @itemprop]")


def extract(survey: Survey) -> Draft:
    """Read the article among the items of a page's microdata, hidden ones included."""
    if b"itemprop" not in survey.page.content:  # one search in bytes saves most pages a walk
        return Draft(url=survey.page.url)
    marked = cast("list[HtmlElement]", _MARKED(survey.page.tree))
    return schema_org.draft_of(items(marked, _SYNTAX), "microdata", survey)
