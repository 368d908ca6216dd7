"""A listing's drafts become listed items: clean addresses, one item an address, values that parse."""

from __future__ import annotations

from feedmaker.model import Draft, ListedItem, Listing, ListingDraft
from feedmaker.normalize import urls
from feedmaker.normalize.context import Context


def normalize_listing(draft: ListingDraft, context: Context) -> Listing:
    """Take the first valid candidate of each field of each item; items that share an address are one."""
    items: dict[str, ListedItem] = {}
    for each in draft.items:
        item = _item(each, draft.url, context)
        if item and item.url not in items:
            items[item.url] = item
    return Listing(draft.url, None, None, tuple(items.values()), None, draft.how)


def _item(draft: Draft, base: str, context: Context) -> ListedItem | None:
    url = urls.absolute(draft.url, base)
    if not url:
        return None
    title = next((c.value for c in draft.titles), None)
    return ListedItem(urls.clean(url), title)
