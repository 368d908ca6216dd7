"""Raw pictures -> images."""

from __future__ import annotations

import re
from collections.abc import Iterable

from feedmaker.model import Image, RawImage
from feedmaker.normalize.text import plain
from feedmaker.normalize.urls import absolute

_SIZE = re.compile(r"\d{1,5}")


def image_of(raw: RawImage, base_url: str) -> Image | None:
    """The picture, or None for what is no picture of the story."""
    url = absolute(raw.url, base_url)
    if url is None:
        return None
    return Image(
        url,
        _pixels(raw.width),
        _pixels(raw.height),
        alt=plain(raw.alt) if raw.alt else None,
        caption=plain(raw.caption) if raw.caption else None,
        credit=plain(raw.credit) if raw.credit else None,
    )


def images_of(raws: Iterable[RawImage], base_url: str) -> tuple[Image, ...]:
    """The pictures in their order, each address once."""
    found: dict[str, Image] = {}
    for raw in raws:
        image = image_of(raw, base_url)
        if image:
            found.setdefault(image.url, image)
    return tuple(found.values())


def _pixels(value: str | int | None) -> int | None:
    if isinstance(value, str):
        match = _SIZE.match(value.strip())
        value = int(match[0]) if match else None
    return value if value and 0 < value < 100_000 else None
