"""An entry's pictures for readers that do not look into its text: enclosure and Media RSS.

Media RSS (https://www.rssboard.org/media-rss) is the same in RSS and Atom. Which readers show which form is written
down in docs/readers.md.
"""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from feedmaker.model import Image
from feedmaker.write.elements import add
from feedmaker.write.markup import typed

if TYPE_CHECKING:
    from feedmaker.write.elements import Element

MEDIA_NS = "http://search.yahoo.com/mrss/"
_MEDIA = f"{{{MEDIA_NS}}}"
_TYPES = (
    mimetypes.MimeTypes()
)  # the standard's own table: the system's differs from machine to machine, and so would feeds
_TYPES.add_type("image/webp", ".webp")
_TYPES.add_type("image/avif", ".avif")


def media_type(image: Image) -> str:
    """The picture's media type; guessed from its address where nobody said it, for an enclosure must have one.

    Where the address does not tell either, JPEG is what news pictures are. Readers only ask whether it is a picture.
    """
    guess = image.type or _TYPES.guess_type(urlsplit(image.url).path)[0] or ""
    return guess if guess.startswith("image/") else "image/jpeg"


def add_media(parent: Element, images: tuple[Image, ...]) -> None:
    """The lead picture as ``media:content`` and ``media:thumbnail``, with its other sizes and crops beside it.

    They stand in one ``media:group``, in which the lead is the default: readers that know groups show that one alone.
    A group needs at least two members.
    """
    group = add(parent, f"{_MEDIA}group") if len(images) > 1 else parent
    for image in images:
        _add_content(group, image, is_default=image is images[0] and group is not parent)
    lead = images[0]
    add(parent, f"{_MEDIA}thumbnail", url=lead.url, width=lead.width, height=lead.height)


def _add_content(parent: Element, image: Image, *, is_default: bool) -> None:
    content = add(
        parent,
        f"{_MEDIA}content",
        url=image.url,
        medium="image",
        type=media_type(image),
        width=image.width,
        height=image.height,
        fileSize=image.length or None,
        isDefault="true" if is_default else None,
    )
    if image.credit:
        add(content, f"{_MEDIA}credit", image.credit)
    if words := image.caption or image.alt:
        words, kind = typed(words)
        add(content, f"{_MEDIA}description", words, type=kind or "plain")
