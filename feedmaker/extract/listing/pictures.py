"""The picture of an entry as its record shows it, whatever loads it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml.html import HtmlElement

from feedmaker.extract.article.picture_address import address_of
from feedmaker.extract.listing.records import Record
from feedmaker.model import Candidate, RawImage

_BACKGROUND = re.compile(r"background(?:-image)?\s*:[^;]*url\(\s*['\"]?([^'\")]+)", re.IGNORECASE)
_NO_PICTURE = re.compile(
    r"avatar|gravatar|emoji|spacer|blank|pixel|\bicons?\b|[-_/]icon|logo|sprite|rating|smil|loading|placeholder",
    re.IGNORECASE,
)
_SMALL = 40  # pixels below which a picture is an icon
_OFTEN = 3  # entries that share a picture: it is a sign, not a picture of one of them


def pictures_of(record: Record, repeated: frozenset[str]) -> tuple[Candidate[RawImage], ...]:
    """The record's pictures, those inside links to the entry first."""
    own = {twin.element for twin in record.twins}
    found: dict[str, tuple[bool, Candidate[RawImage]]] = {}
    for element, url in addresses(record):
        if url in repeated or _is_sign(element, url):
            continue
        inside = not own.isdisjoint(element.iterancestors("a"))
        raw = RawImage(url, element.get("width"), element.get("height"), alt=element.get("alt"))
        found.setdefault(url, (not inside, Candidate(raw, "linked img" if inside else "img")))
    return tuple(candidate for _, candidate in sorted(found.values(), key=lambda pair: pair[0]))


def repeated_pictures(records: Iterable[Record]) -> frozenset[str]:
    """Addresses of pictures that several entries share."""
    counts = Counter(url for record in records for url in {url for _, url in addresses(record)})
    return frozenset(url for url, count in counts.items() if count >= _OFTEN)


def addresses(record: Record) -> Iterator[tuple[HtmlElement, str]]:
    """The record's pictures with their real addresses."""
    for element in record.pictures:
        if element.tag in ("img", "amp-img"):
            url = address_of(element)
        else:
            style = _BACKGROUND.search(element.get("style") or "")
            url = style[1].strip() if style else None
        if url and not url.startswith("data:"):
            yield element, url


def _is_sign(element: HtmlElement, url: str) -> bool:
    for name in ("width", "height"):
        size = (element.get(name) or "").strip().removesuffix("px")
        if size.isdigit() and int(size) < _SMALL:
            return True
    return _NO_PICTURE.search(f"{element.get('class', '')} {url.rpartition('/')[2]}") is not None
