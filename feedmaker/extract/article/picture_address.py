"""The real address of a picture: out of lazy attributes, srcset and the sources of a picture element."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-url",
    "data-hi-res-src",
    "data-full-src",
    "data-image",
    "data-img-url",
)
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set", "srcset")
_CANDIDATE = re.compile(r"\s*(\S*[^\s,])(?:\s+([\d.]+)([wxh]))?\s*(?:,|$)")
_WIDEST = 2_000  # pixels: wider renditions are for printing


def address_of(image: HtmlElement) -> str | None:
    """The best address that an img element or the picture element around it offers."""
    offered = [url for url in _offered(image) if url and not url.startswith(("data:", "blob:", "about:"))]
    return next(iter(offered), None)


def _offered(image: HtmlElement) -> Iterator[str | None]:
    for name in _LAZY_SETS:
        if value := image.get(name):
            yield widest(value)
    for name in _LAZY:
        yield image.get(name)
    yield image.get("src")
    parent = image.getparent()
    if parent is not None and parent.tag == "picture":
        for source in parent.iter("source"):
            yield widest(source.get("data-srcset") or source.get("srcset") or "")


def widest(srcset: str) -> str | None:
    """The address of the widest picture in a srcset (HTML Standard, 4.8.4.2.1) that is not beyond any screen."""
    found = [
        (float(match[2]) * (1000 if match[3] == "x" else 1) if match[2] else 1.0, match[1])
        for match in _CANDIDATE.finditer(srcset[:20_000])
    ]
    fitting = [pair for pair in found if pair[0] <= _WIDEST] or found[:1]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
