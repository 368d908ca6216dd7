"""Sitemaps (sitemaps.org protocol), those for news with titles and dates, and indexes of sitemaps."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from feedmaker.extract.listing.documentrules import plain_record, ruled_items
from feedmaker.extract.listing.documents import WHITE, Element, local_name, xml_of
from feedmaker.model import Candidate, Draft, How, ListingDraft, ListingRules, Page, RawImage

ROOTS = frozenset(("urlset", "sitemapindex"))
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def read_sitemap(page: Page, rules: ListingRules) -> ListingDraft | None:
    """A sitemap's addresses as items, the latest changed first; None for a page that is no sitemap.

    An index lists no entries itself; the sitemaps that it names are where it goes on, the latest changed first. Raises
    RuleMatchesNothing for a rule that nothing in the sitemap answers to.
    """
    root = xml_of(page, ROOTS)
    if root is not None and local_name(root) == "sitemapindex":
        return _index(page, _latest_first(_places(root)))
    places = _addresses(page.text) if root is None else _latest_first(_places(root))
    if root is None and not places:
        return None
    records = [plain_record(_item(place)) for place in places]
    how = How("sitemap", 1.0) if records else How("sitemap", 0.0, "a sitemap without addresses")
    return ListingDraft(page.url, how, items=ruled_items(records, rules, page))


def _places(root: Element) -> list[Mapping[str, str]]:
    return [place for element in root.iterchildren("*") if (place := _values(element)).get("loc")]


def _latest_first(places: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    def changed(place: Mapping[str, str]) -> str:
        return place.get("lastmod") or place.get("news.publication_date", "")

    return sorted(places, key=changed, reverse=True)


def _addresses(text: str) -> list[Mapping[str, str]]:
    """The lines of a text that holds nothing but addresses, as sitemaps may (sitemaps.org, "Text file")."""
    lines = text.strip(WHITE).splitlines() if text.lstrip(WHITE)[:4].lower() == "http" else []
    addresses = [line.strip() for line in lines if line.strip()]
    return [{"loc": each} for each in addresses] if all(_ADDRESS.fullmatch(each) for each in addresses) else []


def _index(page: Page, places: Sequence[Mapping[str, str]]) -> ListingDraft:
    nexts = tuple(Candidate(place["loc"], "sitemapindex loc") for place in places)
    note = f"an index of {len(nexts)} sitemaps; name one of them as the source's address for its entries alone"
    return ListingDraft(page.url, How("sitemap", 1.0 if nexts else 0.0, note), nexts=nexts)


def _values(element: Element) -> dict[str, str]:
    """The texts below an element by their local names, the first of each: loc, lastmod, title, publication_date, ..."""
    values: dict[str, str] = {}
    for each in element.iter("*"):
        if text := (each.text or "").strip():
            parent = each.getparent()
            # <image:loc> and <news:name> mean other things than their namesakes at the top.
            prefix = "" if parent is None or parent is element else f"{local_name(parent)}."
            values.setdefault(prefix + local_name(each), text)
    return values


def _item(place: Mapping[str, str]) -> Draft:
    def run(*names: str) -> tuple[Candidate[str], ...]:
        return tuple(Candidate(place[name], f"sitemap {name}") for name in names if name in place)

    keywords = tuple(word.strip() for word in place.get("news.keywords", "").split(",") if word.strip())
    image = place.get("image.loc")
    return Draft(
        url=place["loc"],
        titles=run("news.title", "image.title"),
        published=run("news.publication_date"),
        # A time of change says when a story was last touched, at worst that its template was.
        updated=run("lastmod"),
        images=(Candidate(RawImage(image, caption=place.get("image.caption")), "sitemap image"),) if image else (),
        tags=(Candidate(keywords, "sitemap news.keywords"),) if keywords else (),
        languages=run("publication.language"),
        publishers=run("publication.name"),
    )
