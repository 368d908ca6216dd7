"""A listing's drafts become listed items: clean addresses, one item an address, values that parse."""

from __future__ import annotations

from feedmaker.model import Candidate, Draft, ListedItem, Listing, ListingDraft, RawDate
from feedmaker.normalize import urls
from feedmaker.normalize.context import Context
from feedmaker.normalize.dates import day_first_of, parse_date
from feedmaker.normalize.images import image_of
from feedmaker.normalize.languages import language_tag
from feedmaker.normalize.people import people_of
from feedmaker.normalize.text import plain


def normalize_listing(draft: ListingDraft, context: Context) -> Listing:
    """Take the first valid candidate of each field of each item; items that share an address are one."""
    language = next((tag for each in draft.languages if (tag := language_tag(each.value))), None)
    languages = (language,) if language else ()
    raws = (str(c.value) for item in draft.items for c in item.published[:2])
    day_first = day_first_of(raws, languages)

    def date(raw: RawDate):
        return parse_date(raw, context, languages=languages, day_first=day_first)

    items: dict[str, ListedItem] = {}
    for each in draft.items:
        item = _item(each, draft.url, date)
        if item and item.url not in items:
            items[item.url] = item
    return Listing(draft.url, None, language, tuple(items.values()), None, draft.how)


def _item(draft: Draft, base: str, date) -> ListedItem | None:
    url = urls.absolute(draft.url, base)
    if not url:
        return None
    prov: dict[str, str] = {}

    def first(name, run, value_of):
        for candidate in run:
            value = value_of(candidate.value)
            if value:
                prov[name] = candidate.where
                return value
        return None

    return ListedItem(
        urls.clean(url),
        first("title", draft.titles, plain),
        first("summary", draft.summaries, plain),
        first("published", draft.published, date),
        first("image", draft.images, lambda raw: image_of(raw, base)),
        first("authors", draft.authors, lambda raw: people_of(raw, base)) or (),
        first("tags", draft.tags, lambda raw: tuple(t for each in raw if (t := plain(each)))) or (),
        prov,
    )
