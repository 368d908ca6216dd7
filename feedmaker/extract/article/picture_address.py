"""The real address of a picture: out of lazy attributes, srcset and the sources of a picture element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from feedmaker.normalize.images import is_picture_address

_LAZY = re.compile(r"src|lazy|original|image|img|url|photo|full|large", re.IGNORECASE)  # in names of data attributes
_PICTURE = re.compile(
    r"^(?:https?:)?/?/?[^\s{}<>\"]+\.(?:jpe?g|png|webp|avif|gif)\b|^(?:https?:)?//\S+$", re.IGNORECASE
)
_CANDIDATE = re.compile(r"(\S+)(?:\s+(\d{1,5}(?:\.\d{1,3})?)([wxh]))?\s*,?")
_WIDEST = 2_000  # pixels: wider renditions are for printing
_LONGEST = 20_000  # characters of a srcset
_UP = 10  # ancestors among which the picture element is looked for: a parser may nest the sources


@dataclass(frozen=True, slots=True)
class Rendition:
    """One of the addresses of a picture, and its width in pixels where that is told."""

    url: str
    width: int | None = None


def rendition_of(image: HtmlElement) -> Rendition | None:
    """The best address that an img element or the picture element around it offers; placeholders are none."""
    return next((offer for offer in _offered(image) if offer and _may_be_picture(offer.url)), None)


def _offered(image: HtmlElement) -> Iterator[Rendition | None]:
    """Addresses from the widest renditions to the one that stands there before scripts have run."""
    lazy = [(name, value) for name, value in image.items() if name.startswith("data-") and _LAZY.search(name)]
    for name, value in (*lazy, ("srcset", image.get("srcset", ""))):
        if "srcset" in name or name.endswith("-set"):
            yield widest(value)
    for _, value in lazy:
        if _PICTURE.match(value.strip()):
            yield Rendition(value.strip())
    yield Rendition(image.get("src", ""))
    picture = next((e for e in islice(image.iterancestors(), _UP) if e.tag == "picture"), None)
    sources = [_of_source(source) for source in (picture.iter("source") if picture is not None else ())]
    yield from sorted(filter(None, sources), key=lambda rendition: -(rendition.width or 0))


def _of_source(source: HtmlElement) -> Rendition | None:
    names = ("data-srcset", "srcset", "data-lazy-srcset")
    return widest(next((value for name in names if (value := source.get(name))), ""))


def _may_be_picture(url: str) -> bool:
    if not url or url.startswith(("data:", "blob:", "about:", "#", "{", "javascript:")):
        return False
    return is_picture_address(url)


def widest(srcset: str) -> Rendition | None:
    """The widest picture in a srcset (HTML Standard, 4.8.4.2.1) that is not beyond any screen."""
    found = [
        (float(match[2]) * (1000 if match[3] == "x" else 1) if match[2] else 1.0, match[3], match[1].strip(","))
        for match in _CANDIDATE.finditer(srcset[:_LONGEST])
        if match[1].strip(",")
    ]
    fitting = [offer for offer in found if offer[0] <= _WIDEST] or found[:1]
    if not fitting:
        return None
    width, unit, url = max(fitting, key=lambda offer: offer[0])
    return Rendition(url, int(width) if unit == "w" else None)
