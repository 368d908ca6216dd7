"""The icons of its site that a page declares (HTML, section 4.6.7.8, and Apple's words for them)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from feedmaker.extract.listing.links import Base
from feedmaker.model import Candidate, Page, RawImage

_RELATIONS = frozenset(("icon", "apple-touch-icon", "apple-touch-icon-precomposed"))
_SIZE = re.compile(r"(\d{1,4})x(\d{1,4})", re.IGNORECASE)


def icons_of(page: Page) -> tuple[Candidate[RawImage], ...]:
    """Each icon with each of its sizes, in the page's order; once without a size where it declares none."""
    return tuple(_icons(page))


def _icons(page: Page) -> Iterator[Candidate[RawImage]]:
    base = Base(page)
    for link in page.every("link"):
        found = sorted(_RELATIONS.intersection((link.get("rel") or "").lower().split()))
        href = (link.get("href") or "").strip()
        if found and href and (url := base.resolve(href)):
            for width, height in _SIZE.findall(link.get("sizes") or "") or [(None, None)]:
                yield Candidate(RawImage(url, width, height), f"link {found[0]}")
