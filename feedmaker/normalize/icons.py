"""The picture of a whole feed: an icon of its site, as large as RSS lets it be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from feedmaker.model import Candidate, Image, RawImage
from feedmaker.normalize.images import pixels
from feedmaker.normalize.urls import absolute, path_of

WIDEST, HIGHEST = 144, 400  # pixels (RSS 2.0, image)
_FORMATS = (".png", ".jpg", ".jpeg", ".gif")  # those that RSS names
_SIZE_IN_NAME = re.compile(r"(?<!\d)(\d{2,3})x(\d{2,3})(?!\d)")


def icon_of(run: Iterable[Candidate[RawImage]], page_url: str) -> Image | None:
    """The largest icon whose size is known, by its declaration or its file's name, and small enough; None without one.

    What is known of an icon's size is all there is: its file is never fetched.
    """
    return max(_fitting(run, page_url), key=lambda icon: (icon.width or 0) * (icon.height or 0), default=None)


def _fitting(run: Iterable[Candidate[RawImage]], page_url: str) -> Iterator[Image]:
    for candidate in run:
        url = (absolute(candidate.value.url, page_url) or "").partition("?")[0]  # what follows is a file's version
        if path_of(url).lower().endswith(_FORMATS):
            named = _SIZE_IN_NAME.search(path_of(url))
            width, height = pixels(candidate.value.width), pixels(candidate.value.height)
            if not (width and height) and named:
                width, height = int(named[1]), int(named[2])
            if width and height and width <= WIDEST and height <= HIGHEST:
                yield Image(url, width, height)
