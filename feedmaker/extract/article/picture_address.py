"""The real address of a picture: out of lazy attributes, srcset and the sources of a picture element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from feedmaker.normalize.images import is_picture_address
from feedmaker.normalize.srcset import EMBEDDED, Rendition, widest

_LAZY = re.compile(r"src|lazy|original|image|img|url|photo|full|large", re.IGNORECASE)  # in names of data attributes
_PICTURE = re.compile(
    r"^(?:https?:)?/?/?[^\s{}<>\"]+\.(?:jpe?g|png|webp|avif|gif)\b|^(?:https?:)?//\S+$", re.IGNORECASE
)
_UP = 10  # ancestors among which the picture element is looked for: a parser may nest the sources


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
    if not url or url.startswith((*EMBEDDED, "#", "{", "javascript:")):
        return False
    return is_picture_address(url)
