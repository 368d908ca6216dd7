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
from feedmaker.extract.listing.documents import json_of, root_text
from feedmaker.extract.listing.feed import ROOTS as FEEDS
from feedmaker.extract.listing.feed import read_feed
from feedmaker.extract.listing.icons import icons_of
from feedmaker.extract.listing.json_feed import is_json_feed
from feedmaker.extract.listing.json_items import read_json
from feedmaker.extract.listing.page import read_page
from feedmaker.extract.listing.sitemap import ROOTS as SITEMAPS
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
# What a person reads whose address does not give the kind that the settings ask for.
_MISSING = {
    Kind.FEED: "which is no feed and announces none; set `kind: auto`, or give the address of the feed itself",
    Kind.SITEMAP: "which is no sitemap; set `kind: auto`, or give the address of the sitemap, often /sitemap.xml",
    Kind.JSON: "which is no JSON; set `kind: auto`, or give the address that a browser's developer tools show the page "
    "to read",
    Kind.WORDPRESS: "which announces no REST interface of WordPress; set `kind: auto`",
}
_BROKEN = "JSON that breaks off or is not well-formed"
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
            f"items: {rules.items} is a path into JSON, but {page.url} answers with {_what(page)}; give the address "
            "that answers with JSON, or select cards of the page by CSS",
            rule="items",
            address=page.url,
        )
    if rules.kind not in (Kind.AUTO, Kind.PAGE):
        others = announced(page)
        fitting = next((each for each in others if each.kind is rules.kind), None)
        rest = f"which announces one: {fitting.url}" if fitting else _MISSING[rules.kind]
        return ListingDraft(
            page.url, How(rules.kind, 0.0, f"it answers with {_what(page)}, {rest}"), alternatives=others
        )
    if rules.kind is Kind.PAGE and (document := _document(page)):
        note = f"it answers with {document} and no page; set `kind: auto`"
        return ListingDraft(page.url, How(rules.kind, 0.0, note))
    draft = replace(read_page(page, rules), alternatives=announced(page), icons=icons_of(page))
    if not draft.items and not rules.items and page.text[:_START].lstrip()[:1] in ("{", "["):
        return replace(draft, how=How(Kind.JSON, 0.0, f"it answers with {_BROKEN}; look at what a browser shows there"))
    return draft


def _document(page: Page) -> str | None:
    """What a document is that no person reads as a page, in words."""
    if root_text(page.text, FEEDS) or is_json_feed(json_of(page)):
        return "a feed"
    if root_text(page.text, SITEMAPS):
        return "a sitemap"
    return "JSON" if json_of(page) is not None else None


def _what(page: Page) -> str:
    """What answers in place of the kind that was asked for, in words."""
    if document := _document(page):
        return document
    start = page.text[:_START].lstrip().lower()
    if start[:1] in ("{", "["):
        return _BROKEN
    if "<html" not in start and "<!doctype html" not in start:
        return "something else" if start else "nothing"
    trouble = trouble_of(page)
    return f"an HTML page ({trouble})" if trouble else "an HTML page"
