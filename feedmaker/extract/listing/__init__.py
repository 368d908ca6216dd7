"""The entries that an address lists, as drafts, whatever kind of document answers there.

The table of readers is asked from top to bottom; the first whose kind of document it is reads it. A page's own readers
(a person's rules, what the page declares, its structure) stand in ``page``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from feedmaker.errors import RuleMatchesNothing
from feedmaker.extract.listing.announced import announced
from feedmaker.extract.listing.documents import json_of
from feedmaker.extract.listing.feed import read_feed
from feedmaker.extract.listing.icons import icons_of
from feedmaker.extract.listing.json_items import read_json
from feedmaker.extract.listing.page import read_page
from feedmaker.extract.listing.sitemap import read_sitemap
from feedmaker.extract.listing.trouble import trouble_of
from feedmaker.model import Candidate, How, Kind, ListingDraft, ListingRules, Page

Reader = Callable[[Page, ListingRules], ListingDraft | None]

DOCUMENTS: tuple[tuple[Reader, frozenset[Kind]], ...] = (
    (read_feed, frozenset({Kind.AUTO, Kind.FEED})),
    (read_sitemap, frozenset({Kind.AUTO, Kind.SITEMAP})),
    (read_json, frozenset({Kind.AUTO, Kind.JSON, Kind.WORDPRESS})),
)

# The beginning of nearly all pages of HTML, by which nobody need decode them to see that they are nothing else.
_HTML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+)?html[\s>]", re.IGNORECASE)
_START = 2000  # characters in which a page says that it is HTML


def extract_listing(page: Page, rules: ListingRules) -> ListingDraft:
    """Find the entries that an address lists, in the order in which it lists them.

    A document without a list gives a draft without items, whose ``how.note`` says what was found instead and what can
    be done, and whose ``alternatives`` are what the page announces. Raises RuleMatchesNothing for a rule that selects
    nothing.
    """
    for read, kinds in () if _HTML.match(page.content) else DOCUMENTS:
        if rules.kind in kinds and (draft := read(page, rules)) is not None:
            return replace(draft, homes=(*draft.homes, Candidate("/", "the site's root")))
    if rules.items and rules.items.is_json:
        raise RuleMatchesNothing(
            f"items: {rules.items} is a path into JSON, but {page.url} answers with {_what(page)}",
            rule="items",
            address=page.url,
        )
    if rules.kind not in (Kind.AUTO, Kind.PAGE):
        note = (
            f"it answers with {_what(page)} and no {rules.kind}; set `kind: auto`, or give the address of the "
            f"{rules.kind} itself"
        )
        return ListingDraft(page.url, How(rules.kind, 0.0, note), alternatives=announced(page))
    return replace(read_page(page, rules), alternatives=announced(page), icons=icons_of(page))


def _what(page: Page) -> str:
    """What answers in place of the kind that was asked for, in words."""
    if json_of(page) is not None:
        return "JSON"
    start = page.text[:_START].lstrip().lower()
    if start[:1] in ("{", "["):
        return "JSON that breaks off or is not well-formed"
    if "<html" not in start and "<!doctype html" not in start:
        return "something else" if start else "nothing"
    trouble = trouble_of(page)
    return f"an HTML page ({trouble})" if trouble else "an HTML page"
